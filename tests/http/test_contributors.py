"""The shared archive of several organisations: each changes what it brought, the operator's admins everything."""

import json

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, client, signed_in
from waiting import until

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
    """A statement that another organisation brought, in a narrative of its own."""
    made = other.post("/v1/narratives", json={"title": "Their script", "external_id": "N1"}).json()
    body = {
        "text": STAGED, "said_at": "2021-04-24", "external_id": "X1", "narratives": [made["id"]],
        "findings": [{"verdict": "false", "publisher": "Another desk's checkers"}],
    }  # fmt: skip
    answer = other.post("/v1/statements", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def refused(answer):
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/not-contributor"), answer.text
    assert "POST /v1/proposals" in answer.json()["detail"]
    assert "Another desk" in answer.json()["detail"]


def test_an_external_id_belongs_to_the_organisation_that_brings_it(desk, other, theirs):
    body = {"text": GRAIN, "external_id": "X1", "said_at": "2019"}
    mine = desk.post("/v1/statements", json=body)
    assert (mine.status_code, mine.json()["contributor"]) == (201, {"organisation": "Desk"})
    assert mine.json()["id"] != theirs["id"]
    assert other.get(f"/v1/statements/{theirs['id']}").json() == theirs
    again = other.post("/v1/statements", json={"text": STAGED_ELSEWHERE, "external_id": "X1"})
    assert (again.status_code, again.json()["id"], again.json()["text"]) == (200, theirs["id"], STAGED_ELSEWHERE)
    assert desk.post("/v1/statements", json={**body, "speaker": "The minister"}).json()["id"] == mine.json()["id"]
    assert desk.get(f"/v1/statements/{mine.json()['id']}").json()["text"] == GRAIN


def test_an_id_given_later_is_the_contributors_own_too(desk, other):
    one = other.post("/v1/statements", json={"text": STAGED}).json()
    assert other.patch(f"/v1/statements/{one['id']}", json={"external_id": "X1"}).status_code == 200
    assert desk.post("/v1/statements", json={"text": GRAIN, "external_id": "X1"}).status_code == 201
    again = other.post("/v1/statements", json={"text": STAGED, "external_id": "X1"})
    assert (again.status_code, again.json()["id"]) == (200, one["id"])


def test_the_same_words_are_a_submission_that_changes_nothing_but_adds_its_findings(desk, other):
    sent = {"text": STAGED, "said_at": "2021-04-24", "speaker": "Somebody"}
    theirs = other.post("/v1/statements", json=sent).json()
    mine = desk.post(
        "/v1/statements",
        json={
            **sent,
            "text": f"  {STAGED}",
            "title": "Mine",
            "learned_at": "2001",
            "source": {"url": "https://example.org/mine"},
            "narratives": [],
            "findings": [{"verdict": "true"}],
        },
    )
    assert mine.status_code == 200
    now = other.get(f"/v1/statements/{theirs['id']}").json()
    added = [(one["verdict"], one["added_by"]) for one in now["findings"]]
    assert (now["sightings"]["count"], added) == (2, [("true", {"organisation": "Desk"})])
    kept = {"sightings", "findings", "updated_at"}
    assert {name: now[name] for name in now if name not in kept} == {
        name: theirs[name] for name in theirs if name not in kept
    }


def test_a_submission_files_a_statement_of_others_nowhere(desk, other):
    theirs = other.post("/v1/statements", json={"text": STAGED}).json()
    script = desk.post("/v1/narratives", json={"title": "Mine"}).json()
    assert desk.post("/v1/statements", json={"text": STAGED, "narratives": [script["id"]]}).status_code == 200
    assert other.get(f"/v1/statements/{theirs['id']}").json()["narratives"] == []


@pytest.mark.parametrize(
    "changes",
    [{"text": GRAIN}, {"said_at": "1999"}, {"withdrawn": True}, {"narratives": []}, {"external_id": "Y"}],
    ids=lambda changes: next(iter(changes)),
)
def test_others_change_no_statement(desk, other, theirs, changes):
    address = f"/v1/statements/{theirs['id']}"
    refused(desk.patch(address, json=changes))
    assert other.get(address).json() == theirs
    assert other.patch(address, json=changes).status_code == 200


def test_others_withdraw_and_restore_no_statement(desk, other, theirs):
    address = f"/v1/statements/{theirs['id']}"
    refused(desk.delete(address))
    assert other.get(address).json() == theirs
    assert other.delete(address).status_code == 204
    refused(desk.patch(address, json={"withdrawn": False}))


def test_others_change_no_narrative(desk, other, theirs):
    [ref] = theirs["narratives"]
    address = f"/v1/narratives/{ref['id']}"
    before = other.get(address).json()
    assert before["contributor"] == {"organisation": "Another desk"}
    refused(desk.patch(address, json={"title": "Mine"}))
    refused(desk.post("/v1/narratives", json={"title": "Mine", "external_id": "N1"}))
    refused(desk.post("/v1/narratives", json={"title": "Their script", "external_id": "N1", "description": "Mine"}))
    known = desk.post("/v1/narratives", json={"title": "Their script", "external_id": "N1"})
    assert (known.status_code, known.json()["id"]) == (200, ref["id"])
    assert other.get(address).json() == before


def test_others_take_back_no_finding_and_theirs_say_whose_they_are(desk, other, theirs):
    [finding] = theirs["findings"]
    assert finding["added_by"] == {"organisation": "Another desk"}
    refused(desk.delete(f"/v1/findings/{finding['id']}"))
    mine = desk.post("/v1/findings", json={"verdict": "true", "statement": theirs["id"]}).json()
    assert mine["added_by"] == {"organisation": "Desk"}
    refused_too = other.delete(f"/v1/findings/{mine['id']}")
    assert refused_too.status_code == 403
    shown = desk.post("/v1/checks", json={"text": STAGED, "said_at": "2021-05-23"}).json()["matches"][0]
    stored = desk.get("/v1/checks").json()["items"][0]["matches"][0]
    for match in (shown, stored):
        assert [one["added_by"]["organisation"] for one in match["precedent"]["findings"]] == ["Another desk", "Desk"]
    assert desk.delete(f"/v1/findings/{mine['id']}").status_code == 204


def test_the_operators_admins_change_every_shared_thing_and_its_other_keys_do_not(archive, operator, other, theirs):
    address = f"/v1/statements/{theirs['id']}"
    writer = client(archive, Scope.READ, Scope.WRITE, organisation="Operator")
    assert writer.patch(address, json={"said_at": "1999"}).status_code == 403
    assert operator.patch(address, json={"said_at": "1999"}).json()["said_at"] == "1999"
    first = other.get(f"{address}/revisions").json()["items"][0]
    assert (first["what"], [one["name"] for one in first["changes"]], first["by"]["name"]) == (
        "edited", ["said_at"], "of a test",
    )  # fmt: skip
    assert operator.patch(f"/v1/narratives/{theirs['narratives'][0]['id']}", json={"title": "T"}).status_code == 200
    assert operator.delete(f"/v1/findings/{theirs['findings'][0]['id']}").status_code == 204
    assert operator.delete(address).status_code == 204


def test_an_import_changes_nothing_of_others_and_each_change_of_a_date_says_who(archive, desk, other, theirs):
    address = f"/v1/statements/{theirs['id']}"
    line = {"id": "X1", "text": STAGED, "said_at": "1999", "narratives": ["Above"], "fakes": ["Their script"]}

    def imported(caller):
        job = caller.post("/v1/imports", content=json.dumps(line)).json()
        return until(lambda: caller.get(f"/v1/imports/{job['id']}").json()["state"] == "done")

    with desk:
        assert imported(desk)
    assert other.get(address).json() == theirs
    assert other.get(f"/v1/narratives/{theirs['narratives'][0]['id']}").json()["parent"] is None
    with other:
        assert imported(other)
    changed = other.get(address).json()
    assert (changed["said_at"], changed["contributor"]) == ("1999", {"organisation": "Another desk"})
    last = desk.get(f"{address}/revisions").json()["items"][0]
    assert ("said_at" in [one["name"] for one in last["changes"]], last["by"]["name"]) == (True, "Another desk")


def counted(caller):
    answer = caller.post("/v1/checks", json={"text": STAGED_ELSEWHERE, "said_at": "2021-06-01", "record": False})
    return answer.json()["flagged"]


def test_a_counter_example_silences_its_own_organisation_alone_until_the_operator_accepts_it(
    desk, other, operator, theirs
):
    address = f"/v1/narratives/{theirs['narratives'][0]['id']}/counter-examples"
    made = desk.post(address, json={"text": STAGED_ELSEWHERE}).json()
    assert (made["added_by"], made["shared"]) == ({"organisation": "Desk", "name": "of a test"}, False)
    assert (counted(desk), counted(other), counted(operator)) == (False, True, True)
    [seen] = other.get(address).json()["items"]
    assert seen["added_by"] == {"organisation": "Desk", "name": None}
    assert other.delete(f"{address}/{made['id']}").status_code == 403
    assert desk.patch(f"{address}/{made['id']}", json={"shared": True}).status_code == 403
    assert operator.patch(f"{address}/{made['id']}", json={"shared": True}).json()["shared"] is True
    assert (counted(desk), counted(other)) == (False, False)
    assert operator.patch(f"{address}/{made['id']}", json={"shared": False}).json()["shared"] is False
    assert (counted(desk), counted(other)) == (False, True)
    assert other.post(address, json={"text": STAGED_ELSEWHERE}).status_code == 201
    assert (counted(desk), counted(other)) == (False, False)


def test_a_counter_example_of_the_operator_counts_for_all(desk, other, operator, theirs):
    address = f"/v1/narratives/{theirs['narratives'][0]['id']}/counter-examples"
    assert operator.post(address, json={"text": STAGED_ELSEWHERE}).json()["shared"] is True
    assert (counted(desk), counted(other)) == (False, False)


def test_a_review_silences_its_own_organisation_alone_and_undoing_it_only_its_own(desk, other, theirs):
    body = {"text": STAGED_ELSEWHERE, "said_at": "2021-06-01"}
    checks = [(caller, caller.post("/v1/checks", json=body).json()) for caller in (desk, other)]
    reviews = []
    for caller, check in checks:
        review = {"match_id": check["matches"][0]["id"], "verdict": "dismissed", "counter_example": True}
        reviews.append(caller.post(f"/v1/flags/{check['id']}/reviews", json=review).json())
        if caller is desk:
            assert (counted(desk), counted(other)) == (False, True)
    assert (counted(desk), counted(other)) == (False, False)
    assert desk.delete(f"/v1/flags/{checks[0][1]['id']}/reviews/{reviews[0]['id']}").status_code == 204
    assert (counted(desk), counted(other)) == (True, False)


def test_what_a_review_archives_is_its_organisations(desk, other, theirs):
    check = desk.post("/v1/checks", json={"text": STAGED_ELSEWHERE, "said_at": "2021-06-01"}).json()
    body = {"match_id": check["matches"][0]["id"], "verdict": "confirmed", "archive": True}
    made = desk.post(f"/v1/flags/{check['id']}/reviews", json=body).json()
    address = f"/v1/statements/{made['archived']}"
    assert other.get(address).json()["contributor"] == {"organisation": "Desk"}
    assert other.delete(address).status_code == 403


def test_a_review_files_a_statement_of_others_nowhere_and_takes_nothing_along(desk, other, theirs):
    known = other.post("/v1/statements", json={"text": STAGED_ELSEWHERE, "said_at": "2021-06-01"}).json()
    check = desk.post("/v1/checks", json={"text": STAGED_ELSEWHERE, "said_at": "2021-06-01"}).json()
    match = next(one for one in check["matches"] if one["precedent"]["id"] == theirs["id"])
    body = {"match_id": match["id"], "verdict": "confirmed", "archive": True}
    made = desk.post(f"/v1/flags/{check['id']}/reviews", json=body).json()
    assert made["archived"] == known["id"]
    assert desk.delete(f"/v1/flags/{check['id']}/reviews/{made['id']}").status_code == 204
    now = other.get(f"/v1/statements/{known['id']}").json()
    assert (now["narratives"], now["withdrawn"]) == ([], False)


def test_pages_say_whose_it_is_and_refuse_in_plain_words(archive, desk, other, theirs):
    analyst = signed_in(archive, organisation="Desk")
    page = analyst.get(f"/statements/{theirs['id']}").text
    assert ("<dt>Added by</dt>" in page, page.count("Another desk") >= 2) == (True, True)
    address = f"/narratives/{theirs['narratives'][0]['id']}"
    other.post(f"/v1{address}/counter-examples", json={"text": GRAIN})
    assert "It counts in their checks, and not in yours." in analyst.get(address).text
    answer = analyst.post(f"/statements/{theirs['id']}/withdraw", data={"reason": "No."})
    assert (answer.status_code, "Another organisation brought this" in answer.text) == (403, True)
    assert other.get(f"/v1/statements/{theirs['id']}").json()["withdrawn"] is False
    own = signed_in(archive, organisation="Another desk")
    assert "<dt>Added by</dt>" not in own.get(f"/statements/{theirs['id']}").text
    assert own.post(f"/statements/{theirs['id']}/withdraw", data={"reason": "No."}).status_code == 303


def test_what_another_organisation_withdrew_does_not_keep_anybody_from_bringing_it(desk, other, check):
    body = {"text": STAGED, "said_at": "2021-04-24"}
    theirs = other.post("/v1/statements", json=body).json()
    assert other.delete(f"/v1/statements/{theirs['id']}").status_code == 204
    assert other.post("/v1/statements", json=body).status_code == 409
    mine = desk.post("/v1/statements", json=body)
    assert (mine.status_code, mine.json()["contributor"]) == (201, {"organisation": "Desk"})
    again = desk.post("/v1/statements", json={**body, "title": "The page"})
    assert (again.status_code, again.json()["id"], again.json()["title"]) == (200, mine.json()["id"], "The page")
    assert desk.get(f"/v1/statements/{theirs['id']}").json()["withdrawn"] is True
    assert [match["precedent"]["id"] for match in check(STAGED)["matches"]] == [mine.json()["id"]]
    assert other.patch(f"/v1/statements/{theirs['id']}", json={"withdrawn": False}).status_code == 200
    assert desk.post("/v1/statements", json=body).json()["id"] == mine.json()["id"]
    assert desk.delete(f"/v1/statements/{mine.json()['id']}").status_code == 204
    assert desk.post("/v1/statements", json=body).status_code == 409
