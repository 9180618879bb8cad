"""Quotas of a key and of its organisation, and how answers say how they stand."""

import re

import pytest
from builders import STAGED, client
from starlette.testclient import TestClient

from app.main import create_app


def caller_with(archive, per_hour, organisation="Desk", scopes=("check", "read", "write", "admin", "review")):
    secret, _ = archive.manage_keys.create("Limited", scopes, organisation, limit_per_hour=per_hour)
    return TestClient(create_app(archive), headers={"Authorization": f"Bearer {secret}"})


def test_a_limit_lets_that_many_through_and_refuses_the_rest_until_the_hour_is_over(archive, clock):
    caller = caller_with(archive, 3)
    answers = [caller.get("/v1/checks") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert [answer.headers["RateLimit"] for answer in answers[:4]] == [
        f'"key";r={left};t=3600' for left in (2, 1, 0, 0)
    ]
    assert {answer.headers["RateLimit-Policy"] for answer in answers} == {'"key";q=3;w=3600'}
    clock.advance(minutes=59)
    refused = caller.get("/v1/checks")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert refused.headers["content-type"] == "application/problem+json"
    assert (refused.json()["type"], refused.json()["violated-policies"]) == ("/problems/over-limit", ["key"])
    clock.advance(minutes=1)
    assert caller.get("/v1/checks").headers["RateLimit"] == '"key";r=2;t=3600'


def test_a_batch_counts_as_many_checks_as_it_has_and_takes_nothing_where_it_is_refused(archive):
    caller = caller_with(archive, 5)
    batch = {"checks": [{"text": STAGED}] * 3}
    assert caller.post("/v1/checks/batch", json=batch).headers["RateLimit"] == '"key";r=2;t=3600'
    refused = caller.post("/v1/checks/batch", json=batch)
    assert (refused.status_code, refused.headers["RateLimit"]) == (429, '"key";r=2;t=3600')
    assert caller.post("/v1/checks", json={"text": STAGED}).headers["RateLimit"] == '"key";r=1;t=3600'
    assert len(caller.get("/v1/checks").json()["items"]) == 4


def test_a_batch_over_the_quota_is_refused_with_the_largest_size(archive):
    refused = caller_with(archive, 5).post("/v1/checks/batch", json={"checks": [{"text": STAGED}] * 6})
    assert refused.status_code == 429
    assert "send at most 5 at once" in refused.json()["detail"]


def test_an_organisations_limit_holds_for_all_its_keys_and_what_it_refuses_costs_the_key_nothing(archive):
    archive.manage_organisations.create("Paper", limit_per_hour=3)
    one, two = caller_with(archive, 10, "Paper"), caller_with(archive, 10, "Paper")
    answers = [caller.get("/v1/checks") for caller in (one, two, one, two)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[2].headers["RateLimit"] == '"organisation";r=0;t=3600, "key";r=8;t=3600'
    assert answers[2].headers["RateLimit-Policy"] == '"organisation";q=3;w=3600, "key";q=10;w=3600'
    assert answers[3].headers["RateLimit"] == '"organisation";r=0;t=3600, "key";r=9;t=3600'
    assert answers[3].json()["violated-policies"] == ["organisation"]
    assert client(archive, organisation="Another").get("/v1/checks").status_code == 200


def test_without_a_limit_nothing_is_said_of_one(desk):
    answer = desk.get("/v1/checks")
    assert not [name for name in answer.headers if name.startswith("ratelimit")]
    assert desk.get("/v1/me").json()["limits"]["key_per_hour"] is None


def test_asking_for_ones_limits_counts_for_none(archive):
    caller = caller_with(archive, 1)
    for _ in range(3):
        limits = caller.get("/v1/me").json()["limits"]
        assert (limits["key_per_hour"], limits["organisation_per_hour"]) == (1, None)
    assert caller.get("/v1/checks").status_code == 200


def test_what_was_refused_for_its_body_has_counted_and_a_missing_scope_has_not(archive):
    caller = caller_with(archive, 5, scopes=("check",))
    assert caller.get("/v1/statements").status_code == 403
    assert caller.post("/v1/checks", json={}).headers["RateLimit"] == '"key";r=4;t=3600'


def test_a_retry_counts_for_nothing(archive):
    caller = caller_with(archive, 2)
    for _ in range(3):
        answer = caller.post("/v1/checks", json={"text": STAGED}, headers={"Idempotency-Key": "one"})
        assert answer.status_code == 201
    assert caller.get("/v1/checks").headers["RateLimit"] == '"key";r=0;t=3600'


def test_what_is_over_the_limit_may_be_sent_again_under_its_idempotency_key(archive, clock):
    caller = caller_with(archive, 1)
    caller.get("/v1/checks")
    headers = {"Idempotency-Key": "one"}
    assert caller.post("/v1/checks", json={"text": STAGED}, headers=headers).status_code == 429
    clock.advance(hours=1)
    assert caller.post("/v1/checks", json={"text": STAGED}, headers=headers).status_code == 201


@pytest.mark.parametrize("path", ["/v1/checks", "/v1/statements", "/v1/keys"])
def test_both_fields_are_structured_lists(archive, path):
    """RFC 9651: strings in quotes, then parameters of whole numbers."""
    answer = caller_with(archive, 100).get(path)
    item = r'"[a-z]+"(;[a-z]+=[0-9]+)+'
    for name in ("RateLimit", "RateLimit-Policy"):
        assert re.fullmatch(f"{item}(, {item})*", answer.headers[name])
