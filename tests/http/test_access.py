"""Keys and scopes: who reaches what."""

import pytest
from builders import STAGED, client

from app.domain.access.keys import Scope

CHECK, READ, WRITE, ADMIN, ANY = {"check"}, {"read"}, {"write"}, {"admin"}, set(Scope)
REACH = {
    ("post", "/v1/checks"): CHECK,
    ("get", "/v1/checks"): CHECK,
    ("get", "/v1/checks/{check_id}"): CHECK,
    ("post", "/v1/checks/batch"): CHECK,
    ("post", "/v1/documents"): CHECK,
    ("get", "/v1/documents/{document_id}"): CHECK,
    ("post", "/v1/bulk-checks"): CHECK,
    ("get", "/v1/bulk-checks"): CHECK,
    ("get", "/v1/bulk-checks/{bulk_check_id}"): CHECK,
    ("get", "/v1/bulk-checks/{bulk_check_id}/results"): CHECK,
    ("post", "/v1/bulk-checks/{bulk_check_id}/cancel"): CHECK,
    ("post", "/v1/statements"): WRITE,
    ("get", "/v1/statements"): READ,
    ("get", "/v1/statements/{statement_id}"): READ,
    ("get", "/v1/search"): READ,
    ("get", "/v1/statements/{statement_id}/relations"): READ,
    ("get", "/v1/statements/{statement_id}/revisions"): READ,
    ("patch", "/v1/statements/{statement_id}"): WRITE,
    ("delete", "/v1/statements/{statement_id}"): WRITE,
    ("post", "/v1/narratives"): WRITE,
    ("get", "/v1/narratives"): READ,
    ("get", "/v1/narratives/{narrative_id}"): READ,
    ("get", "/v1/narratives/{narrative_id}/timeline"): READ,
    ("patch", "/v1/narratives/{narrative_id}"): WRITE,
    ("post", "/v1/narratives/{narrative_id}/counter-examples"): {"write", "review"},
    ("get", "/v1/narratives/{narrative_id}/counter-examples"): {"read", "write", "review"},
    ("delete", "/v1/narratives/{narrative_id}/counter-examples/{counter_example_id}"): {"write", "review"},
    ("patch", "/v1/narratives/{narrative_id}/counter-examples/{counter_example_id}"): ADMIN,
    ("post", "/v1/proposals"): WRITE,
    ("get", "/v1/proposals"): READ,
    ("get", "/v1/proposals/{proposal_id}"): READ,
    ("post", "/v1/proposals/{proposal_id}/decision"): ADMIN,
    ("get", "/v1/flags"): {"read", "review"},
    ("get", "/v1/flags/{flag_id}"): {"read", "review"},
    ("post", "/v1/flags/{flag_id}/reviews"): {"review"},
    ("delete", "/v1/flags/{flag_id}/reviews/{review_id}"): {"review"},
    ("get", "/v1/flags/{flag_id}/notes"): {"read", "review"},
    ("post", "/v1/flags/{flag_id}/notes"): {"review"},
    ("put", "/v1/flags/{flag_id}/assignment"): {"review"},
    ("post", "/v1/bulk-reviews"): {"review"},
    ("delete", "/v1/bulk-reviews/{bulk_review_id}"): {"review"},
    ("get", "/v1/flag-views"): {"read", "review"},
    ("post", "/v1/flag-views"): {"review"},
    ("delete", "/v1/flag-views/{view_id}"): {"review"},
    ("get", "/v1/flag-views/{view_id}/messages"): {"read", "review"},
    ("post", "/v1/flag-views/{view_id}/messages"): {"review"},
    ("delete", "/v1/flag-views/{view_id}/messages/{message_id}"): {"review"},
    ("post", "/v1/findings"): WRITE,
    ("get", "/v1/findings"): READ,
    ("get", "/v1/findings/{finding_id}"): READ,
    ("delete", "/v1/findings/{finding_id}"): WRITE,
    ("post", "/v1/imports"): WRITE,
    ("get", "/v1/imports"): WRITE,
    ("get", "/v1/imports/{import_id}"): WRITE,
    ("get", "/v1/imports/{import_id}/rejected"): WRITE,
    ("post", "/v1/imports/{import_id}/cancel"): WRITE,
    ("get", "/v1/exports/{export_format}"): READ,
    ("get", "/v1/overview"): READ,
    ("post", "/v1/feeds"): ADMIN,
    ("get", "/v1/feeds"): ADMIN,
    ("delete", "/v1/feeds/{feed_id}"): ADMIN,
    ("post", "/v1/watched-sources"): ADMIN,
    ("get", "/v1/watched-sources"): READ,
    ("get", "/v1/watched-sources/{source_id}"): READ,
    ("patch", "/v1/watched-sources/{source_id}"): ADMIN,
    ("delete", "/v1/watched-sources/{source_id}"): ADMIN,
    ("post", "/v1/watched-sources/{source_id}/read"): ADMIN,
    ("get", "/v1/watched-sources/{source_id}/entries"): READ,
    ("delete", "/v1/imports/{import_id}/statements"): WRITE,
    ("post", "/v1/webhooks"): ADMIN,
    ("get", "/v1/webhooks"): ADMIN,
    ("get", "/v1/webhooks/{webhook_id}"): ADMIN,
    ("patch", "/v1/webhooks/{webhook_id}"): ADMIN,
    ("delete", "/v1/webhooks/{webhook_id}"): ADMIN,
    ("post", "/v1/webhooks/{webhook_id}/rotate"): ADMIN,
    ("post", "/v1/webhooks/{webhook_id}/test"): ADMIN,
    ("get", "/v1/webhooks/{webhook_id}/deliveries"): ADMIN,
    ("get", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}"): ADMIN,
    ("post", "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/resend"): ADMIN,
    ("post", "/v1/keys"): ADMIN,
    ("get", "/v1/keys"): ADMIN,
    ("get", "/v1/keys/{key_id}"): ADMIN,
    ("post", "/v1/keys/{key_id}/rotate"): ADMIN,
    ("delete", "/v1/keys/{key_id}"): ADMIN,
    ("post", "/v1/organisations"): ADMIN,
    ("get", "/v1/organisations"): ADMIN,
    ("get", "/v1/organisations/{organisation_id}"): ADMIN,
    ("patch", "/v1/organisations/{organisation_id}"): ADMIN,
    ("post", "/v1/organisations/{organisation_id}/withdrawals"): ADMIN,
    ("get", "/v1/organisations/{organisation_id}/withdrawals"): ADMIN,
    ("delete", "/v1/organisations/{organisation_id}/withdrawals/{withdrawal_id}"): ADMIN,
    ("get", "/v1/audit"): ADMIN,
    ("get", "/v1/erasures"): ADMIN,
    ("post", "/v1/erasures"): ADMIN,
    ("get", "/v1/me"): ANY,
    ("get", "/v1/status"): ANY,
}
OPEN = {("get", "/livez"), ("get", "/readyz")}


