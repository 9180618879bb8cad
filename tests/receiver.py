"""A webhook's receiver: a real HTTP server on this machine that remembers what it was sent."""

import contextlib
import json
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from waiting import until


@dataclass
class Received:
    path: str
    headers: dict
    body: str

    @property
    def event(self):
        return json.loads(self.body)

    @property
    def id(self):
        return self.headers["webhook-id"]


@dataclass
class Receiver:
    """What came, in order; `answers` are the statuses to give first, and `then` is given after them."""

    url: str = ""
    received: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    then: int = 204
    headers: dict = field(default_factory=dict)
    delay_s: float = 0

    def wait_for(self, count):
        return until(lambda: len(self.received) >= count and self.received)


@contextlib.contextmanager
def receiving(**options):
    """A receiver at 127.0.0.1 until the block ends."""
    receiver = Receiver(**options)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"])).decode()
            receiver.received.append(Received(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            time.sleep(receiver.delay_s)
            status = receiver.answers.pop(0) if receiver.answers else receiver.then
            self.send_response(status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
