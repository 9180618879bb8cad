"""A translation provider: a real HTTP server on this machine, which can misbehave in one way at a time."""

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECRET = "of the translation provider"


@dataclass
class Provider:
    """What it answers, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes | None = None
    delay_s: float = 0
    asked: list = field(default_factory=list)
    authorizations: list = field(default_factory=list)


@contextlib.contextmanager
def translating():
    """The provider until the block ends: it answers with the text turned around, and the target's code before it."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            provider.asked.append(asked)
            provider.authorizations.append(self.headers.get("Authorization"))
            time.sleep(provider.delay_s)
            answer = {"text": f"[{asked['target']}] {asked['text'][::-1]}", "provider": "Turned Around"}
            body = json.dumps(answer).encode() if provider.body is None else provider.body
            with contextlib.suppress(OSError):
                self.send_response(provider.status)
                self.send_header("Location", "/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.url = f"http://127.0.0.1:{server.server_port}/translate"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
