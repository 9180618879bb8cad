"""What every answer carries, and what happens when there are too many requests or something breaks."""

import asyncio
import json
import logging
import re
import threading

import httpx
import pytest
from builders import STAGED, client
from sqlalchemy import text

from app.main import create_app
from app.observability.logs import JsonFormatter
from app.settings import Settings
from app.web.concurrency import AT_ONCE as _AT_ONCE


@pytest.mark.parametrize(
    ("method", "path", "options", "status"),
    [
        ("get", "/v1/me", {}, 200),
        ("post", "/v1/checks", {"json": {"text": STAGED}}, 201),
        ("post", "/v1/checks", {"content": b"{"}, 400),
        ("get", "/v1/me", {"headers": {"Authorization": "Bearer wrong"}}, 401),
        ("get", "/v1/checks/nothing", {}, 404),
        ("get", "/nothing", {}, 404),
        ("put", "/v1/checks", {}, 405),
        ("post", "/v1/checks", {"content": b" " * (8 * 1024 * 1024 + 1)}, 413),
        ("post", "/v1/checks", {"json": {}}, 422),
        ("get", "/livez", {}, 200),
        ("get", "/readyz", {}, 503),
        ("get", "/docs", {}, 200),
        ("get", "/openapi.json", {}, 200),
    ],
)
def test_every_answer_carries_a_request_id_ours_or_the_callers(desk, method, path, options, status):
    answer = desk.request(method, path, **options)
    assert answer.status_code == status
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])
    headers = {**options.get("headers", {}), "X-Request-Id": "their-own.1"}
    answer = desk.request(method, path, **{**options, "headers": headers})
    assert answer.headers["X-Request-Id"] == "their-own.1"


@pytest.mark.parametrize("bad", ["", "a b", "x" * 101, 'a"}', "é"])
def test_a_request_id_that_could_spoil_the_log_is_replaced(desk, bad):
    answer = desk.get("/v1/me", headers={"X-Request-Id": bad.encode()})
    assert re.fullmatch("[0-9a-f]{32}", answer.headers["X-Request-Id"])


def test_a_request_is_one_line_in_the_log_without_its_text_and_without_the_key(desk, caplog):
    with caplog.at_level(logging.INFO, logger="refrain.request"):
        desk.post("/v1/checks", json={"text": STAGED}, headers={"X-Request-Id": "this-one"})
    form = JsonFormatter()
    [line] = [json.loads(form.format(record)) for record in caplog.records if record.name == "refrain.request"]
    assert (line["request_id"], line["method"], line["path"], line["status"]) == (
        "this-one", "POST", "/v1/checks", 201,
    )  # fmt: skip
    assert STAGED not in json.dumps(line) + caplog.text
    assert desk.headers["Authorization"].removeprefix("Bearer ") not in caplog.text


def test_what_breaks_is_a_500_that_gives_nothing_away(archive, desk, caplog):
    with archive.store.engine.begin() as connection:
        connection.execute(text("ALTER TABLE checks RENAME TO gone"))
    answer = desk.get("/v1/checks", headers={"X-Request-Id": "this-one"})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["X-Request-Id"] == answer.json()["instance"] == "this-one"
    assert answer.json()["type"] == "/problems/internal"
    assert "sqlite" not in answer.text.lower()
    assert "no such table" in caplog.text
    assert desk.get("/v1/me").status_code == 200


@pytest.fixture
def go_on(archive, monkeypatch):
    """The event that every encoding waits for."""
    event, encoder = threading.Event(), archive.encoder._encoder
    encode = encoder.encode
    monkeypatch.setattr(encoder, "encode", lambda *texts: event.wait(60) and encode(*texts))
    return event


