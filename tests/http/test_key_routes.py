"""Keys and organisations over the API: a key governs its own organisation's keys, and grants what it has."""

from datetime import timedelta

import pytest
from builders import client, services
from starlette.testclient import TestClient

from app.domain.access.keys import Scope


@pytest.fixture
def other(archive):
    return client(archive, organisation="Another desk")


@pytest.fixture
def operator(archive):
    archive.manage_organisations.create("House", operator=True)
    return client(archive, organisation="House")


def made(caller, *scopes, **fields):
    answer = caller.post("/v1/keys", json={"name": "Plugin", "scopes": list(scopes)} | fields)
    assert answer.status_code == 201, answer.text
    return answer.json()


def with_secret(caller, secret):
    return TestClient(caller.app, headers={"Authorization": f"Bearer {secret}"})


def test_a_key_is_made_and_its_secret_is_shown_once(desk):
    key = made(desk, "check", "read")
    me = with_secret(desk, key["secret"]).get("/v1/me").json()
    assert (me["key"]["id"], me["scopes"], me["organisation"]["name"]) == (key["id"], ["check", "read"], "Desk")
    shown = desk.get(f"/v1/keys/{key['id']}").json()
    assert "secret" not in shown
    assert key["secret"] not in desk.get("/v1/keys").text
    assert key["secret"].startswith(shown["hint"])
    assert shown["last_used_at"] is not None


def test_an_answer_with_a_secret_is_not_to_be_stored(desk):
    answer = desk.post("/v1/keys", json={"name": "Plugin", "scopes": ["check"]})
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_key_ends_when_it_is_said_to(desk, clock):
    caller = with_secret(desk, made(desk, "read", expires_at="2021-05-24")["secret"])
    assert caller.get("/v1/me").status_code == 200
    clock.advance(hours=12)
    assert caller.get("/v1/me").status_code == 401


def test_a_revoked_key_ends_at_once_and_stays_listed(desk):
    key = made(desk, "read")
    assert desk.delete(f"/v1/keys/{key['id']}").status_code == 204
    assert with_secret(desk, key["secret"]).get("/v1/me").status_code == 401
    assert desk.get(f"/v1/keys/{key['id']}").json()["revoked_at"] is not None
    assert desk.delete(f"/v1/keys/{key['id']}").status_code == 404
    assert desk.post(f"/v1/keys/{key['id']}/rotate", json={}).status_code == 404


def test_a_rotated_key_has_two_secrets_for_a_while(desk, clock):
    key = made(desk, "read", limit_per_hour=50)
    rotated = desk.post(f"/v1/keys/{key['id']}/rotate", json={}).json()
    assert (rotated["id"], rotated["scopes"], rotated["limit_per_hour"]) == (key["id"], ["read"], 50)
    before, after = with_secret(desk, key["secret"]), with_secret(desk, rotated["secret"])
    for _ in range(2):
        assert before.get("/v1/me").json()["key"]["id"] == after.get("/v1/me").json()["key"]["id"] == key["id"]
        clock.advance(hours=23)
    clock.advance(hours=2)
    assert (before.get("/v1/me").status_code, after.get("/v1/me").status_code) == (401, 200)


def test_a_rotation_ends_the_secret_before_the_last_and_may_leave_no_overlap(desk):
    key = made(desk, "read")
    second = desk.post(f"/v1/keys/{key['id']}/rotate", json={}).json()["secret"]
    third = desk.post(f"/v1/keys/{key['id']}/rotate", json={"overlap_hours": 0}).json()["secret"]
    statuses = [with_secret(desk, one).get("/v1/me").status_code for one in (key["secret"], second, third)]
    assert statuses == [401, 401, 200]


def test_an_expired_key_is_not_kept_alive_by_its_rotation(desk, clock):
    key = made(desk, "read", expires_at="2021-05-24")
    secret = desk.post(f"/v1/keys/{key['id']}/rotate", json={"overlap_hours": 700}).json()["secret"]
    clock.advance(hours=13)
    assert with_secret(desk, secret).get("/v1/me").status_code == 401
    assert with_secret(desk, key["secret"]).get("/v1/me").status_code == 401


def test_a_key_grants_no_scope_that_it_does_not_have(archive):
    strong, weak = client(archive), client(archive, "admin", "read")
    refused = weak.post("/v1/keys", json={"name": "More", "scopes": ["read", "write"]})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/missing-scope")
    assert "'write'" in refused.json()["detail"]
    key = made(strong, "write")
    assert weak.post(f"/v1/keys/{key['id']}/rotate", json={}).status_code == 403
    assert with_secret(strong, key["secret"]).get("/v1/me").status_code == 200
    made(weak, "read", "admin")


def limited(archive, per_hour=None, ends=None):
    """A caller with a key of every scope that has a limit or an end."""
    secret, _ = archive.manage_keys.create("Limited", list(Scope), "Desk", ends, per_hour)
    return with_secret(client(archive), secret)


def test_a_key_inherits_the_limit_and_the_end_of_the_key_that_makes_it(archive, clock):
    caller = limited(archive, 50, clock() + timedelta(days=3))
    child = made(caller, "check")
    assert (child["limit_per_hour"], child["expires_at"]) == (50, caller.get("/v1/me").json()["key"]["expires_at"])
    less = made(caller, "check", limit_per_hour=5, expires_at="2021-05-24")
    assert (less["limit_per_hour"], less["expires_at"][:10]) == (5, "2021-05-24")


