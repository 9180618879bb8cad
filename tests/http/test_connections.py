"""A process with many connections: idle ones make room, and the head of a request is bounded. Against a real server."""

import contextlib
import logging
import resource
import socket

import httpx
import pytest
from builders import client
from serving import serving_app

from app.main import create_app
from app.web.connections import BoundedProtocol, bounded_protocol, connections_for

MOST = 20


@pytest.fixture
def port(archive, monkeypatch):
    monkeypatch.setattr(BoundedProtocol, "_said_at", float("-inf"))
    with serving_app(
        create_app(archive), http=bounded_protocol(MOST), log_level="critical", lifespan="off", timeout_keep_alive=60
    ) as url:
        yield int(url.rpartition(":")[2])


@pytest.fixture
def headers(archive):
    return client(archive).headers


def opened(port):
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def until_hung_up(connection):
    received = b""
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(65_536):
            received += chunk
    return received


@pytest.mark.parametrize(
    "said", [b"", b"GET /livez HTTP/1.1\r\nHost: x\r\n", b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"]
)
def test_idle_connections_make_room_the_longest_idle_first_and_it_is_logged(port, headers, caplog, said):
    with contextlib.ExitStack() as closing, caplog.at_level(logging.WARNING, logger="refrain.connections"):
        idle = [closing.enter_context(opened(port)) for _ in range(MOST)]
        for connection in idle:
            connection.sendall(said)
            if said.endswith(b"\r\n\r\n"):
                assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
        for _ in range(3):
            answer = httpx.get(f"http://127.0.0.1:{port}/v1/me", headers=headers)
            assert answer.status_code == 200
        assert until_hung_up(idle[0]) == b""
        idle[-1].settimeout(0.2)
        with pytest.raises(TimeoutError):
            idle[-1].recv(1)
    said_so = [record for record in caplog.records if record.name == "refrain.connections"]
    assert len(said_so) == 1
    assert str(MOST) in said_so[0].getMessage()


def test_where_all_are_busy_a_new_one_is_refused(port, headers):
    authorised = f"Authorization: {headers['Authorization']}".encode()
    head = b"POST /v1/checks HTTP/1.1\r\nHost: x\r\n%s\r\nContent-Length: 100\r\n\r\n{" % authorised
    with contextlib.ExitStack() as closing:
        busy = [closing.enter_context(opened(port)) for _ in range(MOST)]
        for connection in busy:
            connection.sendall(head)
        for _ in range(100):  # until the server has read all heads, some seem idle
            answer = httpx.get(f"http://127.0.0.1:{port}/livez")
            if answer.status_code != 200:
                break
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/overloaded")
        assert int(answer.headers["Retry-After"]) > 0
        for connection in busy:
            connection.close()
    for _ in range(100):
        if httpx.get(f"http://127.0.0.1:{port}/livez").status_code == 200:
            break
    else:
        pytest.fail("the connections that were closed still count")


@pytest.mark.parametrize(
    "head",
    [
        b"GET /livez HTTP/1.1\r\nHost: x\r\n" + b"".join(b"X-%d: y\r\n" % number for number in range(10_000)),
        b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 2_000_000,
        b"GET /livez HTTP/1.1\r\nHost: x\r\n" + b"y" * 2_000_000,
        b"GET /" + b"y" * 2_000_000,
        b"GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: " + b"y" * 33_000 + b"\r\n\r\n",
        b"GET /livez HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 101 + b"\r\n",
    ],
    ids=["many", "long value", "long name", "long address", "complete and large", "complete and many"],
)
def test_a_head_that_does_not_end_or_is_too_large_is_refused(port, head):
    with opened(port) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(head)
        received = until_hung_up(connection)
    assert received == b"" or received.startswith((b"HTTP/1.1 431 ", b"HTTP/1.1 400 "))
    assert b" 200 " not in received
    assert httpx.get(f"http://127.0.0.1:{port}/livez").status_code == 200


def test_a_head_that_is_too_large_is_answered_with_a_problem(port):
    answer = httpx.get(f"http://127.0.0.1:{port}/livez", headers={"X-Long": "y" * 33_000})
    assert (answer.status_code, answer.json()["type"]) == (431, "/problems/too-large-head")
    assert httpx.get(f"http://127.0.0.1:{port}/livez", headers={"X-Long": "y" * 20_000}).status_code == 200


def test_a_body_after_its_head_does_not_count_for_the_head(port, headers):
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers) as caller:
        for _ in range(3):
            assert caller.post("/v1/checks", content=b" " * 2_000_000 + b"{}").status_code == 422


def test_endless_trailers_are_hung_up_on(port, headers):
    authorised = f"Authorization: {headers['Authorization']}".encode()
    head = (
        b"POST /v1/checks HTTP/1.1\r\nHost: x\r\n%s\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n0\r\n" % authorised
    )
    with opened(port) as connection:
        with contextlib.suppress(ConnectionError):
            connection.sendall(head + b"1\r\n{\r\n0\r\n" + b"A: b\r\n" * 10_000)
        assert b" 201 " not in until_hung_up(connection)
    assert httpx.get(f"http://127.0.0.1:{port}/livez").status_code == 200


def test_the_limit_of_descriptors_is_raised_and_stays_well_above_the_connections():
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowered = min(256, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowered, hard))
    try:
        most = connections_for(0)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == hard
        assert 2 * most < hard or most == 2_000
        assert connections_for(7) == 7
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
