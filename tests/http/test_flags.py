"""`/v1/flags`: what waits for an analyst, how it is judged, and what judging changes."""

import json

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client

from app.domain.access.keys import Scope


@pytest.fixture
def script(desk):
    """A narrative."""
    return desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()


@pytest.fixture
def flagged(record, check, script):
    """A check that was flagged for one precedent, which is an instance of the narrative."""
    record(STAGED_ELSEWHERE, "2021-04-24", narratives=[script["id"]], speaker="Karpov")
    answer = check(STAGED, speaker="A Speaker", source={"name": "Outlet", "url": "https://example.org/1"})
    assert answer["flagged"]
    return answer


@pytest.fixture
def review(desk):
    """Reviews a check; the answer of the POST."""

    def decide(one, verdict, headers=None, **fields):
        about = {} if "precedent_id" in fields or fields.pop("whole", False) else {"match_id": one["matches"][0]["id"]}
        body = {**about, "verdict": verdict, **fields}
        return desk.post(f"/v1/flags/{one['id']}/reviews", json=body, headers=headers)

    return decide


def undo(caller, one, made, **options):
    return caller.delete(f"/v1/flags/{one['id']}/reviews/{made.json()['id']}", **options)


def flag(caller, one):
    answer = caller.get(f"/v1/flags/{one['id']}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def listed(caller, **params):
    answer = caller.get("/v1/flags", params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


def pages(caller, limit, **params):
    """The ids of all flags of a list, read page by page."""
    ids, cursor = [], None
    while True:
        page = listed(caller, limit=limit, **params, **({"cursor": cursor} if cursor else {}))
        ids += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            return ids


def said(check, text=STAGED, **fields):
    """The texts of the matches of another check."""
    return [match["precedent"]["text"] for match in check(text, **fields)["matches"]]


def test_a_flag_is_the_check_with_its_state_and_reviews(desk, flagged):
    page = listed(desk)
    assert page["counts"] == {"open": 1, "confirmed": 0, "dismissed": 0}
    assert page["next_cursor"] is None
    [one] = page["items"]
    assert {name: one[name] for name in flagged} == flagged
    assert (one["state"], one["version"], one["reviews"]) == ("open", 1, [])
    assert flag(desk, flagged) == one
    assert desk.get(f"/v1/flags/{flagged['id']}").headers["ETag"] == '"1"'


def test_what_was_not_flagged_is_no_flag(desk, check):
    plain = check(GRAIN)
    assert listed(desk)["items"] == []
    assert desk.get(f"/v1/flags/{plain['id']}").status_code == 404
    assert desk.get("/v1/flags/nothing").status_code == 404


def test_a_confirmed_match_confirms_the_flag_and_is_shown_with_who_when_and_why(desk, flagged, review, clock):
    made = review(flagged, "confirmed", reason="The same warning.")
    assert made.status_code == 201
    body = made.json()
    assert body["flag"] == {"id": flagged["id"], "state": "confirmed", "version": 2}
    assert made.headers["ETag"] == '"2"'
    me = desk.get("/v1/me").json()["key"]
    assert body["by"] == {"id": me["id"], "name": me["name"]}
    assert (body["verdict"], body["reason"], body["at"]) == ("confirmed", "The same warning.", "2021-05-23T12:00:00Z")
    assert (body["match_id"], body["precedent_id"]) == (
        flagged["matches"][0]["id"], flagged["matches"][0]["precedent"]["id"],
    )  # fmt: skip
    kept = {name: value for name, value in body.items() if name != "flag"}
    now = flag(desk, flagged)
    assert (now["state"], now["reviews"], now["matches"][0]["review"]) == ("confirmed", [kept], kept)
    assert desk.get(f"/v1/checks/{flagged['id']}").json()["matches"][0]["review"] == kept
    assert desk.get("/v1/checks").json()["items"][0]["matches"][0]["review"] == kept
    assert listed(desk)["counts"] == {"open": 0, "confirmed": 1, "dismissed": 0}


def test_undoing_a_review_opens_the_flag_again_and_keeps_it_in_the_history(desk, flagged, review, clock):
    made = review(flagged, "confirmed")
    clock.advance(minutes=5)
    gone = undo(desk, flagged, made)
    assert (gone.status_code, gone.headers["ETag"]) == (204, '"3"')
    now = flag(desk, flagged)
    assert (now["state"], now["version"], now["matches"][0]["review"]) == ("open", 3, None)
    [kept] = now["reviews"]
    assert (kept["id"], kept["stands"], kept["undone_at"]) == (made.json()["id"], False, "2021-05-23T12:05:00Z")
    assert kept["undone_by"] == kept["by"]
    assert undo(desk, flagged, made).status_code == 204
    assert flag(desk, flagged)["version"] == 3


def test_the_last_word_on_a_match_stands_and_undoing_it_brings_the_one_before_back(desk, flagged, review):
    review(flagged, "confirmed")
    second = review(flagged, "dismissed")
    assert (flag(desk, flagged)["state"], second.json()["flag"]["version"]) == ("dismissed", 3)
    assert [one["stands"] for one in flag(desk, flagged)["reviews"]] == [False, True]
    undo(desk, flagged, second)
    assert flag(desk, flagged)["state"] == "confirmed"
    assert flag(desk, flagged)["matches"][0]["review"]["verdict"] == "confirmed"


def test_a_flag_is_dismissed_match_by_match_or_as_a_whole(desk, record, check, review):
    record(STAGED_ELSEWHERE, "2021-04-24")
    record(STAGED, "2021-04-25")
    flagged = check(STAGED)
    assert len(flagged["matches"]) == 2
    first = review(flagged, "dismissed")
    assert first.json()["flag"]["state"] == "open"
    undo(desk, flagged, first)
    whole = review(flagged, "dismissed", whole=True, reason="A rumour about exercises.")
    assert (whole.json()["flag"]["state"], whole.json()["match_id"]) == ("dismissed", None)
    shown = flag(desk, flagged)["matches"]
    assert [one["review"]["reason"] for one in shown] == ["A rumour about exercises."] * 2


def test_the_same_decision_twice_is_one(desk, flagged, review):
    first = review(flagged, "confirmed", reason="Same.")
    again = review(flagged, "confirmed", reason="Same.")
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert review(flagged, "confirmed", reason="Another.").status_code == 201
    assert len(flag(desk, flagged)["reviews"]) == 2


def test_the_same_decision_by_somebody_else_is_another(archive, desk, flagged, review):
    review(flagged, "confirmed")
    body = {"match_id": flagged["matches"][0]["id"], "verdict": "confirmed"}
    assert client(archive, "review").post(f"/v1/flags/{flagged['id']}/reviews", json=body).status_code == 201
    assert len(flag(desk, flagged)["reviews"]) == 2


def test_an_idempotency_key_makes_a_retry_return_the_first_answer(desk, flagged, review):
    key = {"Idempotency-Key": "one"}
    first = review(flagged, "confirmed", headers=key)
    undo(desk, flagged, first)
    again = review(flagged, "confirmed", headers=key)
    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert flag(desk, flagged)["state"] == "open"
    other = review(flagged, "dismissed", headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-mismatch")


@pytest.mark.parametrize("as_header", [True, False])
def test_a_review_of_an_outdated_version_is_a_conflict_with_the_other_reviews(
    archive, desk, flagged, review, as_header, clock
):
    other = client(archive, "review")
    seen = flag(desk, flagged)["version"]
    review(flagged, "confirmed", reason="Clear.")
    stale = {"headers": {"If-Match": f'"{seen}"'}} if as_header else {}
    body = {"verdict": "dismissed", **({} if as_header else {"expected_version": seen})}
    answer = other.post(f"/v1/flags/{flagged['id']}/reviews", json=body, **stale)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/changed-meanwhile")
    shown = answer.json()["flag"]
    assert (shown["version"], shown["state"]) == (2, "confirmed")
    [happened] = shown["decisions"]
    assert (happened["decision"], happened["reason"], happened["by"]) == ("confirmed", "Clear.", "of a test")
    assert happened["at"] == "2021-05-23T12:00:00Z"
    assert "of a test confirmed it" in answer.json()["detail"]
    assert flag(desk, flagged)["state"] == "confirmed"
    assert other.post(f"/v1/flags/{flagged['id']}/reviews", json={**body, "expected_version": 2}).status_code == 201


def test_undoing_checks_the_version_and_reports_undone_reviews(desk, flagged, review):
    first = review(flagged, "confirmed")
    second = review(flagged, "dismissed")
    answer = undo(desk, flagged, first, headers={"If-Match": '"2"'})
    assert (answer.status_code, answer.json()["flag"]["version"]) == (409, 3)
    assert undo(desk, flagged, second, headers={"If-Match": 'W/"3"'}).status_code == 204
    answer = undo(desk, flagged, first, headers={"If-Match": '"3"'})
    assert [one["decision"] for one in answer.json()["flag"]["decisions"]] == ["undone"]
    assert undo(desk, flagged, first, headers={"If-Match": "*"}).status_code == 204


def test_an_archived_statement_is_found_by_its_next_repeat_and_not_after_the_undoing(
    desk, flagged, check, review, script
):
    made = review(flagged, "confirmed", archive=True)
    kept = desk.get(f"/v1/statements/{made.json()['archived']}").json()
    assert {name: kept[name] for name in ("text", "speaker", "said_at", "language", "withdrawn")} == {
        "text": STAGED, "speaker": "A Speaker", "said_at": "2021-05-23", "language": "en", "withdrawn": False,
    }  # fmt: skip
    assert kept["source"] == {"name": "Outlet", "url": "https://example.org/1", "archive_url": None}
    assert kept["narratives"] == [{"id": script["id"], "title": "Staged attacks"}]
    assert said(check, said_at="2021-06-01", limit=1) == [STAGED]
    undo(desk, flagged, made)
    assert said(check, said_at="2021-06-01") == [STAGED_ELSEWHERE]
    assert desk.get(f"/v1/statements/{kept['id']}").json()["withdrawn"] is True
    again = review(flagged, "confirmed", archive=True)
    assert again.json()["archived"] == kept["id"]
    assert said(check, said_at="2021-06-01", limit=1) == [STAGED]


def test_what_was_in_the_archive_before_stays_there_and_loses_only_the_narrative(desk, flagged, review, record, script):
    before = record(STAGED, "2021-05-23", speaker="A Speaker")
    made = review(flagged, "confirmed", archive=True)
    assert made.json()["archived"] == before["id"]
    now = desk.get(f"/v1/statements/{before['id']}").json()
    assert [one["id"] for one in now["narratives"]] == [script["id"]]
    undo(desk, flagged, made)
    now = desk.get(f"/v1/statements/{before['id']}").json()
    assert (now["withdrawn"], now["narratives"]) == (False, [])


def test_a_statement_stays_as_long_as_one_review_that_archived_it_stands(desk, flagged, check, review):
    twin = check(STAGED, speaker="A Speaker")
    first = review(flagged, "confirmed", archive=True)
    second = review(twin, "confirmed", archive=True)
    archived = first.json()["archived"]
    assert second.json()["archived"] == archived
    undo(desk, flagged, first)
    assert desk.get(f"/v1/statements/{archived}").json()["withdrawn"] is False
    undo(desk, twin, second)
    assert desk.get(f"/v1/statements/{archived}").json()["withdrawn"] is True


def test_a_dismissal_by_a_colleague_takes_the_statement_out_and_undoing_it_puts_it_back(desk, flagged, review):
    archived = review(flagged, "confirmed", archive=True).json()["archived"]
    dismissal = review(flagged, "dismissed")
    assert desk.get(f"/v1/statements/{archived}").json()["withdrawn"] is True
    undo(desk, flagged, dismissal)
    assert desk.get(f"/v1/statements/{archived}").json()["withdrawn"] is False


def test_what_an_editor_withdrew_is_not_brought_back_by_a_review(desk, flagged, review):
    archived = review(flagged, "confirmed", archive=True).json()["archived"]
    desk.delete(f"/v1/statements/{archived}")
    answer = review(flagged, "confirmed", archive=True, reason="Once more.")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/conflict")
    assert archived in answer.json()["detail"]


@pytest.mark.parametrize("by", ["id", "title"])
def test_a_statement_is_archived_under_the_narrative_that_is_named(desk, flagged, review, by):
    other = desk.post("/v1/narratives", json={"title": "Exercises"}).json()
    made = review(flagged, "confirmed", archive=True, narrative=other[by]).json()
    assert made["narratives"] == [{"id": other["id"], "title": "Exercises"}]
    assert desk.get(f"/v1/statements/{made['archived']}").json()["narratives"] == made["narratives"]


def test_a_new_title_makes_a_narrative(desk, flagged, review):
    made = review(flagged, "confirmed", archive=True, narrative="Provocations before elections").json()
    [ref] = made["narratives"]
    assert ref["title"] == "Provocations before elections"
    assert desk.get(f"/v1/narratives/{ref['id']}").json()["external_id"] is None
    assert [one["id"] for one in listed(desk, narrative=ref["id"])["items"]] == [flagged["id"]]


def test_an_undated_statement_is_archived_under_the_day_of_the_check(desk, record, review):
    record(STAGED_ELSEWHERE, "2021-04-24")
    undated = desk.post("/v1/checks", json={"text": STAGED}).json()
    made = review(undated, "confirmed", archive=True).json()
    assert desk.get(f"/v1/statements/{made['archived']}").json()["said_at"] == "2021-05-23"


def test_a_precedent_found_by_hand_becomes_a_match_and_makes_a_flag(desk, record, check, review):
    missed = record(GRAIN, "2020-01-01")
    plain = check(STAGED)
    assert not plain["matches"]
    made = review(plain, "confirmed", precedent_id=missed["id"])
    assert (made.status_code, made.json()["flag"]["state"]) == (201, "confirmed")
    [match] = desk.get(f"/v1/checks/{plain['id']}").json()["matches"]
    assert (match["precedent"]["id"], match["found_by_hand"]) == (missed["id"], True)
    assert (match["tier"], match["score"], match["days_before"]) == (None, 0.0, 508)
    assert match["review"]["id"] == made.json()["id"]
    assert match["id"] == made.json()["match_id"]
    assert [one["id"] for one in listed(desk, state="confirmed")["items"]] == [plain["id"]]
    undo(desk, plain, made)
    assert desk.get(f"/v1/checks/{plain['id']}").json()["matches"] == []
    assert listed(desk) == {"items": [], "next_cursor": None, "counts": {"open": 0, "confirmed": 0, "dismissed": 0}}
    assert flag(desk, plain)["state"] is None
    assert [one["stands"] for one in flag(desk, plain)["reviews"]] == [False]
    assert review(plain, "confirmed", precedent_id=missed["id"]).json()["match_id"] == match["id"]


def test_a_precedent_that_the_check_shows_is_that_match(flagged, review):
    match = flagged["matches"][0]
    assert review(flagged, "confirmed", precedent_id=match["precedent"]["id"]).json()["match_id"] == match["id"]


def test_a_dismissed_pair_is_not_offered_again_until_the_dismissal_is_undone(desk, flagged, check, review, record):
    record(STAGED_ELSEWHERE + " Again.", "2021-04-20")
    made = review(flagged, "dismissed")
    again = check("  " + STAGED.replace(" ", "  ", 1))
    assert [match["precedent"]["text"] for match in again["matches"]] == [STAGED_ELSEWHERE + " Again."]
    assert again["recurrence"]["count"] == 1
    assert STAGED_ELSEWHERE in said(check, STAGED + " Soon.")
    [batch] = desk.post("/v1/checks/batch", json={"checks": [{"text": STAGED}]}).json()["results"]
    assert len(batch["matches"]) == 1
    undo(desk, flagged, made)
    assert check(STAGED)["recurrence"]["count"] == 2


def test_when_all_was_dismissed_the_same_text_is_not_flagged_again(flagged, check, review):
    review(flagged, "dismissed", whole=True)
    again = check(STAGED)
    assert (again["flagged"], again["matches"], again["recurrence"]) == (False, [], None)


def test_a_dismissal_is_not_known_before_it_was_made(flagged, check, review, clock):
    clock.advance(days=1)
    review(flagged, "dismissed")
    assert said(check) == []
    assert said(check, known_at="2021-05-23") == [STAGED_ELSEWHERE]


def test_what_one_organisation_checks_dismisses_and_decides_another_does_not_see(archive, flagged, review):
    other = client(archive, organisation="Another desk")
    made = review(flagged, "dismissed")
    assert other.get(f"/v1/flags/{flagged['id']}").status_code == 404
    assert listed(other) == {"items": [], "next_cursor": None, "counts": {"open": 0, "confirmed": 0, "dismissed": 0}}
    body = {"match_id": flagged["matches"][0]["id"], "verdict": "confirmed"}
    assert other.post(f"/v1/flags/{flagged['id']}/reviews", json=body).status_code == 404
    assert undo(other, flagged, made).status_code == 404
    theirs = other.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()
    assert [match["review"] for match in theirs["matches"]] == [None]
    answer = other.post(f"/v1/flags/{theirs['id']}/reviews", json=body)
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/match_id"]


def test_a_dismissal_can_make_the_text_a_counter_example_of_the_narrative(
    archive, desk, flagged, check, review, script
):
    made = review(flagged, "dismissed", counter_example=True)
    address = f"/v1/narratives/{script['id']}/counter-examples"
    [kept] = desk.get(address).json()["items"]
    assert (kept["text"], kept["language"]) == (STAGED, "en")
    asked = {"text": STAGED, "said_at": "2021-05-23"}
    other = client(archive, organisation="Another desk")
    assert desk.post("/v1/checks", json=asked).json()["flagged"] is False
    assert other.post("/v1/checks", json=asked).json()["flagged"] is True  # it silences the flags of its makers alone
    undo(desk, flagged, made)
    assert desk.get(address).json()["items"] == []
    assert desk.post("/v1/checks", json=asked).json()["flagged"] is True


def test_a_counter_example_that_an_editor_made_outlives_the_review(desk, flagged, review, script):
    made = review(flagged, "dismissed", counter_example=True)
    address = f"/v1/narratives/{script['id']}/counter-examples"
    assert desk.post(address, json={"text": STAGED}).status_code == 200
    undo(desk, flagged, made)
    assert len(desk.get(address).json()["items"]) == 1


def test_a_counter_example_stays_as_long_as_one_review_that_made_it_stands(desk, flagged, review, check, script):
    twin = check(STAGED)
    first = review(flagged, "dismissed", counter_example=True)
    second = review(twin, "dismissed", counter_example=True)
    address = f"/v1/narratives/{script['id']}/counter-examples"
    undo(desk, flagged, first)
    assert len(desk.get(address).json()["items"]) == 1
    undo(desk, twin, second)
    assert desk.get(address).json()["items"] == []


@pytest.fixture
def several(desk, record, check, script, clock):
    """Checks of different kinds; their ids by name, and in the order in which they were made."""
    for day in range(1, 4):
        record(STAGED_ELSEWHERE, f"2021-04-0{day}", narratives=[script["id"]])
    record(GRAIN, "2021-04-01")
    asked = {
        "often": {"text": STAGED, "speaker": "Karpov", "said_at": "2021-05-01"},
        "again": {"text": STAGED + " Soon.", "speaker": "KARPOV", "source": {"name": "Outlet"}},
        "grain": {"text": GRAIN, "language": "uk", "said_at": "2021-04-02"},
        "verbatim": {"text": STAGED_ELSEWHERE, "said_at": "2021-04-02"},
    }
    made = {}
    for name, body in asked.items():
        made[name] = desk.post("/v1/checks", json=body).json()
        assert made[name]["flagged"]
    return made


@pytest.mark.parametrize(
    ("params", "names"),
    [
        ({}, {"often", "again", "grain", "verbatim"}),
        ({"state": "open"}, {"often", "again", "grain", "verbatim"}),
        ({"state": "confirmed"}, set()),
        ({"tier": "near_verbatim"}, {"grain", "verbatim"}),
        ({"tier": "same_topic"}, set()),
        ({"narrative": "Staged attacks"}, {"often", "again", "verbatim"}),
        ({"narrative": "Nothing"}, set()),
        ({"speaker": "karpov"}, {"often", "again"}),
        ({"source": "OUTLET"}, {"again"}),
        ({"language": "uk"}, {"grain"}),
        ({"from": "2021-05"}, {"often", "again"}),
        ({"from": "2021-05", "to": "2021-05-02"}, {"often"}),
        ({"to": "2021-04"}, {"grain", "verbatim"}),
        ({"from": "2021-05-23"}, {"again"}),
        ({"q": "CHEMICAL attack"}, {"often", "again", "verbatim"}),
        ({"q": "100%"}, set()),
        ({"speaker": "Karpov", "source": "Outlet", "state": "open", "q": "soon"}, {"again"}),
    ],
)
def test_filters_say_which_flags_are_listed(desk, several, params, names):
    for sort in ("newest", "score", "recurrence"):
        found = {one["id"] for one in listed(desk, sort=sort, **params)["items"]}
        assert found == {several[name]["id"] for name in names}, sort


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_a_list_is_read_page_by_page_in_its_order(desk, several, limit):
    newest = [several[name]["id"] for name in ("verbatim", "grain", "again", "often")]
    assert pages(desk, limit) == newest
    by_score = sorted(several.values(), key=lambda one: (-one["matches"][0]["score"], -newest[::-1].index(one["id"])))
    assert pages(desk, limit, sort="score") == [one["id"] for one in by_score]
    by_recurrence = sorted(
        several.values(), key=lambda one: (-one["recurrence"]["count"], -newest[::-1].index(one["id"]))
    )
    assert pages(desk, limit, sort="recurrence") == [one["id"] for one in by_recurrence]
    assert pages(desk, limit, sort="score", speaker="Karpov") == [
        one["id"] for one in by_score if (one["speaker"] or "").lower() == "karpov"
    ]


def test_a_page_holds_while_others_are_judged_and_come_in(desk, several, review, check):
    first = listed(desk, limit=2, state="open")
    review(several["grain"], "confirmed")
    check(STAGED + " Now.")
    second = listed(desk, limit=2, state="open", cursor=first["next_cursor"])
    assert [one["id"] for one in second["items"]] == [several[name]["id"] for name in ("again", "often")]
    assert second["counts"] == {"open": 4, "confirmed": 1, "dismissed": 0}


@pytest.mark.parametrize("cursor", ["x", "MQ", "c2NvcmUgbmFuIDE", "c2NvcmUgMC45IDA", "bmV3ZXN0IDAgMQ", "\u0430"])
def test_a_cursor_that_is_none_of_ours_or_of_another_order_is_refused(desk, cursor):
    answer = desk.get("/v1/flags", params={"sort": "score", "cursor": cursor})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "cursor")


@pytest.mark.parametrize(
    ("params", "name"),
    [({"state": "new"}, "state"), ({"tier": "any"}, "tier"), ({"sort": "oldest"}, "sort"), ({"limit": 101}, "limit"),
     ({"language": "klingon"}, "language"), ({"from": "soon"}, "from"), ({"to": "2021-13"}, "to"),
     ({"speaker": "\x00"}, "speaker"), ({"q": "x" * 501}, "q"), ({"narrative": "\x00"}, "narrative")],
)  # fmt: skip
def test_a_wrong_parameter_is_named(desk, params, name):
    answer = desk.get("/v1/flags", params=params)
    assert (answer.status_code, [one["parameter"] for one in answer.json()["errors"]]) == (422, [name])


UNKNOWN = "5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({}, "/verdict"),
        ({"verdict": "maybe"}, "/verdict"),
        ({"verdict": "confirmed"}, "/match_id"),
        ({"verdict": "confirmed", "match_id": UNKNOWN}, "/match_id"),
        ({"verdict": "dismissed", "match_id": ""}, "/match_id"),
        ({"verdict": "dismissed", "match_id": 5}, "/match_id"),
        ({"verdict": "dismissed", "match_id": "\x00"}, "/match_id"),
        ({"verdict": "confirmed", "precedent_id": UNKNOWN}, "/precedent_id"),
        ({"verdict": "confirmed", "precedent_id": "\ud800"}, "/precedent_id"),
        ({"verdict": "confirmed", "match_id": UNKNOWN, "precedent_id": UNKNOWN}, "/precedent_id"),
        ({"verdict": "dismissed", "reason": "x" * 5_001}, "/reason"),
        ({"verdict": "dismissed", "reason": " "}, "/reason"),
        ({"verdict": "dismissed", "reason": "nul \x00"}, "/reason"),
        ({"verdict": "dismissed", "archive": True}, "/archive"),
        ({"verdict": "dismissed", "archive": "yes"}, "/archive"),
        ({"verdict": "dismissed", "counter_example": True}, "/match_id"),
        ({"verdict": "dismissed", "narrative": "N"}, "/narrative"),
        ({"verdict": "dismissed", "narrative": "x" * 501}, "/narrative"),
        ({"verdict": "dismissed", "expected_version": "1"}, "/expected_version"),
        ({"verdict": "dismissed", "expected_version": -1}, "/expected_version"),
        ({"verdict": "dismissed", "note": "x"}, "/note"),
    ],
)
def test_a_wrong_field_of_a_review_is_pointed_at(desk, flagged, fields, pointer):
    answer = desk.post(f"/v1/flags/{flagged['id']}/reviews", content=json.dumps(fields))
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert flag(desk, flagged)["version"] == 1


