"""What an organisation keeps to itself: only its own callers see it, and only its own checks find it."""

import pytest
from builders import STAGED, STAGED_ELSEWHERE, client


@pytest.fixture
def other(archive):
    return client(archive, organisation="Another desk")


@pytest.fixture
def kept(desk):
    """A private statement in a private narrative, with a finding."""
    narrative = desk.post("/v1/narratives", json={"title": "Kept to us", "private": True}).json()
    body = {
        "text": STAGED, "said_at": "2021-01-01", "speaker": "Karpov", "external_id": "1", "private": True,
        "narratives": [narrative["id"]], "findings": [{"verdict": "unfounded"}],
    }  # fmt: skip
    statement = desk.post("/v1/statements", json=body)
    assert statement.status_code == 201, statement.text
    return {"narrative": narrative, "statement": statement.json(), "body": body}


def found(caller, **fields):
    answer = caller.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23", **fields}).json()
    return [match["precedent"]["id"] for match in answer["matches"]]


def test_only_its_own_checks_find_a_private_statement(desk, other, kept):
    assert kept["statement"]["private"] is True
    assert found(desk) == [kept["statement"]["id"]]
    for fields in ({}, {"minimum_tier": "any"}, {"known_at": "2022"}, {"earlier_only": False}, {"limit": 50}):
        assert found(other, **fields) == []
    assert other.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()["recurrence"] is None


def test_another_organisation_sees_neither_it_nor_its_narrative_nor_its_finding(desk, other, kept):
    statement, narrative = kept["statement"], kept["narrative"]
    [finding] = statement["findings"]
    for kind, thing in (("statements", statement), ("narratives", narrative), ("findings", finding)):
        assert desk.get(f"/v1/{kind}/{thing['id']}").status_code == 200
        assert other.get(f"/v1/{kind}/{thing['id']}").status_code == 404
        assert len(desk.get(f"/v1/{kind}").json()["items"]) == 1
        assert other.get(f"/v1/{kind}").json()["items"] == []
    for name in (narrative["id"], narrative["title"]):
        assert len(desk.get("/v1/statements", params={"narrative": name}).json()["items"]) == 1
        assert other.get("/v1/statements", params={"narrative": name}).json()["items"] == []
    assert desk.get("/v1/status").json()["statements"] == 1
    assert other.get("/v1/status").json()["statements"] == 0


def test_another_organisation_changes_nothing_of_it(desk, other, kept):
    statement, narrative = kept["statement"], kept["narrative"]
    [finding] = statement["findings"]
    assert other.patch(f"/v1/statements/{statement['id']}", json={"text": "Mine."}).status_code == 404
    assert other.delete(f"/v1/statements/{statement['id']}").status_code == 404
    assert other.patch(f"/v1/narratives/{narrative['id']}", json={"title": "Mine."}).status_code == 404
    assert other.delete(f"/v1/findings/{finding['id']}").status_code == 404
    for about in ({"statement": statement["id"]}, {"narrative": narrative["id"]}):
        assert other.post("/v1/findings", json={"verdict": "true", **about}).status_code == 422
    assert other.post("/v1/statements", json={"text": "Ours.", "narratives": [narrative["id"]]}).status_code == 422
    assert other.post("/v1/narratives", json={"title": "Below", "parent": narrative["id"]}).status_code == 422
    assert desk.get(f"/v1/statements/{statement['id']}").json() == statement
    assert desk.get(f"/v1/narratives/{narrative['id']}").json()["title"] == narrative["title"]


def test_the_same_statement_is_each_owners_own(desk, other, kept):
    own = other.post("/v1/statements", json={**kept["body"], "narratives": []})
    shared = other.post("/v1/statements", json={**kept["body"], "narratives": [], "private": False})
    again = desk.post("/v1/statements", json=kept["body"])
    assert (own.status_code, shared.status_code, again.status_code) == (201, 201, 200)
    ids = {kept["statement"]["id"], own.json()["id"], shared.json()["id"]}
    assert (len(ids), again.json()["id"]) == (3, kept["statement"]["id"])
    assert set(found(desk)) == {kept["statement"]["id"], shared.json()["id"]}
    assert set(found(other)) == {own.json()["id"], shared.json()["id"]}


def test_a_narrative_of_the_same_name_is_each_owners_own(desk, other, kept):
    body = {"title": "Kept to us", "external_id": "N1", "private": True}
    first, second = desk.post("/v1/narratives", json=body), other.post("/v1/narratives", json=body)
    shared = other.post("/v1/narratives", json={**body, "private": False})
    assert [one.status_code for one in (first, second, shared)] == [201, 201, 201]
    assert {one.json()["external_id"] for one in (first, second, shared)} == {"N1"}
    assert desk.post("/v1/narratives", json=body).status_code == 200
    mine = desk.post("/v1/statements", json={"text": "Words.", "private": True, "narratives": ["N1"]}).json()
    assert [one["id"] for one in mine["narratives"]] == [first.json()["id"]]


def test_what_is_shared_points_to_nothing_private(desk, kept):
    private = kept["narrative"]["id"]
    shared = desk.post("/v1/statements", json={"text": STAGED_ELSEWHERE}).json()["id"]
    assert desk.post("/v1/statements", json={"text": "Words.", "narratives": [private]}).status_code == 422
    assert desk.patch(f"/v1/statements/{shared}", json={"narratives": [private]}).status_code == 422
    assert desk.post("/v1/narratives", json={"title": "Below", "parent": private}).status_code == 422
    below = desk.post("/v1/narratives", json={"title": "Below"}).json()["id"]
    assert desk.patch(f"/v1/narratives/{below}", json={"parent": private}).status_code == 422


def test_what_is_private_may_be_in_what_is_shared_and_counts_there_for_its_owner(desk, other):
    shared = desk.post("/v1/narratives", json={"title": "Shared"}).json()["id"]
    body = {"text": "Words.", "private": True, "narratives": [shared]}
    assert desk.post("/v1/statements", json=body).status_code == 201
    below = desk.post("/v1/narratives", json={"title": "Shared", "private": True, "parent": shared})
    assert below.status_code == 201, below.text
    assert desk.get(f"/v1/narratives/{shared}").json()["statement_count"] == 1
    assert other.get(f"/v1/narratives/{shared}").json()["statement_count"] == 0


def test_shared_ones_are_found_behind_many_that_are_others_own(desk, other):
    for number in range(60):
        desk.post(
            "/v1/statements", json={"text": STAGED, "external_id": str(number), "private": True, "said_at": "2020"}
        )
    shared = desk.post("/v1/statements", json={"text": STAGED_ELSEWHERE, "said_at": "2020"}).json()["id"]
    assert found(other) == [shared]


def test_its_owner_corrects_and_withdraws_it(desk, other, kept):
    address = f"/v1/statements/{kept['statement']['id']}"
    changed = desk.patch(address, json={"text": STAGED_ELSEWHERE, "speaker": None}).json()
    assert (changed["text"], changed["private"]) == (STAGED_ELSEWHERE, True)
    assert found(other) == []
    assert desk.delete(address).status_code == 204
    assert found(desk) == []
