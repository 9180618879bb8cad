"""Partial answers: `fields` of a check leaves the others out, and says so where there is no such field."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, client


@pytest.fixture
def flagged(record):
    return record(STAGED_ELSEWHERE, "2021-04-24", speaker="Karpov")


def sent(**fields):
    return {"text": STAGED, "said_at": "2021-05-23", **fields}


def test_only_the_fields_that_were_asked_for_are_answered(desk, flagged):
    whole = desk.post("/v1/checks", json=sent()).json()
    fields = "flagged,matches.score,matches.precedent.source.name,matches.precedent.text"
    answer = desk.post("/v1/checks", params={"fields": fields}, json=sent())
    assert answer.status_code == 201
    precedents = [match["precedent"] for match in whole["matches"]]
    assert whole["matches"]
    assert answer.json() == {
        "flagged": whole["flagged"],
        "matches": [
            {
                "score": match["score"],
                "precedent": {"text": precedent["text"], "source": {"name": precedent["source"]["name"]}},
            }
            for match, precedent in zip(whole["matches"], precedents, strict=True)
        ],
    }


def test_a_field_is_asked_for_with_all_that_is_in_it(desk, flagged):
    made = desk.post("/v1/checks", json=sent()).json()
    path = f"/v1/checks/{made['id']}"
    assert desk.get(path, params={"fields": "id, matches.precedent"}).json() == {
        "id": made["id"],
        "matches": [{"precedent": match["precedent"]} for match in made["matches"]],
    }
    for fields in ("matches.precedent.text,matches", "matches,matches.precedent.text"):
        assert desk.get(path, params={"fields": fields}).json() == {"matches": made["matches"]}


def test_what_is_not_asked_for_is_recorded_all_the_same(desk, flagged):
    light = desk.post("/v1/checks", params={"fields": "id,flagged"}, json=sent()).json()
    assert set(light) == {"id", "flagged"}
    stored = desk.get(f"/v1/checks/{light['id']}").json()
    assert stored["summary"]
    assert all(match["explanation"] for match in stored["matches"])


def test_explanations_are_written_where_they_are_asked_for(desk, flagged):
    for fields in ("matches.explanation", "matches", "summary,matches"):
        answer = desk.post("/v1/checks", params={"fields": fields}, json=sent(record=False)).json()
        assert answer["matches"]
        assert all(match["explanation"] for match in answer["matches"])
    assert answer["summary"]
    light = desk.post("/v1/checks", params={"fields": "summary"}, json=sent(record=False)).json()
    assert light["summary"] == answer["summary"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("flaged", '"flaged" is none of id, created_at'),
        ("matches.scores", '"scores" is none of id, precedent'),
        ("flagged.value", '"flagged" has no fields of its own'),
        ("matches.signals.pair", '"signals" has no fields of its own'),
        ("", '"" is none of'),
        ("flagged,,id", '"" is none of'),
        ("matches..text", '"" is none of'),
    ],
)
def test_a_field_that_there_is_not_is_refused(desk, fields, said):
    answer = desk.post("/v1/checks", params={"fields": fields}, json=sent())
    assert (answer.status_code, answer.json()["errors"][0]["parameter"]) == (422, "fields")
    assert said in answer.json()["errors"][0]["detail"]


def test_nothing_is_recorded_of_a_check_whose_fields_are_refused(desk):
    assert desk.post("/v1/checks", params={"fields": "flaged"}, json=sent()).status_code == 422
    assert desk.get("/v1/checks").json()["items"] == []


def test_a_partial_answer_is_that_of_its_idempotency_key(archive, flagged):
    caller = client(archive)
    headers = {"Idempotency-Key": "typed-1"}
    first = caller.post("/v1/checks", params={"fields": "id"}, json=sent(), headers=headers)
    again = caller.post("/v1/checks", params={"fields": "id"}, json=sent(), headers=headers)
    other = caller.post("/v1/checks", json=sent(), headers=headers)
    assert first.json() == again.json()
    assert other.status_code in (409, 422)


def test_each_listed_check_has_the_fields_that_were_asked_for(desk, flagged):
    made = [desk.post("/v1/checks", json=sent()).json()["id"] for _ in range(2)]
    listed = desk.get("/v1/checks", params={"fields": "id,flagged", "limit": 1}).json()
    assert listed["items"] == [{"id": made[1], "flagged": True}]
    assert listed["next_cursor"]


def test_each_check_of_a_batch_has_the_fields_that_were_asked_for_and_a_problem_is_whole(desk, flagged):
    checks = [sent(record=False), {"text": ""}, sent(record=False)]
    answer = desk.post("/v1/checks/batch", params={"fields": "flagged"}, json={"checks": checks})
    first, problem, last = answer.json()["results"]
    assert answer.status_code == 200
    assert first == last == {"flagged": True}
    assert problem == desk.post("/v1/checks/batch", json={"checks": checks}).json()["results"][1]
    assert problem["status"] == 422
