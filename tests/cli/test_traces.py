"""Traces of a real service, received over HTTP and decoded; and nothing of OpenTelemetry without the setting."""

import gzip
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from serving import COMMAND, free_port, wait_until_ready
from waiting import until

PLANTED = "periwinkle"
TEXT = f"The {PLANTED} dam was opened by the ministry."
TRACE, PARENT = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


@pytest.fixture
def collector():
    """An address that takes spans, the bodies that it was sent, and the spans in them."""
    bodies = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            body = gzip.decompress(body) if self.headers.get("content-encoding") == "gzip" else body
            bodies.append((self.path, body))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()

    def spans():
        requests = [ExportTraceServiceRequest.FromString(body) for _, body in bodies]
        return [
            span
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    yield f"http://127.0.0.1:{server.server_port}", bodies, spans
    server.shutdown()
    thread.join()
    server.server_close()


def attributes(span):
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def test_a_request_continues_its_callers_trace_with_a_span_for_each_stage_and_no_text(
    environment, refrain, collector, tmp_path
):
    endpoint, bodies, spans = collector
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(port)], env={**environment, "REFRAIN_OTLP_ENDPOINT": endpoint},
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_until_ready(address, process, 180)
        made = refrain("keys", "create", "Desk", "--scope", "check")
        headers = {
            "Authorization": f"Bearer {made.out.splitlines()[-1]}",
            "traceparent": f"00-{TRACE}-{PARENT}-01",
        }
        assert httpx.post(f"{address}/v1/checks", json={"text": TEXT}, headers=headers).status_code == 201
        assert httpx.get(f"{address}/v1/checks/{PLANTED}", headers=headers).status_code in (403, 404)
        process.terminate()
        process.wait(30)  # what is left is sent before it ends
        found = until(lambda: [span for span in spans() if span.trace_id.hex() == TRACE])
    finally:
        process.kill()
        process.wait(10)
    by_name = {span.name: span for span in found}
    checked = by_name["POST /v1/checks"]
    assert checked.parent_span_id.hex() == PARENT
    assert attributes(checked) == {
        "http.request.method": "POST", "http.route": "/v1/checks", "http.response.status_code": 201,
    }  # fmt: skip
    assert {"check encode", "check sync", "check search", "check store", "encoder"} <= set(by_name)
    assert by_name["check encode"].parent_span_id == checked.span_id
    assert by_name["encoder"].parent_span_id == by_name["check encode"].span_id
    refused = attributes(by_name["GET /v1/checks/{check_id}"])
    assert refused["error.type"] in ("missing-scope", "not-found")
    assert {path for path, _ in bodies} == {"/v1/traces"}
    assert not any(PLANTED.encode() in body for _, body in bodies)
    assert PLANTED not in (tmp_path / "log").read_text().replace(f"/v1/checks/{PLANTED}", "")


def test_without_the_setting_nothing_of_it_is_imported(environment):
    program = (
        "import sys, app.cli.commands, app.main; from app.observability.tracing import start_tracing; "
        "assert start_tracing('') is None; "
        "sys.exit(any(name.startswith('opentelemetry.sdk') or '.otlp' in name for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0


def test_without_its_packages_the_setting_is_refused_in_a_line(environment, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import sys; sys.modules['opentelemetry.sdk'] = None\n")
    path = os.pathsep.join(filter(None, [str(tmp_path), os.environ.get("PYTHONPATH")]))
    env = {**environment, "REFRAIN_OTLP_ENDPOINT": "http://127.0.0.1:4318", "PYTHONPATH": path}
    ran = subprocess.run([COMMAND, "serve", "--port", "0"], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    assert "pip install opentelemetry-sdk" in line
