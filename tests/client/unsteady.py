"""A connection to a service that fails as networks and busy services do: a real proxy on this machine."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx

DROP = "drop"
"""Ends the connection without asking the service."""
LOSE = "lose"
"""Asks the service, and ends the connection instead of passing its answer on."""


class Unsteady:
    """`plan`: what becomes of the next requests: `DROP`, `LOSE`, or a status with headers; then all are passed on."""

    def __init__(self, to):
        self.to = to
        self.url = ""
        self.plan = []
        self.passed = []
        """The method and the idempotency key of each request that came."""


@contextlib.contextmanager
def unsteady(to):
    """A proxy to the service at `to` until the block ends."""
    proxy = Unsteady(to)
    service = httpx.Client(base_url=to, timeout=60)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            proxy.passed.append((self.command, self.headers.get("idempotency-key")))
            what = proxy.plan.pop(0) if proxy.plan else None
            if isinstance(what, tuple):
                self.answer(*what, b"")
                return
            if what != DROP:
                headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
                answer = service.request(self.command, self.path, content=body, headers=headers)
            if what in (DROP, LOSE):
                self.close_connection = True
                return
            kept = {name: value for name, value in answer.headers.items() if name in ("content-type", "retry-after")}
            self.answer(answer.status_code, kept, answer.content)

        def answer(self, status, headers, content):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 204:
                self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    for method in ("GET", "POST", "PATCH", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    proxy.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        service.close()
