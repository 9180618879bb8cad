"""Pages of named origins may call the API from a browser, and no others."""

import pytest
from builders import STAGED, client
from pydantic import ValidationError
from starlette.testclient import TestClient

from app.main import create_app
from app.settings import Settings

CMS, PLUGIN = "https://cms.example.org", "chrome-extension://abcdefghijklmnop"


@pytest.fixture
def desk(archive):
    app = create_app(archive, Settings(cors_origins=f"{CMS}, {PLUGIN}"))
    return TestClient(app, headers=client(archive).headers, raise_server_exceptions=False)


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_a_named_origin_may_send_a_version_and_read_one(desk, method):
    answer = preflight(desk, CMS, method, "authorization,if-match,content-type")
    assert answer.status_code == 200, answer.text
    made = desk.post("/v1/narratives", json={"title": "Staged"}, headers={"Origin": CMS})
    assert {"ETag", "Location"} <= {name.strip() for name in made.headers["Access-Control-Expose-Headers"].split(",")}


def preflight(caller, origin, method="POST", headers="authorization,content-type,idempotency-key"):
    asked = {"Origin": origin, "Access-Control-Request-Method": method, "Access-Control-Request-Headers": headers}
    return TestClient(caller.app).options("/v1/checks", headers=asked)


@pytest.mark.parametrize("origin", [CMS, PLUGIN])
def test_a_named_origin_may_call_and_read_what_it_needs(desk, origin):
    assert preflight(desk, origin).status_code == 200
    answer = desk.post("/v1/checks", json={"text": STAGED}, headers={"Origin": origin})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (201, origin)
    read = {name.strip() for name in answer.headers["Access-Control-Expose-Headers"].split(",")}
    assert {"X-Request-Id", "RateLimit", "RateLimit-Policy", "Retry-After", "Idempotency-Replayed"} <= read
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize(
    "origin", ["https://evil.example.org", f"{CMS}.evil.example.org", "http://cms.example.org", "null"]
)
def test_any_other_origin_may_not(desk, origin):
    assert preflight(desk, origin).status_code == 400
    answer = desk.post("/v1/checks", json={"text": STAGED}, headers={"Origin": origin})
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_without_any_named_nobody_may(archive):
    caller = client(archive)
    assert preflight(caller, CMS).status_code == 405
    assert "Access-Control-Allow-Origin" not in caller.get("/v1/me", headers={"Origin": CMS}).headers


@pytest.mark.parametrize(
    ("path", "options", "status"),
    [("/v1/me", {"headers": {"Authorization": "Bearer wrong"}}, 401), ("/nothing", {}, 404), ("/v1/checks", {}, 500)],
)
def test_a_page_can_read_why_it_was_refused(archive, desk, path, options, status):
    if status == 500:
        with archive.store.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE checks RENAME TO gone")
    answer = desk.get(path, **{**options, "headers": {**options.get("headers", {}), "Origin": CMS}})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (status, CMS)
    assert answer.headers["X-Request-Id"] == answer.json()["instance"]


@pytest.mark.parametrize(
    "bad", ["*", "cms.example.org", "https://cms.example.org/page", "https://*.example.org", "null"]
)
def test_what_is_no_origin_is_refused_at_the_start(bad):
    with pytest.raises(ValidationError, match="is no origin"):
        Settings(cors_origins=f"{CMS},{bad}")