def test_too_many_concurrent_requests_get_503_while_health_answers(archive, go_on):
    headers = client(archive).headers
    transport = httpx.ASGITransport(create_app(archive, Settings(organisation_at_once=_AT_ONCE)))

    async def scenario():
        async with httpx.AsyncClient(transport=transport, base_url="http://test", headers=headers) as caller:
            body = {"text": "Words."}
            calls = [asyncio.create_task(caller.post("/v1/statements", json=body)) for _ in range(_AT_ONCE + 3)]
            ended = asyncio.as_completed(calls)
            refused = [await next(ended) for _ in range(3)]
            more = await caller.get("/v1/me")
            alive = await caller.get("/livez")
            ready = await caller.get("/readyz")
            go_on.set()
            answers = [await one for one in ended]
            after = await caller.get("/v1/me")
        return [more, *refused], alive, ready, answers, after

    refused, alive, ready, answers, after = asyncio.run(scenario())
    for answer in refused:
        assert answer.status_code == 503
        assert answer.json()["type"] == "/problems/overloaded"
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["X-Request-Id"] == answer.json()["instance"]
    assert alive.status_code == 200
    assert "index_size" in ready.json()
    assert sorted(answer.status_code for answer in answers) == [200] * (_AT_ONCE - 1) + [201]
    assert after.status_code == 200


def test_files_of_pages_are_served_though_all_places_are_taken(archive, go_on):
    headers = client(archive).headers
    transport = httpx.ASGITransport(create_app(archive, Settings(organisation_at_once=_AT_ONCE)))

    async def scenario():
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as caller:
            body = {"text": "Words."}
            posts = [caller.post("/v1/statements", json=body, headers=headers) for _ in range(_AT_ONCE + 1)]
            calls = [asyncio.create_task(post) for post in posts]
            [refused], _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
            assert refused.result().status_code == 503
            files = await asyncio.gather(*(caller.get("/static/queue.js") for _ in range(50)))
            go_on.set()
            await asyncio.gather(*calls)
        return files

    assert {(answer.status_code, answer.headers["content-type"]) for answer in asyncio.run(scenario())} == {
        (200, "text/javascript; charset=utf-8")
    }


def test_files_are_served_though_many_readers_of_others_are_slow(archive):
    app = create_app(archive)

    async def get(path, *, read):
        """The status of an answer; without `read` nothing of its body is taken before it is cancelled."""
        got = []

        async def send(message):
            if message["type"] == "http.response.start":
                got.append(message["status"])
            elif not read:
                await asyncio.Event().wait()

        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
            "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"",
            "headers": [(b"host", b"test")], "client": ("127.0.0.1", 1), "server": ("test", 80),
        }  # fmt: skip
        await app(scope, asyncio.Event().wait, send)
        return got

    async def scenario():
        slow = [asyncio.create_task(get("/static/queue.js", read=False)) for _ in range(30)]
        await asyncio.sleep(0)
        got = await asyncio.wait_for(get("/static/desk.css", read=True), 30)
        for one in slow:
            one.cancel()
        await asyncio.gather(*slow, return_exceptions=True)
        return got

    assert asyncio.run(scenario()) == [200]


def test_too_many_checks_get_503_while_everything_else_is_answered(archive, go_on):
    ours, theirs = client(archive).headers, client(archive, organisation="Another desk").headers
    transport = httpx.ASGITransport(create_app(archive, Settings(processors=1)))

    async def scenario():
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as caller:

            def check(headers):
                return asyncio.create_task(caller.post("/v1/checks", json={"text": STAGED}, headers=headers))

            calls = [check(ours) for _ in range(4)]
            await asyncio.sleep(0.3)
            of_one = await check(ours)
            calls += [check(theirs) for _ in range(2)]
            await asyncio.sleep(0.3)
            of_all = await check(theirs)
            other = [await caller.get(path, headers=ours) for path in ("/v1/me", "/v1/checks", "/v1/statements")]
            go_on.set()
            answers = await asyncio.gather(*calls)
            after = await check(ours)
        return of_one, of_all, other, [*answers, after]

    of_one, of_all, other, answers = asyncio.run(scenario())
    assert (of_one.status_code, of_one.json()["type"]) == (429, "/problems/too-many-at-once")
    assert (of_all.status_code, of_all.json()["type"]) == (503, "/problems/overloaded")
    assert int(of_all.headers["Retry-After"]) > 0
    assert {answer.status_code for answer in other} == {200}
    assert {answer.status_code for answer in answers} == {201}
