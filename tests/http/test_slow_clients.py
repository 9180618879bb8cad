"""Clients that take their time hold nobody else up, and what takes too long is answered."""

import asyncio
import socket
import time

import httpx
import pytest
from builders import STAGED, client
from serving import serving_app

from app.main import create_app
from app.settings import Settings
from app.web.body_limit import MOST_BYTES
from app.web.concurrency import AT_ONCE, checks_at_once
from app.web.header_timeout import HeaderTimeoutProtocol
from index.processor_slots import processors

_CHECKS_AT_ONCE = checks_at_once(processors())


def calling(archive, **settings):
    """A client of the service with these settings, that may send bodies piece by piece."""
    transport = httpx.ASGITransport(create_app(archive, Settings(**settings)))
    return httpx.AsyncClient(transport=transport, base_url="http://test", headers=client(archive).headers)


def test_a_slow_body_holds_no_place(archive):
    async def scenario():
        release = asyncio.Event()
        all_wait = asyncio.Barrier(_CHECKS_AT_ONCE + 5 + 1)

        async def slow_body():
            yield b'{"text": '
            await all_wait.wait()
            await release.wait()
            yield b'"Words.", "record": false}'

        async with calling(archive, organisation_at_once=AT_ONCE) as caller:
            calls = [
                asyncio.create_task(caller.post("/v1/checks", content=slow_body())) for _ in range(_CHECKS_AT_ONCE + 5)
            ]
            async with asyncio.timeout(30):
                await all_wait.wait()
            meanwhile = await caller.post("/v1/checks", json={"text": STAGED})
            release.set()
            answers = await asyncio.gather(*calls)
        return meanwhile.status_code, [answer.status_code for answer in answers]

    meanwhile, answers = asyncio.run(scenario())
    assert meanwhile == 201
    assert set(answers) <= {201, 503}
    assert answers.count(201) >= _CHECKS_AT_ONCE


def test_a_body_that_does_not_arrive_in_time_is_a_408(archive):
    async def scenario():
        async def endless():
            while True:
                yield b" "
                await asyncio.sleep(0.01)

        async with calling(archive, body_timeout_s=0.1) as caller:
            return await caller.post("/v1/checks", content=endless())

    answer = asyncio.run(scenario())
    assert (answer.status_code, answer.json()["type"]) == (408, "/problems/slow-body")
    assert answer.headers["Connection"] == "close"
    assert answer.headers["X-Request-Id"] == answer.json()["instance"]


@pytest.mark.parametrize("pieces", [1, 7, 1_000])
def test_a_body_in_pieces_is_what_it_was(archive, pieces):
    text = "词语，" * 1_600
    body = ('{"checks": [' + ", ".join(f'{{"text": "{text}", "record": false}}' for _ in range(100)) + "]}").encode()
    assert 1024 * 1024 < len(body) < MOST_BYTES

    async def scenario():
        async def in_pieces():
            size = len(body) // pieces + 1
            for start in range(0, len(body), size):
                yield body[start : start + size]

        async with calling(archive) as caller:
            return await caller.post("/v1/checks/batch", content=in_pieces())

    answer = asyncio.run(scenario())
    assert answer.status_code == 200, answer.text
    assert {one["text"] for one in answer.json()["results"]} == {text}


def test_a_request_over_its_time_gets_an_error_and_is_completed_nevertheless(archive):
    async def scenario():
        async with calling(archive, request_timeout_s=1) as caller:
            await caller.get("/v1/me")
            with archive.store.writing():
                late = await caller.post("/v1/narratives", json={"title": "Late"})
            for _ in range(100):
                found = (await caller.get("/v1/narratives")).json().get("items")
                if found:
                    break
                await asyncio.sleep(0.05)
        return late, found

    late, found = asyncio.run(scenario())
    assert (late.status_code, late.json()["type"]) == (503, "/problems/too-slow")
    assert int(late.headers["Retry-After"]) > 0
    assert [one["title"] for one in found] == ["Late"]


@pytest.fixture
def served(archive, monkeypatch):
    """The port of a real server with little patience."""
    monkeypatch.setattr("app.web.header_timeout._HEADERS_WITHIN_S", 0.3)
    app = create_app(archive, Settings(body_timeout_s=0.3))
    with serving_app(app, http=HeaderTimeoutProtocol, log_level="critical", lifespan="off") as url:
        yield int(url.rpartition(":")[2])


@pytest.fixture
def authorised(archive):
    return f"Authorization: {client(archive).headers['Authorization']}".encode()


def heard(port, *parts):
    """What the server says to a client that sends these parts and then nothing, until it hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for part in parts:
            connection.sendall(part)
        received = b""
        while chunk := connection.recv(4_096):
            received += chunk
        return received


@pytest.mark.parametrize(
    "sent", [[], [b"GET /li"], [b"GET /livez HTTP/1.1\r\nHost: x\r\n"]], ids=["none", "line", "some"]
)
def test_a_client_that_sends_no_headers_is_hung_up_on(served, sent):
    assert heard(served, *sent) == b""


def test_a_client_that_stops_in_the_middle_of_its_body_gets_a_408(served, authorised):
    head = b"POST /v1/checks HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: 100\r\n\r\n" % authorised
    answer = heard(served, head, b'{"text"')
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in answer


def test_one_connection_serves_several_requests_with_time_between_them(served):
    with httpx.Client(base_url=f"http://127.0.0.1:{served}") as caller:
        assert caller.get("/livez").status_code == 200
        time.sleep(0.5)
        assert caller.get("/livez").status_code == 200
