"""A check that is answered from what was known on a day, whatever has been changed, withdrawn or found out since."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE

THEN = "2021-05-24"
"""A day between the record, made on the 23rd, and the change, made on the 25th."""


@pytest.fixture
def later(clock):
    """Two days pass."""
    return lambda: clock.advance(days=2)


def texts(answer):
    return [match["precedent"]["text"] for match in answer["matches"]]


def precedent(answer):
    [match] = answer["matches"]
    return match["precedent"]


def test_what_was_withdrawn_later_is_found_as_it_was_and_marked(check, record, desk, later):
    kept = record(STAGED, "2021-04-24", speaker="A")
    later()
    desk.delete(f"/v1/statements/{kept['id']}")
    assert texts(check(STAGED)) == []
    then = check(STAGED, known_at=THEN)
    assert (texts(then), then["flagged"], precedent(then)["withdrawn"]) == ([STAGED], True, True)
    assert then["recurrence"]["count"] == 1
    assert desk.get(f"/v1/checks/{then['id']}").json() == then


def test_what_was_withdrawn_then_and_restored_later_is_not_found(check, record, desk, clock):
    kept = record(STAGED, "2021-04-24")
    clock.advance(hours=1)
    desk.delete(f"/v1/statements/{kept['id']}")
    clock.advance(days=2)
    desk.patch(f"/v1/statements/{kept['id']}", json={"withdrawn": False})
    assert texts(check(STAGED)) == [STAGED]
    assert texts(check(STAGED, known_at=THEN)) == []


def test_what_was_reworded_later_is_found_by_what_it_said_and_shown_so(check, record, desk, later):
    kept = record(STAGED, "2021-04-24")
    later()
    desk.patch(f"/v1/statements/{kept['id']}", json={"text": GRAIN})
    assert texts(check(STAGED)) == []
    assert texts(check(STAGED, known_at=THEN)) == [STAGED]
    assert texts(check(GRAIN)) == [GRAIN]
    assert texts(check(GRAIN, known_at=THEN)) == []


def test_of_several_wordings_the_one_of_the_day_counts(check, record, desk, clock):
    kept = record(GRAIN, "2021-04-24")
    for text in (STAGED, STAGED_ELSEWHERE):
        clock.advance(days=1)
        desk.patch(f"/v1/statements/{kept['id']}", json={"text": text})
    assert texts(check(GRAIN, known_at="2021-05-23")) == [GRAIN]
    assert texts(check(STAGED, known_at="2021-05-24")) == [STAGED]
    assert texts(check(STAGED, known_at="2021-05-25")) == [STAGED_ELSEWHERE]


def test_fields_that_no_search_goes_by_are_shown_as_they_were(check, record, desk, later):
    kept = record(STAGED, "2021-04-24", speaker="A", source={"name": "Example News"})
    later()
    desk.patch(f"/v1/statements/{kept['id']}", json={"speaker": "B", "source": {"name": "Another"}})
    assert precedent(check(STAGED))["speaker"] == "B"
    then = precedent(check(STAGED, known_at=THEN))
    assert (then["speaker"], then["source"]["name"]) == ("A", "Example News")


def test_a_date_that_was_corrected_later_does_not_make_it_earlier(check, record, desk, later):
    kept = record(STAGED, "2021-06-01")
    later()
    desk.patch(f"/v1/statements/{kept['id']}", json={"said_at": "2021-04-01"})
    assert texts(check(STAGED)) == [STAGED]
    assert texts(check(STAGED, known_at=THEN)) == []


def test_a_date_that_was_taken_later_still_made_it_earlier(check, record, desk, later):
    kept = record(STAGED, "2021-04-01")
    later()
    desk.patch(f"/v1/statements/{kept['id']}", json={"said_at": None})
    assert texts(check(STAGED)) == []
    assert precedent(check(STAGED, known_at=THEN))["said_at"] == "2021-04-01"


def test_findings_that_were_taken_back_later_are_there_and_later_ones_are_not(check, record, desk, later):
    kept = record(STAGED, "2021-04-24", findings=[{"verdict": "unfounded"}])
    later()
    desk.delete(f"/v1/findings/{kept['findings'][0]['id']}")
    desk.post("/v1/findings", json={"statement": kept["id"], "verdict": "false"})
    assert [one["verdict"] for one in precedent(check(STAGED))["findings"]] == ["false"]
    assert [one["verdict"] for one in precedent(check(STAGED, known_at=THEN))["findings"]] == ["unfounded"]


def test_a_finding_that_was_taken_back_is_gone_from_every_list(record, desk):
    kept = record(STAGED, "2021-04-24", findings=[{"verdict": "unfounded"}])
    finding = kept["findings"][0]["id"]
    assert desk.delete(f"/v1/findings/{finding}").status_code == 204
    assert desk.delete(f"/v1/findings/{finding}").status_code == 404
    assert desk.get(f"/v1/findings/{finding}").status_code == 404
    assert desk.get("/v1/findings").json()["items"] == []
    again = desk.post("/v1/findings", json={"statement": kept["id"], "verdict": "unfounded"})
    assert (again.status_code, again.json()["id"] != finding) == (201, True)


def test_narratives_are_those_it_was_filed_under(check, record, desk, later):
    first, second = (desk.post("/v1/narratives", json={"title": title}).json()["id"] for title in ("One", "Two"))
    kept = record(STAGED, "2021-04-24", narratives=[first])
    later()
    desk.patch(f"/v1/statements/{kept['id']}", json={"narratives": [second]})

    def titles(answer):
        return [one["title"] for one in precedent(answer)["narratives"]], [n["title"] for n in answer["narratives"]]

    assert titles(check(STAGED)) == (["Two"], ["Two"])
    then = check(STAGED, known_at=THEN)
    assert titles(then) == (["One"], ["One"])
    assert then["narratives"][0]["recurrence"]["count"] == 1


def test_a_narratives_past_has_what_was_withdrawn_later_and_lacks_what_came_later(check, record, desk, clock):
    narrative = desk.post("/v1/narratives", json={"title": "One"}).json()["id"]
    kept = record(STAGED, "2021-04-24", narratives=[narrative])
    record(STAGED_ELSEWHERE, "2021-04-25", narratives=[narrative])
    clock.advance(days=2)
    record(f"{STAGED} Again.", "2021-04-26", narratives=[narrative])
    desk.delete(f"/v1/statements/{kept['id']}")
    assert check(STAGED)["narratives"][0]["recurrence"]["count"] == 2
    then = check(STAGED, known_at=THEN)["narratives"][0]["recurrence"]
    assert (then["count"], then["first_said_at"], then["last_said_at"]) == (2, "2021-04-24", "2021-04-25")


def test_a_counter_example_that_was_withdrawn_later_held_then(check, record, desk, later):
    narrative = desk.post("/v1/narratives", json={"title": "One"}).json()["id"]
    record(STAGED, "2021-04-24", narratives=[narrative])
    made = desk.post(f"/v1/narratives/{narrative}/counter-examples", json={"text": STAGED})
    assert made.status_code == 201, made.text
    assert check(STAGED)["flagged"] is False
    later()
    assert desk.delete(f"/v1/narratives/{narrative}/counter-examples/{made.json()['id']}").status_code == 204
    assert check(STAGED)["flagged"] is True
    assert check(STAGED, known_at=THEN)["flagged"] is False


def test_another_organisations_private_past_stays_its_own(archive, check, record, desk, later):
    from builders import client

    kept = record(STAGED, "2021-04-24", private=True)
    later()
    desk.delete(f"/v1/statements/{kept['id']}")
    body = {"text": STAGED, "said_at": "2021-05-23", "known_at": THEN, "minimum_tier": "any"}
    assert client(archive, organisation="Another desk").post("/v1/checks", json=body).json()["matches"] == []
    assert texts(check(STAGED, known_at=THEN)) == [STAGED]


def test_a_dismissal_holds_for_the_past_too(check, record, desk, clock):
    kept = record(STAGED, "2021-04-24")
    flag = check(STAGED)
    body = {"match_id": flag["matches"][0]["id"], "verdict": "dismissed"}
    assert desk.post(f"/v1/flags/{flag['id']}/reviews", json=body).status_code == 201
    clock.advance(days=2)
    desk.delete(f"/v1/statements/{kept['id']}")
    assert texts(check(STAGED, known_at=THEN)) == []


def test_a_stored_answer_reads_the_same_after_the_archive_moved_on(check, record, desk, later):
    narrative = desk.post("/v1/narratives", json={"title": "One"}).json()["id"]
    kept = record(STAGED, "2021-04-24", narratives=[narrative])
    then = check(STAGED)
    later()
    desk.post("/v1/findings", json={"statement": kept["id"], "verdict": "false", "outcome": "happened"})
    record(STAGED_ELSEWHERE, "2021-04-25", narratives=[narrative])
    desk.patch(f"/v1/narratives/{narrative}", json={"title": "Another title"})
    desk.patch(f"/v1/statements/{kept['id']}", json={"text": GRAIN, "speaker": "B"})
    assert desk.get(f"/v1/checks/{then['id']}").json() == then
    desk.delete(f"/v1/statements/{kept['id']}")
    now = desk.get(f"/v1/checks/{then['id']}").json()
    assert now["matches"][0]["precedent"].pop("withdrawn") is True
    assert then["matches"][0]["precedent"].pop("withdrawn") is False
    assert now == then


def test_others_cannot_say_that_what_they_share_was_known_before_they_brought_it(archive, check, desk, later):
    """The first organisation keeps the operator's archive, so `learned_at` of it is believed; a private past is too."""
    from builders import client

    other = client(archive, organisation="Another desk")
    early = {"said_at": "2021-04-01", "learned_at": "2021-04-02"}
    finding = {"verdict": "false", "learned_at": "2021-04-02"}
    later()
    theirs = other.post("/v1/statements", json={"text": STAGED, **early, "findings": [finding]}).json()
    ours = desk.post("/v1/statements", json={"text": GRAIN, **early}).json()
    other.post("/v1/findings", json={"statement": ours["id"], **finding})
    own = {"text": STAGED_ELSEWHERE, **early, "private": True, "findings": [finding]}
    assert other.post("/v1/statements", json=own).status_code == 201
    assert texts(check(STAGED, minimum_tier="same_script")) == [STAGED]
    assert texts(check(STAGED, known_at=THEN, minimum_tier="same_script")) == []
    assert texts(check(STAGED, known_at="2021-05-25", minimum_tier="same_script")) == [STAGED]
    assert precedent(check(GRAIN, known_at=THEN, minimum_tier="same_script"))["findings"] == []
    body = {"text": STAGED_ELSEWHERE, "said_at": "2021-05-23", "known_at": THEN, "minimum_tier": "near_verbatim"}
    found = other.post("/v1/checks", json=body).json()
    assert [one["verdict"] for one in precedent(found)["findings"]] == ["false"]
    assert desk.get(f"/v1/statements/{theirs['id']}").json()["learned_at"].startswith("2021-04-02")