def call(caller, method, path, **options):
    body = {"json": {}} if method in ("post", "patch", "put") else {}
    return caller.request(method, path.replace("{", "").replace("}", ""), **body, **options)


def test_every_route_is_in_the_table_of_scopes(desk):
    document = desk.get("/openapi.json").json()
    routes = {(method, path) for path, operations in document["paths"].items() for method in operations}
    assert routes == set(REACH) | OPEN


@pytest.mark.parametrize("scope", list(Scope))
def test_a_key_reaches_what_its_scope_says_and_nothing_else(archive, scope):
    caller = client(archive, scope)
    for (method, path), scopes in REACH.items():
        answer = call(caller, method, path)
        if scope in scopes:
            assert answer.status_code in (200, 201, 202, 404, 422), (method, path, answer.text)
        else:
            assert answer.status_code == 403, (method, path, answer.text)
            assert answer.json()["type"] == "/problems/missing-scope"
            assert all(f"'{one}'" in answer.json()["detail"] for one in (*scopes, scope))


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic dXNlcjpwYXNz", "rfr_nothing", "Bearer a b", b"Bearer \xff"],
)
def test_without_a_good_key_nothing_is_reached(archive, header):
    caller = client(archive)
    del caller.headers["Authorization"]
    headers = {} if header is None else {"Authorization": header}
    for method, path in REACH:
        answer = call(caller, method, path, headers=headers)
        assert answer.status_code == 401, (method, path, answer.text)
        assert answer.headers["WWW-Authenticate"] == "Bearer"
        assert answer.json()["type"] == "/problems/unauthenticated"


def test_a_revoked_key_reaches_nothing_at_once(archive, desk):
    assert desk.get("/v1/me").status_code == 200
    archive.manage_keys.revoke(desk.get("/v1/me").json()["key"]["id"])
    assert desk.get("/v1/me").status_code == 401


def test_me_says_whose_key_it_is_and_what_it_reaches_and_never_the_key(archive):
    caller = client(archive, "check", "read", organisation="Newsroom")
    me = caller.get("/v1/me").json()
    assert (me["organisation"]["name"], me["scopes"]) == ("Newsroom", ["check", "read"])
    assert me["limits"]["characters_per_text"] == 5_000
    secret = caller.headers["Authorization"].removeprefix("Bearer ")
    assert secret not in str(me)
    assert secret.startswith(me["key"]["hint"])


def test_status_says_how_the_archive_stands(archive, desk, record):
    record(STAGED)
    gone = record("Withdrawn.")
    desk.delete(f"/v1/statements/{gone['id']}")
    status = desk.get("/v1/status").json()
    assert (status["ready"], status["statements"]) == (True, 1)
    assert status["index"] == {"size": 1, "checkpoint": 3, "pending": 0}
    assert status["model"]["fingerprint"] == archive.encoder.fingerprint
    assert (status["policy"]["version"], status["policy"]["flag_at"]) == (
        archive.policy.version,
        archive.policy.flag_at,
    )


def test_health_needs_no_key(desk):
    del desk.headers["Authorization"]
    with desk:
        assert desk.get("/livez").json() == {"status": "alive"}
        for _ in range(100):
            ready = desk.get("/readyz")
            if ready.status_code == 200:
                break
            assert int(ready.headers["Retry-After"]) > 0
        assert ready.json()["ready"] is True


def test_what_is_not_loaded_yet_is_alive_and_not_ready(desk):
    ready = desk.get("/readyz")  # nothing has started the loading
    assert (ready.status_code, ready.json()["ready"]) == (503, False)
    assert ready.json()["reason"]
    assert desk.get("/livez").status_code == 200
