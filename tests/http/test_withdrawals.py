"""All that an organisation contributed is withdrawn at once, and brought back."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client

from app.domain.access.keys import Scope
from app.services.access import withdraw_contributions


@pytest.fixture
def other(archive, desk):
    return client(archive, organisation="Another desk")


@pytest.fixture
def operator(archive, other):
    archive.manage_organisations.create("Operator", operator=True)
    return client(archive, organisation="Operator")


@pytest.fixture
def whose(operator):
    found = {one["name"]: one for one in operator.get("/v1/organisations").json()["items"]}
    return found["Another desk"]["id"]


def found(caller, text=STAGED):
    answer = caller.post("/v1/checks", json={"text": text, "said_at": "2021-06-01", "record": False}).json()
    return {match["precedent"]["text"] for match in answer["matches"]}


def contribute(other, desk):
    """Three statements, one of them withdrawn by hand, a finding about another's statement, a counter-example."""
    mine = desk.post("/v1/statements", json={"text": STAGED_ELSEWHERE, "said_at": "2020"}).json()
    script = other.post("/v1/narratives", json={"title": "Their script"}).json()
    desk.patch(f"/v1/statements/{mine['id']}", json={"narratives": [script["id"]]})
    made = [
        other.post("/v1/statements", json={"text": text, "said_at": "2020", "narratives": [script["id"]]}).json()
        for text in (STAGED, GRAIN, "Withdrawn by hand before.")
    ]
    other.delete(f"/v1/statements/{made[2]['id']}")
    other.post("/v1/statements", json={"text": "Kept to us.", "private": True})
    other.post("/v1/findings", json={"verdict": "true", "statement": mine["id"], "learned_at": "2001"})
    other.post(f"/v1/narratives/{script['id']}/counter-examples", json={"text": "No such thing."})
    return mine, script, made


@pytest.mark.parametrize("at_once", [1, 500])
def test_it_is_withdrawn_and_restored_as_it_was(monkeypatch, desk, other, operator, whose, at_once):
    monkeypatch.setattr(withdraw_contributions, "AT_ONCE", at_once)
    mine, script, made = contribute(other, desk)
    address = f"/v1/organisations/{whose}/withdrawals"
    before = desk.get(f"/v1/statements/{mine['id']}").json()
    contributed = operator.get(f"/v1/organisations/{whose}").json()["contributions"]
    assert contributed == {"statements": 2, "findings": 1, "counter_examples": 1, "last_day": 4}
    answer = operator.post(address, json={"reason": "Its key was stolen."})
    assert answer.status_code == 201, answer.text
    counted = {name: answer.json()[name] for name in ("statements", "findings", "counter_examples", "links")}
    assert counted == {"statements": 2, "findings": 1, "counter_examples": 1, "links": 4}
    assert (found(desk), found(desk, GRAIN)) == ({STAGED_ELSEWHERE}, set())
    now = desk.get(f"/v1/statements/{mine['id']}").json()
    assert (now["findings"], now["narratives"]) == ([], [])
    assert other.get(f"/v1/narratives/{script['id']}/counter-examples").json()["items"] == []
    last = desk.get(f"/v1/statements/{made[0]['id']}/revisions").json()["items"][0]
    assert (last["what"], last["by"]["name"], "Its key was stolen." in last["reason"]) == (
        "withdrawn",
        "of a test",
        True,
    )
    assert len(other.get("/v1/statements", params={"q": "Kept"}).json()["items"]) == 1

    [listed] = operator.get(address).json()["items"]
    assert (listed["id"], listed["restored_at"]) == (answer.json()["id"], None)
    assert operator.delete(f"{address}/{listed['id']}").status_code == 204
    assert found(desk) == {STAGED, STAGED_ELSEWHERE}
    after = desk.get(f"/v1/statements/{mine['id']}").json()
    assert (after["findings"], after["narratives"]) == (before["findings"], before["narratives"])
    assert desk.get(f"/v1/statements/{made[2]['id']}").json()["withdrawn"] is True
    assert operator.get(f"/v1/organisations/{whose}").json()["contributions"] == contributed
    assert operator.delete(f"{address}/{listed['id']}").status_code == 204
    assert operator.get(address).json()["items"][0]["restored_at"] is not None


def test_only_what_came_since_a_moment_goes_whatever_its_learned_at_says(clock, desk, other, operator, whose):
    other.post("/v1/statements", json={"text": STAGED, "said_at": "2020"})
    clock.advance(days=2)
    other.post("/v1/statements", json={"text": GRAIN, "said_at": "2020", "learned_at": "2001"})
    since = clock().date().isoformat()
    answer = operator.post(f"/v1/organisations/{whose}/withdrawals", json={"since": since}).json()
    assert (answer["statements"], found(desk), found(desk, GRAIN)) == (1, {STAGED}, set())


def test_it_is_for_admin_keys_of_the_operator(archive, desk, other, operator, whose):
    address = f"/v1/organisations/{whose}/withdrawals"
    reader = client(archive, Scope.READ, Scope.WRITE, organisation="Operator")
    assert [caller.post(address, json={}).status_code for caller in (desk, other, reader)] == [404, 403, 403]
    assert [caller.get(address).status_code for caller in (desk, other, reader)] == [404, 200, 403]
    assert other.delete(f"{address}/nothing").status_code == 403
    assert operator.post("/v1/organisations/nothing/withdrawals", json={}).status_code == 404
    assert operator.delete(f"{address}/nothing").status_code == 404
    own = operator.get("/v1/me").json()["organisation"]["id"]
    assert operator.post(f"/v1/organisations/{own}/withdrawals", json={}).status_code == 409