@pytest.mark.parametrize(
    ("fields", "pointer"), [({"limit_per_hour": 51}, "/limit_per_hour"), ({"expires_at": "2022"}, "/expires_at")]
)
def test_a_key_makes_none_with_a_higher_limit_or_a_later_end(archive, clock, fields, pointer):
    caller = limited(archive, 50, clock() + timedelta(days=3))
    refused = caller.post("/v1/keys", json={"name": "More", "scopes": ["check"], **fields})
    assert refused.status_code == 422
    assert [error["pointer"] for error in refused.json()["errors"]] == [pointer]


def test_a_key_does_not_get_more_by_rotating_one_that_has_more(archive, clock):
    unlimited = made(client(archive), "check")
    for caller in (limited(archive, 50), limited(archive, None, clock() + timedelta(days=3))):
        refused = caller.post(f"/v1/keys/{unlimited['id']}/rotate", json={})
        assert (refused.status_code, refused.json()["type"]) == (403, "/problems/missing-scope")
        own = caller.get("/v1/me").json()["key"]["id"]
        assert caller.post(f"/v1/keys/{own}/rotate", json={}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/keys", "/v1/organisations", "/v1/flag-views"])
def test_a_list_comes_in_pages(archive, operator, path):
    for number in range(5):
        made(operator, "read", name=f"Key {number}") if path == "/v1/keys" else None
        body = {"name": f"Number {number}", "scopes": ["read"], "query": "state=open"}
        body.pop("query" if path == "/v1/organisations" else "scopes")
        assert path == "/v1/keys" or operator.post(path, json=body).status_code == 201
    whole = operator.get(path, params={"limit": 100}).json()
    assert (whole["next_cursor"], len(whole["items"]) >= 5) == (None, True)
    found, cursor = [], None
    while True:
        page = operator.get(path, params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        assert len(page["items"]) <= 2
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert found == whole["items"]
    assert operator.get(path, params={"limit": 0}).status_code == 422


def test_keys_of_another_organisation_are_not_there(desk, other):
    key = made(desk, "read")
    address = f"/v1/keys/{key['id']}"
    assert other.get(address).status_code == 404
    assert other.delete(address).status_code == 404
    assert other.post(f"{address}/rotate", json={}).status_code == 404
    assert key["id"] not in other.get("/v1/keys").text
    assert with_secret(desk, key["secret"]).get("/v1/me").status_code == 200


@pytest.mark.parametrize(
    "body",
    [{"name": "x", "scopes": []}, {"name": "x", "scopes": ["root"]}, {"name": " ", "scopes": ["read"]},
     {"name": "x", "scopes": ["read"], "limit_per_hour": 0}, {"name": "x", "scopes": ["read"], "expires_at": "soon"}],
)  # fmt: skip
def test_a_key_without_sense_is_refused(desk, body):
    assert desk.post("/v1/keys", json=body).status_code == 422


def test_the_operators_key_makes_an_organisation_that_then_governs_itself(operator):
    answer = operator.post(
        "/v1/organisations", json={"name": "Evening paper", "scopes": ["admin", "check"], "limit_per_hour": 500}
    )
    assert answer.status_code == 201, answer.text
    paper = with_secret(operator, answer.json()["key"]["secret"])
    assert paper.get("/v1/me").json()["organisation"]["name"] == "Evening paper"
    made(paper, "check")
    assert [one["name"] for one in paper.get("/v1/organisations").json()["items"]] == ["Evening paper"]
    assert {one["name"] for one in operator.get("/v1/organisations").json()["items"]} == {"House", "Evening paper"}
    assert answer.json()["key"]["id"] not in operator.get("/v1/keys").text
    again = operator.post("/v1/organisations", json={"name": "Evening paper", "scopes": ["admin"]})
    assert again.status_code == 409


def test_the_operator_sets_what_an_organisation_may_use_and_it_does_not_itself(operator, desk):
    organisation = desk.get("/v1/me").json()["organisation"]["id"]
    address = f"/v1/organisations/{organisation}"
    assert desk.patch(address, json={"limit_per_hour": 10}).status_code == 403
    assert operator.patch(address, json={"limit_per_hour": 10}).json()["limit_per_hour"] == 10
    assert desk.get(address).json()["limit_per_hour"] == 10
    assert operator.patch(address, json={"limit_per_hour": None}).json()["limit_per_hour"] is None
    assert operator.patch(address, json={"operator": True}).status_code == 422


def test_others_make_no_organisation_and_see_only_their_own(operator, desk):
    body = {"name": "Evening paper", "scopes": ["check"]}
    assert desk.post("/v1/organisations", json=body).status_code == 403
    house = operator.get("/v1/me").json()["organisation"]["id"]
    assert desk.get(f"/v1/organisations/{house}").status_code == 404
    assert [one["name"] for one in desk.get("/v1/organisations").json()["items"]] == ["Desk"]


def test_the_operator_grants_no_scope_that_its_key_does_not_have(archive, operator):
    weak = client(archive, "admin", organisation="House")
    assert weak.post("/v1/organisations", json={"name": "New", "scopes": ["check"]}).status_code == 403
    assert "New" not in operator.get("/v1/organisations").text


def test_the_default_limit_of_keys_holds_for_a_key_that_makes_others(tmp_path):
    limited = services(tmp_path / "limited", key_limit_per_hour=50)
    try:
        caller = client(limited)
        assert made(caller, "check", limit_per_hour=50)["limit_per_hour"] == 50
        more = caller.post("/v1/keys", json={"name": "more", "scopes": ["check"], "limit_per_hour": 51})
        assert (more.status_code, more.json()["errors"][0]["pointer"]) == (422, "/limit_per_hour")
        assert made(caller, "check")["limit_per_hour"] is None
        _, greater = limited.manage_keys.create("greater", [Scope.CHECK], "Desk", limit_per_hour=500)
        assert caller.post(f"/v1/keys/{greater.id}/rotate", json={}).status_code == 403
    finally:
        limited.store.close()
