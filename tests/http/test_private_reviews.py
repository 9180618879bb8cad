"""Reviews beside what an organisation keeps to itself: what they file is its own, and nobody else meets it."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client


@pytest.fixture
def other(archive):
    return client(archive, organisation="Another desk")


@pytest.fixture
def script(desk):
    """A private narrative."""
    return desk.post("/v1/narratives", json={"title": "Kept to us", "private": True}).json()


@pytest.fixture
def flagged(record, check, script):
    """A check that was flagged for a private precedent of the private narrative."""
    record(STAGED_ELSEWHERE, "2021-04-24", private=True, narratives=[script["id"]])
    answer = check(STAGED)
    assert answer["flagged"]
    return answer


def review(caller, one, **fields):
    return caller.post(
        f"/v1/flags/{one['id']}/reviews", json={"match_id": one["matches"][0]["id"], "verdict": "confirmed", **fields}
    )


def said(caller):
    answer = caller.post("/v1/checks", json={"text": STAGED, "said_at": "2021-06-01", "record": False}).json()
    return {match["precedent"]["text"] for match in answer["matches"]}


def test_what_is_archived_in_a_private_narrative_is_private_until_it_is_taken_back(desk, other, flagged, script):
    made = review(desk, flagged, archive=True).json()
    address = f"/v1/statements/{made['archived']}"
    kept = desk.get(address).json()
    assert (kept["private"], [one["id"] for one in kept["narratives"]]) == (True, [script["id"]])
    assert other.get(address).status_code == 404
    assert (said(desk), said(other)) == ({STAGED, STAGED_ELSEWHERE}, set())
    assert desk.delete(f"/v1/flags/{flagged['id']}/reviews/{made['id']}").status_code == 204
    assert desk.get(address).json()["withdrawn"] is True
    assert said(desk) == {STAGED_ELSEWHERE}
    assert review(desk, flagged, archive=True).json()["archived"] == made["archived"]
    assert desk.get(address).json()["withdrawn"] is False


def test_a_narrative_made_beside_a_private_precedent_is_private(desk, other, flagged):
    [ref] = review(desk, flagged, archive=True, narrative="A new script").json()["narratives"]
    assert desk.get(f"/v1/narratives/{ref['id']}").json()["private"] is True
    assert other.get(f"/v1/narratives/{ref['id']}").status_code == 404


def test_a_shared_precedent_filed_in_a_private_narrative_makes_a_private_statement(desk, other, record, check, script):
    record(STAGED_ELSEWHERE, "2021-04-24")
    made = review(desk, check(STAGED), archive=True, narrative=script["title"]).json()
    assert desk.get(f"/v1/statements/{made['archived']}").json()["private"] is True
    assert (said(desk), said(other)) == ({STAGED, STAGED_ELSEWHERE}, {STAGED_ELSEWHERE})


def test_beside_what_is_shared_everybody_finds_what_is_archived(desk, other, record, check):
    record(STAGED_ELSEWHERE, "2021-04-24")
    made = review(desk, check(STAGED), archive=True, narrative="A new script").json()
    assert other.get(f"/v1/statements/{made['archived']}").json()["private"] is False
    assert [one["title"] for one in other.get("/v1/narratives").json()["items"]] == ["A new script"]
    assert said(other) == {STAGED, STAGED_ELSEWHERE}


def test_nobody_links_or_names_what_another_organisation_keeps_to_itself(desk, other, record, script):
    missed = record(GRAIN, "2020-01-01", private=True)
    record(STAGED_ELSEWHERE, "2021-04-24")
    body = {"text": STAGED, "said_at": "2021-05-23"}
    mine, theirs = (caller.post("/v1/checks", json=body).json() for caller in (desk, other))
    refused = review(other, theirs, match_id=None, precedent_id=missed["id"])
    assert [error["pointer"] for error in refused.json()["errors"]] == ["/precedent_id"]
    assert review(other, theirs, archive=True, narrative=script["id"]).status_code == 422
    assert review(desk, mine, match_id=None, precedent_id=missed["id"]).status_code == 201


def test_counter_examples_of_a_private_narrative_are_its_owners(desk, other, flagged, script):
    address = f"/v1/narratives/{script['id']}/counter-examples"
    assert review(desk, flagged, verdict="dismissed", counter_example=True).status_code == 201
    [one] = desk.get(address).json()["items"]
    assert one["text"] == STAGED
    assert other.get(address).status_code == 404
    assert other.post(address, json={"text": GRAIN}).status_code == 404
    assert other.delete(f"{address}/{one['id']}").status_code == 404
    assert [kept["id"] for kept in desk.get(address).json()["items"]] == [one["id"]]


def test_flags_are_listed_by_a_private_narrative_for_its_owner(desk, other, flagged, script):
    for name in (script["id"], script["title"]):
        assert [one["id"] for one in desk.get("/v1/flags", params={"narrative": name}).json()["items"]] == [
            flagged["id"]
        ]
        assert other.get("/v1/flags", params={"narrative": name}).json()["items"] == []
