"""A publisher of feeds: a real HTTP server on this machine that answers as set, and keeps what it was asked."""

import contextlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Publisher:
    """`answers`: by path a `(status, headers, body)`, or what is called with the handler to answer itself."""

    url: str = ""
    answers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def paths(self):
        """The paths that were asked for, without robots.txt."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def headers_of(self, path):
        """The headers of the requests for a path."""
        return [headers for asked, headers in self.asked if asked == path]


@contextlib.contextmanager
def publishing(**answers):
    """A publisher at 127.0.0.1 until the block ends."""
    publisher = Publisher(answers={f"/{name}": answer for name, answer in answers.items()})

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            publisher.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            answer = publisher.answers.get(self.path, (404, {}, b""))
            if callable(answer):
                with contextlib.suppress(OSError):
                    answer(self)
                return
            status, headers, body = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    publisher.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield publisher
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def rss(*entries, title="News"):
    """An RSS feed of entries, each a `(guid, title, text)` or with a link as well."""
    items = "".join(
        f"<item><guid isPermaLink='false'>{guid}</guid><title>{name}</title><description>{text}</description>"
        + "".join(f"<link>{link}</link>" for link in links)
        + "<pubDate>Sun, 23 May 2021 08:00:00 +0000</pubDate></item>"
        for guid, name, text, *links in entries
    )
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode()
