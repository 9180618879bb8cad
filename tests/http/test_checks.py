"""`/v1/checks`: has this been said before?"""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client, score_of, services
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings
from index.search.features import FEATURES

ANSWER = {
    "id", "created_at", "html_url", "text", "language", "stance", "flagged", "summary", "recurrence", "matches",
    "model",
}  # fmt: skip
MATCH = {
    "id", "precedent", "tier", "score", "signals", "repeated", "changed", "added", "dropped", "days_before", "review",
}  # fmt: skip
PRECEDENT = {
    "id", "external_id", "title", "text", "language", "speaker", "said_at", "stance", "withdrawn", "source",
    "narratives", "findings",
}  # fmt: skip


def texts(answer):
    return [match["precedent"]["text"] for match in answer["matches"]]


def test_a_check_answers_with_everything_that_the_contract_names(desk, check, record):
    narrative = desk.post("/v1/narratives", json={"title": "Staged attacks"}).json()
    record(
        STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov", external_id="d-1", narratives=[narrative["id"]],
        source={"name": "Outlet", "url": "https://example.org/1"},
        findings=[{"verdict": "false", "publisher": "Desk", "url": "https://example.org/f", "published_at": "2021-05",
                   "summary": "No."}],
    )  # fmt: skip
    answer = check(STAGED, speaker="Karpov", source={"name": "Outlet"})
    assert set(answer) >= ANSWER
    assert answer["text"] == STAGED
    assert answer["language"] == {"code": "en", "detected": True}
    assert answer["stance"] == {"label": "assertion", "cues": [], "reason": None}
    assert answer["flagged"] is True
    assert answer["summary"] == (
        "Said at least once before: on 24 April 2021, 29 days earlier. "
        "The one event that this script predicted is not on record as having happened."
    )
    assert answer["recurrence"] == {
        "count": 1, "first_said_at": "2021-04-24", "last_said_at": "2021-04-24", "gaps_days": [], "days_since_last": 29,
        "typical_interval_days": None,
        "said_before": None,
    }  # fmt: skip
    assert answer["model"].keys() >= {"embedder", "policy", "suggest_at", "flag_at", "index_checkpoint"}
    [match] = answer["matches"]
    assert set(match) >= MATCH
    assert (match["tier"], match["days_before"], match["review"]) == ("same_script", 29, None)
    assert match["signals"].keys() == set(FEATURES)
    assert match["signals"]["dense"] == pytest.approx(0.94, abs=0.01)
    assert match["score"] == pytest.approx(score_of(match["signals"]["dense"]), abs=1e-4)
    assert match["added"] == match["dropped"] == []
    assert match["repeated"][0]["statement"]["exact"] == "White Helmets"
    [changed] = match["changed"]
    assert changed["statement"] == {
        "type": "TextQuoteSelector", "exact": "Idlib", "prefix": " chemical attack in ", "suffix": STAGED[65:85],
        "start": 60, "end": 65,
    }  # fmt: skip
    assert changed["precedent"]["exact"] == "Hama"
    precedent = match["precedent"]
    assert set(precedent) >= PRECEDENT
    assert (precedent["text"], precedent["said_at"], precedent["speaker"]) == (STAGED_ELSEWHERE, "2021-04-24", "Karpov")
    assert (precedent["external_id"], precedent["withdrawn"], precedent["stance"]) == ("d-1", False, "assertion")
    assert precedent["source"] == {"name": "Outlet", "url": "https://example.org/1", "archive_url": None}
    assert precedent["narratives"] == [{"id": narrative["id"], "title": "Staged attacks"}]
    [finding] = precedent["findings"]
    assert {name: finding[name] for name in ("verdict", "publisher", "url", "published_at", "summary")} == {
        "verdict": "false", "publisher": "Desk", "url": "https://example.org/f", "published_at": "2021-05",
        "summary": "No.",
    }  # fmt: skip


def test_only_the_text_is_required(desk):
    answer = desk.post("/v1/checks", json={"text": "  Something.  "})
    assert answer.status_code == 201
    assert answer.json()["text"] == "Something."


def test_without_matches_summary_and_recurrence_are_null(check):
    answer = check(STAGED)
    assert (answer["matches"], answer["summary"], answer["recurrence"], answer["flagged"]) == ([], None, None, False)


def test_the_language_is_taken_as_sent_in_its_usual_spelling_or_detected(check):
    assert check(STAGED, language="RU")["language"] == {"code": "ru", "detected": False}
    assert check("Белые каски готовят провокацию с химическим оружием.")["language"]["code"] == "ru"
    assert check("الخوذ البيضاء تحضر لهجوم كيميائي في إدلب")["language"]["code"] == "ar"
    assert check("12345")["language"] == {"code": "und", "detected": True}