@pytest.mark.parametrize("narrative", [UNKNOWN, "A new one"])
def test_a_narrative_that_is_none_is_refused_unless_a_title_can_make_it(flagged, review, narrative):
    assert review(flagged, "dismissed", counter_example=True, narrative=narrative).status_code == 422
    archived = review(flagged, "confirmed", archive=True, narrative=narrative)
    assert archived.status_code == (422 if narrative == UNKNOWN else 201)


def test_a_counter_example_needs_a_narrative(desk, record, check, review):
    record(STAGED_ELSEWHERE, "2021-04-24")
    one = check(STAGED)
    answer = review(one, "dismissed", counter_example=True)
    assert [fault["pointer"] for fault in answer.json()["errors"]] == ["/counter_example"]
    desk.post("/v1/narratives", json={"title": "Named"})
    assert review(one, "dismissed", counter_example=True, narrative="Named").status_code == 201


def test_the_match_of_another_check_is_none_of_this_one(flagged, check, desk):
    other = check(STAGED + " Soon.")
    body = {"match_id": flagged["matches"][0]["id"], "verdict": "confirmed"}
    answer = desk.post(f"/v1/flags/{other['id']}/reviews", json=body)
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/match_id"]


@pytest.mark.parametrize("said_at", ["2021-05-23", "2022", "2021", None])
def test_a_precedent_found_by_hand_is_known_to_be_earlier(flagged, review, record, said_at):
    later = record(GRAIN, said_at)
    answer = review(flagged, "confirmed", precedent_id=later["id"])
    assert [one["pointer"] for one in answer.json()["errors"]] == ["/precedent_id"]
    assert "earlier" in answer.json()["detail"]


