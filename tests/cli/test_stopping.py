"""A service that is told to stop lets proxies turn away, answers what it has in hand, and then ends."""

import json
import signal
import socket
import subprocess

import httpx
import pytest
from builders import STAGED
from serving import COMMAND, free_port, wait_until_ready
from waiting import until

DRAIN_S = 120
"""Longer than this takes on a slow machine; a second signal ends it."""


@pytest.fixture
def draining(environment, tmp_path):
    """A service that is ready: its process, its port and a key for it."""
    command = [COMMAND, "keys", "create", "Plugin", "--scope", "check"]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=True)
    port = free_port()
    given = {**environment, "REFRAIN_DRAIN_S": str(DRAIN_S), "REFRAIN_PORT": str(port)}
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([COMMAND, "serve"], env=given, stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process, 240)
        yield process, port, made.stdout.splitlines()[-1]
    finally:
        process.kill()
        process.wait(10)


def test_a_stopping_service_answers_says_so_and_ends_after_what_it_has_in_hand(draining):
    process, port, secret = draining
    headers = {"Authorization": f"Bearer {secret}"}
    body = json.dumps({"text": STAGED, "said_at": "2021-05-23"}).encode()
    begun = (
        f"POST /v1/checks HTTP/1.1\r\nhost: refrain\r\nauthorization: Bearer {secret}\r\n"
        f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port)) as slow, httpx.Client(timeout=180) as kept:
        assert kept.get(f"http://127.0.0.1:{port}/readyz").headers.get("connection") != "close"
        slow.sendall(begun.encode() + body[:10])
        process.send_signal(signal.SIGTERM)

        def turned_away():
            answer = kept.get(f"http://127.0.0.1:{port}/readyz")
            return answer if answer.status_code == 503 else None

        stopping = until(turned_away)
        assert stopping.json()["reason"] == "the service is stopping"
        assert stopping.headers["connection"] == "close"
        answer = kept.post(f"http://127.0.0.1:{port}/v1/checks", content=body, headers=headers)
        assert (answer.status_code, answer.headers["connection"]) == (201, "close")

        def refused():
            try:
                socket.create_connection(("127.0.0.1", port)).close()
            except ConnectionRefusedError:
                return True
            return False

        assert not refused()
        process.send_signal(signal.SIGTERM)
        until(refused, most_s=60)
        slow.sendall(body[10:])
        head = slow.makefile("rb").read()
        assert head.startswith(b"HTTP/1.1 201")
        assert b"connection: close" in head.lower()
    assert process.wait(60) in (0, -signal.SIGTERM)