def test_nothing_dated_later_or_the_same_day_or_not_at_all_is_returned(check, record):
    for said_at in ("2021-05-22", "2021-05-23", "2021-05", "2021", "2022", None):
        record(STAGED, said_at)
    assert [match["precedent"]["said_at"] for match in check(STAGED, limit=50)["matches"]] == ["2021-05-22"]


def test_earlier_only_can_be_switched_off(check, record):
    for said_at in ("2021-05-22", "2021-05-23", "2022", None):
        record(STAGED, said_at)
    answer = check(STAGED, earlier_only=False, limit=50)
    assert {match["precedent"]["said_at"]: match["days_before"] for match in answer["matches"]} == {
        "2021-05-22": 1, "2021-05-23": 0, "2022": -223, None: None,
    }  # fmt: skip


def test_without_a_date_the_moment_is_now_and_periods_already_begun_count(desk, record, clock):
    for said_at in ("2021", "2021-05-23", "2021-05-24", None):
        record(STAGED, said_at)

    def said():
        answer = desk.post("/v1/checks", json={"text": STAGED}).json()
        return {match["precedent"]["said_at"] for match in answer["matches"]}

    assert said() == {"2021", "2021-05-23"}
    clock.advance(days=1)
    assert said() == {"2021", "2021-05-23", "2021-05-24"}


def test_a_date_keeps_its_precision(check, record):
    record(STAGED, "2021-02")
    record(STAGED, "2021-04-24T10:00:00+03:00")
    answer = check(STAGED, said_at="2021-05")
    assert answer["said_at"] == "2021-05"
    assert [match["precedent"]["said_at"] for match in answer["matches"]] == ["2021-02", "2021-04-24T07:00:00Z"]


def test_limit_and_minimum_tier_say_what_is_shown(check, record):
    record(STAGED, "2021-01-01")
    record(STAGED_ELSEWHERE, "2021-01-02")
    record(GRAIN, "2021-01-03")
    assert texts(check(STAGED)) == [STAGED, STAGED_ELSEWHERE]
    assert texts(check(STAGED, limit=1)) == [STAGED]
    assert texts(check(STAGED, minimum_tier="near_verbatim")) == [STAGED]
    answer = check(STAGED, minimum_tier="any")
    assert texts(answer) == [STAGED, STAGED_ELSEWHERE, GRAIN]
    assert [match["tier"] for match in answer["matches"]] == ["near_verbatim", "same_script", None]
    scores = [match["score"] for match in answer["matches"]]
    assert scores == sorted(scores, reverse=True)


def test_known_at_answers_from_what_had_been_learned_by_then(check, record):
    record(STAGED, "2021-01-01", learned_at="2021-03-01")
    assert texts(check(STAGED, known_at="2021-02")) == []
    assert texts(check(STAGED, known_at="2021-03-01")) == [STAGED]
    assert texts(check(STAGED, known_at=None)) == [STAGED]


def test_a_statement_is_matched_as_soon_as_its_post_has_answered_and_not_after_its_delete(desk, check, record):
    for _ in range(3):
        statement = record(STAGED, "2021-01-01", external_id=f"{_}")
        assert texts(check(STAGED)) == [STAGED]
        assert desk.delete(f"/v1/statements/{statement['id']}").status_code == 204
        assert texts(check(STAGED)) == []


def test_a_stored_check_is_read_as_it_was_answered_with_what_was_withdrawn_marked(desk, check, record):
    statement = record(STAGED, "2021-01-01")
    answer = check(STAGED)
    assert desk.get(f"/v1/checks/{answer['id']}").json() == answer
    desk.delete(f"/v1/statements/{statement['id']}")
    answer["matches"][0]["precedent"]["withdrawn"] = True
    assert desk.get(f"/v1/checks/{answer['id']}").json() == answer
    assert desk.get("/v1/checks").json()["items"] == [answer]


def test_a_check_that_is_not_to_be_recorded_leaves_nothing(desk, check):
    answer = check(STAGED, record=False)
    assert desk.get("/v1/checks").json() == {"items": [], "next_cursor": None}
    assert desk.get(f"/v1/checks/{answer['id']}").status_code == 404


def test_another_organisation_does_not_see_it(archive, check):
    answer = check(STAGED)
    other = client(archive, organisation="Another desk")
    assert other.get(f"/v1/checks/{answer['id']}").status_code == 404
    assert other.get("/v1/checks").json()["items"] == []