def test_a_withdrawn_statement_cannot_be_linked_by_hand(desk, flagged, review, record):
    gone = record(GRAIN, "2020")
    desk.delete(f"/v1/statements/{gone['id']}")
    answer = review(flagged, "confirmed", precedent_id=gone["id"])
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/precedent_id")
    assert "withdrawn" in answer.json()["detail"]


def test_a_precedent_withdrawn_since_is_marked_in_the_flag_and_can_still_be_judged(desk, flagged, review):
    desk.delete(f"/v1/statements/{flagged['matches'][0]['precedent']['id']}")
    assert flag(desk, flagged)["matches"][0]["precedent"]["withdrawn"] is True
    assert review(flagged, "confirmed").status_code == 201


@pytest.mark.parametrize("value", ["1", '"x"', '"1', '"99999999999"', '"1", "2"'])
def test_a_version_that_is_none_of_ours_is_refused(flagged, review, value):
    answer = review(flagged, "confirmed", headers={"If-Match": value})
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "If-Match")


def test_there_is_no_reviewing_what_is_not_there(desk, flagged, review):
    assert desk.post("/v1/flags/nothing/reviews", json={"verdict": "dismissed"}).status_code == 404
    assert desk.delete(f"/v1/flags/{flagged['id']}/reviews/nothing").status_code == 404
    made = review(flagged, "confirmed").json()["id"]
    assert desk.delete(f"/v1/flags/nothing/reviews/{made}").status_code == 404


def test_a_check_that_was_not_recorded_is_no_flag(desk, record):
    record(STAGED_ELSEWHERE, "2021-04-24")
    answer = desk.post("/v1/checks", json={"text": STAGED, "record": False}).json()
    assert answer["flagged"]
    assert desk.get(f"/v1/flags/{answer['id']}").status_code == 404


def test_reading_flags_needs_read_or_review_and_deciding_needs_review(archive, flagged):
    body = {"match_id": flagged["matches"][0]["id"], "verdict": "confirmed"}
    for scope in Scope:
        caller = client(archive, scope)
        assert caller.get("/v1/flags").status_code == (200 if scope in ("read", "review") else 403)
        answer = caller.post(f"/v1/flags/{flagged['id']}/reviews", json=body)
        assert answer.status_code == (201 if scope == "review" else 403)
