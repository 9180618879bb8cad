"""Proposals: who cannot change something proposes it, and its owner or the operator's admin decides."""

import pytest
from builders import GRAIN, STAGED, client

from app.domain.access.keys import Scope


@pytest.fixture
def other(archive, desk):
    return client(archive, organisation="Another desk")


@pytest.fixture
def operator(archive, other):
    archive.manage_organisations.create("Operator", operator=True)
    return client(archive, organisation="Operator")


@pytest.fixture
def theirs(other):
    body = {"text": STAGED, "said_at": "2021-04-24", "findings": [{"verdict": "false"}]}
    made = other.post("/v1/narratives", json={"title": "Their script"}).json()
    return other.post("/v1/statements", json={**body, "narratives": [made["id"]]}).json()


def propose(caller, **body):
    answer = caller.post("/v1/proposals", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def decide(caller, proposal, decision="accepted", **body):
    return caller.post(f"/v1/proposals/{proposal['id']}/decision", json={"decision": decision, **body})


def test_an_accepted_proposal_changes_the_statement_and_its_history_names_both(archive, desk, other, theirs):
    made = propose(desk, statement_id=theirs["id"], changes={"said_at": "2021-04-25"}, reason="The page says so.")
    assert (made["state"], made["proposed_by"], made["contributor"]) == (
        "open", {"organisation": "Desk", "name": "of a test"}, {"organisation": "Another desk"},
    )  # fmt: skip
    [listed] = other.get("/v1/proposals", params={"state": "open"}).json()["items"]
    assert (listed["id"], listed["proposed_by"]) == (made["id"], {"organisation": "Desk", "name": None})
    assert decide(desk, made).status_code == 403
    assert decide(client(archive, Scope.WRITE, organisation="Another desk"), made).status_code == 403
    assert other.get(f"/v1/statements/{theirs['id']}").json() == theirs
    accepted = decide(other, made, reason="Right.")
    assert (accepted.status_code, accepted.json()["state"]) == (200, "accepted")
    assert other.get(f"/v1/statements/{theirs['id']}").json()["said_at"] == "2021-04-25"
    last = desk.get(f"/v1/statements/{theirs['id']}/revisions").json()["items"][0]
    assert (last["by"]["name"], last["reason"]) == ("of a test", "proposed by of a test of Desk: The page says so.")
    assert decide(other, made).json() == accepted.json()
    assert decide(other, made, "refused").status_code == 409
    assert desk.get("/v1/proposals", params={"state": "open"}).json()["items"] == []
    assert desk.get(f"/v1/proposals/{made['id']}").json()["decision_reason"] == "Right."


def test_a_refused_proposal_changes_nothing(desk, other, theirs):
    made = propose(desk, statement_id=theirs["id"], changes={"text": GRAIN})
    assert decide(other, made, "refused", reason="No.").json()["state"] == "refused"
    assert other.get(f"/v1/statements/{theirs['id']}").json() == theirs
    assert decide(other, made).status_code == 409


def test_narratives_and_findings_too_and_the_operator_decides_about_everything(desk, operator, theirs):
    [narrative], [finding] = theirs["narratives"], theirs["findings"]
    renamed = propose(desk, narrative_id=narrative["id"], changes={"title": "A better title"})
    removed = propose(desk, finding_id=finding["id"], changes={"withdrawn": True})
    withdrawn = propose(desk, statement_id=theirs["id"], changes={"withdrawn": True})
    assert [decide(operator, one).status_code for one in (renamed, removed, withdrawn)] == [200, 200, 200]
    assert desk.get(f"/v1/narratives/{narrative['id']}").json()["title"] == "A better title"
    assert desk.get(f"/v1/findings/{finding['id']}").status_code == 404
    assert desk.get(f"/v1/statements/{theirs['id']}").json()["withdrawn"] is True


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [({"text": ""}, "/changes/text"), ({"said_at": "soon"}, "/changes/said_at"), ({"tetx": "x"}, "/changes/tetx")],
    ids=["empty", "date", "unknown"],
)
def test_a_change_that_cannot_be_made_is_refused_at_once(desk, theirs, changes, pointer):
    answer = desk.post("/v1/proposals", json={"statement_id": theirs["id"], "changes": changes})
    assert (answer.status_code, [one["pointer"] for one in answer.json()["errors"]]) == (422, [pointer])


def test_nothing_private_is_proposed_about_and_nobody_else_sees_a_proposal(archive, desk, other, theirs):
    private = other.post("/v1/statements", json={"text": GRAIN, "private": True}).json()
    body = {"statement_id": private["id"], "changes": {"text": STAGED}}
    assert desk.post("/v1/proposals", json=body).status_code == 422
    assert desk.post("/v1/proposals", json={"changes": {"text": STAGED}}).status_code == 422
    made = propose(desk, statement_id=theirs["id"], changes={"text": GRAIN})
    third = client(archive, organisation="A third desk")
    assert third.get("/v1/proposals").json()["items"] == []
    assert third.get(f"/v1/proposals/{made['id']}").status_code == 404
    assert decide(third, made).status_code == 404