def test_a_colleague_with_another_key_of_the_organisation_does_see_it(archive, check):
    answer = check(STAGED)
    assert client(archive, "check").get(f"/v1/checks/{answer['id']}").status_code == 200


def test_the_history_is_the_newest_first_and_may_be_of_flagged_ones_alone(desk, check, record):
    record(STAGED, "2021-01-01")
    ids = [check(text)["id"] for text in (STAGED, GRAIN, STAGED)]
    assert [one["id"] for one in desk.get("/v1/checks").json()["items"]] == ids[::-1]
    flagged = desk.get("/v1/checks", params={"flagged": True}).json()["items"]
    assert [one["id"] for one in flagged] == [ids[2], ids[0]]
    assert [one["id"] for one in desk.get("/v1/checks", params={"flagged": False}).json()["items"]] == [ids[1]]


def test_a_check_says_where_its_page_is(archive, desk, check):
    answer = check(STAGED)
    assert answer["html_url"] == f"http://testserver/checks/{answer['id']}"
    public = TestClient(create_app(archive, Settings(public_url="https://refrain.example.org/")), headers=desk.headers)
    shown = public.get(f"/v1/checks/{answer['id']}").json()
    assert shown["html_url"] == f"https://refrain.example.org/checks/{answer['id']}"


def test_a_batch_is_answered_in_order_with_a_problem_where_one_is_bad(desk, record):
    record(STAGED, "2021-01-01")
    sent = [{"text": STAGED}, {"text": " "}, {"text": GRAIN}, "text", {"text": STAGED, "language": "klingon"}]
    answer = desk.post("/v1/checks/batch", json={"checks": sent})
    assert answer.status_code == 200
    first, blank, third, no_object, klingon = answer.json()["results"]
    assert texts(first) == [STAGED]
    assert third["text"] == GRAIN
    assert (blank["status"], blank["type"], blank["errors"][0]["pointer"]) == (422, "/problems/invalid", "/text")
    assert no_object["status"] == 422
    assert klingon["errors"][0]["pointer"] == "/language"
    assert {one["id"] for one in desk.get("/v1/checks").json()["items"]} == {first["id"], third["id"]}


@pytest.mark.parametrize("count", [0, 101])
def test_a_batch_has_one_to_a_hundred_checks(desk, count):
    answer = desk.post("/v1/checks/batch", json={"checks": [{"text": "Words."}] * count})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/checks"


def test_a_hundred_checks_in_a_batch_are_all_answered(desk):
    sent = [{"text": f"Statement number {number}."} for number in range(100)]
    results = desk.post("/v1/checks/batch", json={"checks": sent}).json()["results"]
    assert [one["text"] for one in results] == [one["text"] for one in sent]


def test_a_retry_with_the_same_key_gets_the_first_answer_and_is_recorded_once(desk, record):
    headers = {"Idempotency-Key": "key-1"}
    first = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}, headers=headers)
    record(STAGED, "2021-01-01")
    again = desk.post("/v1/checks", json={"said_at": "2021-05-23", "text": STAGED}, headers=headers)
    assert (again.status_code, again.json()) == (first.status_code, first.json())
    assert len(desk.get("/v1/checks").json()["items"]) == 1


def test_a_retry_with_another_body_is_refused(desk):
    headers = {"Idempotency-Key": "key-1"}
    desk.post("/v1/checks", json={"text": STAGED}, headers=headers)
    answer = desk.post("/v1/checks", json={"text": GRAIN}, headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/idempotency-mismatch")
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_batch_retried_gets_its_first_answers_its_problems_included(desk):
    headers = {"Idempotency-Key": "key-1"}
    sent = {"checks": [{"text": STAGED}, {"text": ""}, {"text": GRAIN}]}
    first = desk.post("/v1/checks/batch", json=sent, headers=headers).json()["results"]
    again = desk.post("/v1/checks/batch", json=sent, headers=headers).json()["results"]
    assert again == first
    assert len(desk.get("/v1/checks").json()["items"]) == 2


@pytest.mark.parametrize("bad", ["", "x" * 201, "with blank", "ключ".encode()])
def test_an_idempotency_key_that_cannot_be_one_is_refused(desk, bad):
    answer = desk.post("/v1/checks", json={"text": STAGED}, headers={"Idempotency-Key": bad})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"].lower() == "idempotency-key"


def test_a_check_gets_503_with_retry_after_until_the_archive_is_ready(tmp_path):
    caller = client(services(tmp_path, opened=False))
    answer = caller.post("/v1/checks", json={"text": STAGED})
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready")
    assert int(answer.headers["Retry-After"]) > 0
