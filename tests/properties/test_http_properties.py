"""Whatever is sent, the answer is never that something broke here."""

import json

import pytest
from builders import client, services
from hypothesis import given, settings
from hypothesis import strategies as st

STRINGS = st.text(st.characters(), max_size=20) | st.sampled_from(
    ["2021-05-23", "en", "any", "https://example.org", ""]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=8,
)
CHECK_FIELDS = st.sampled_from(
    ["text", "language", "said_at", "speaker", "source", "known_at", "earlier_only", "limit", "minimum_tier", "record"]
)
STATEMENT_FIELDS = st.sampled_from(
    ["text", "title", "language", "speaker", "said_at", "learned_at", "source", "narratives", "external_id", "findings"]
)


def bodies(fields):
    return JSON | st.dictionaries(fields, JSON, max_size=4).map(lambda body: {"text": "Words.", **body})


@pytest.fixture(scope="module")
def caller(tmp_path_factory):
    built = services(tmp_path_factory.mktemp("properties"))
    yield client(built)
    built.store.close()


def answered(answer):
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    return answer


@given(body=bodies(CHECK_FIELDS))
def test_any_json_as_a_check_is_answered_or_refused(caller, body):
    answered(caller.post("/v1/checks", content=json.dumps(body)))


@settings(max_examples=50)
@given(checks=st.lists(bodies(CHECK_FIELDS), max_size=4))
def test_any_json_in_a_batch_is_answered_or_refused(caller, checks):
    headers = {"Idempotency-Key": f"key-{json.dumps(checks)[:50].encode().hex()}"}
    answer = answered(caller.post("/v1/checks/batch", content=json.dumps({"checks": checks}), headers=headers))
    if answer.status_code == 200:
        assert len(answer.json()["results"]) == len(checks)


@given(body=bodies(STATEMENT_FIELDS))
def test_any_json_as_a_statement_is_taken_or_refused(caller, body):
    answer = answered(caller.post("/v1/statements", content=json.dumps(body)))
    if answer.status_code in (200, 201):
        assert caller.get(f"/v1/statements/{answer.json()['id']}").json() == answer.json()


@settings(max_examples=50)
@given(
    body=st.dictionaries(st.sampled_from(["name", "scopes", "expires_at", "limit_per_hour", "overlap_hours"]), JSON),
    path=st.sampled_from(["/v1/keys", "/v1/organisations", "/v1/keys/nothing/rotate"]),
)
def test_any_json_as_a_key_or_an_organisation_is_taken_or_refused(caller, body, path):
    answered(caller.post(path, content=json.dumps({"name": "Words", "scopes": ["check"], **body})))


@given(raw=st.binary(max_size=100))
def test_any_bytes_as_a_body_are_answered_or_refused(caller, raw):
    for path in ("/v1/checks", "/v1/statements", "/v1/narratives"):
        assert answered(caller.post(path, content=raw)).status_code in (400, 422)


@settings(max_examples=50)
@given(params=st.dictionaries(
    st.sampled_from(["q", "speaker", "language", "narrative", "source", "said_from", "said_to", "limit", "cursor"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20) | st.sampled_from(["2021", "9999", "0001-01", "5"]),
    max_size=3,
))  # fmt: skip
def test_any_parameters_of_a_list_are_answered_or_refused(caller, params):
    answered(caller.get("/v1/statements", params=params))
