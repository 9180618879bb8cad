"""The health check of the image asks where the service listens, and says why it is not well."""

import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from serving import free_port

from app.cli.health_check import address


@pytest.fixture
def answering():
    """A service that answers with a status: its port."""
    servers = []

    def serve(status):
        class Answer(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(status if self.path == "/readyz" else 404)
                self.end_headers()
                self.wfile.write(b'{"reason": "statements are being embedded"}')

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Answer)
        threading.Thread(target=server.serve_forever).start()
        servers.append(server)
        return server.server_port

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def check(port):
    environment = {
        **os.environ,
        "REFRAIN_HOST": "0.0.0.0",
        "REFRAIN_PORT": str(port),
        "http_proxy": "http://127.0.0.1:1",
    }
    command = [sys.executable, "-m", "app.cli.health_check"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_a_service_that_is_ready_is_well(answering):
    assert check(answering(200)).returncode == 0


def test_one_that_is_not_ready_is_not_and_its_reason_is_said(answering):
    ran = check(answering(503))
    assert ran.returncode == 1
    assert "statements are being embedded" in ran.stderr


def test_one_that_does_not_answer_is_not():
    port = free_port()
    ran = check(port)
    assert ran.returncode == 1
    assert f"http://127.0.0.1:{port}/readyz does not answer" in ran.stderr


@pytest.mark.parametrize(
    ("host", "asked"),
    [("0.0.0.0", "127.0.0.1"), ("::", "[::1]"), ("10.0.0.7", "10.0.0.7"), ("::1", "[::1]"), ("box", "box")],
)
def test_every_address_that_can_be_listened_at_has_one_to_ask(host, asked):
    assert address({"REFRAIN_HOST": host, "REFRAIN_PORT": "8001"}) == f"http://{asked}:8001/readyz"
    assert address({}) == "http://127.0.0.1:8000/readyz"
