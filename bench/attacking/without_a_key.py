"""Attacks by anybody who reaches the port."""

import contextlib
import socket
import threading
import time

from bench.attacking.target import Outcome, Target, problem, raw, spread, status, timing

_BIG = 8 * 1024 * 1024


def nested_brackets(target: Target) -> Outcome:
    """8 MB of `[` to a route of the API, while /livez is timed."""
    return _body_without_key(target, b"[" * (_BIG - 1_024))


def lone_surrogates(target: Target) -> Outcome:
    """8 MB of lone surrogates: how large is the answer?"""
    return _body_without_key(target, b'{"text": "' + b"\\ud800" * (1_390_000) + b'"}')


def nested_brackets_with_key(target: Target) -> Outcome:
    """The same two bodies, with a key."""
    answers, held = [], True
    with target.client(timeout=120) as client:
        for name, body in (
            ("nested", b"[" * (_BIG - 1_024)),
            ("surrogates", b'{"text": "' + b"\\ud800" * 1_390_000 + b'"}'),
            ("200,000 fields", b"{" + b",".join(b'"f%d":1' % number for number in range(200_000)) + b"}"),
            ("100,000 empty checks", b'{"checks": [' + b",".join([b"{}"] * 100_000) + b"]}"),
        ):
            path = "/v1/checks/batch" if b"checks" in body[:20] else "/v1/checks"
            with timing(target) as livez:
                answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
            most = max(livez)
            answers.append(f"{name}: {problem(answer)}, {len(answer.content):,} B, /livez {most:.2f} s")
            held = held and answer.status_code in (400, 413, 422) and len(answer.content) < 65_536 and most < 2
    return Outcome(held, "; ".join(answers))


def _body_without_key(target: Target, body: bytes) -> Outcome:
    head = b"POST /v1/checks HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(
        body
    )
    with timing(target) as livez:
        began = time.monotonic()
        answer = raw(target, head + body)
        took = time.monotonic() - began
    held = status(answer) in (0, 401) and len(answer) < 65_536 and max(livez) < 2
    return Outcome(
        held, f"{status(answer)} after {took:.2f} s, {len(answer):,} bytes, /livez at most {max(livez):.2f} s"
    )


def uploads(target: Target) -> Outcome:
    """Eight uploads of 64 MB that never end: what do they take on disk?"""
    head = (
        b"POST /v1/imports HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\n"
        b"Content-Length: 67000000\r\n\r\n"
    )
    statuses, most = [], 0.0
    connections = [socket.create_connection(("127.0.0.1", target.port), timeout=10) for _ in range(8)]
    try:
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.sendall(head)
                for _ in range(60):
                    connection.sendall(b"x" * 2**20)
            most = max(most, target.spooled_mib)
            connection.settimeout(3)
            with contextlib.suppress(OSError):
                statuses.append(status(connection.recv(65_536)))
    finally:
        for connection in connections:
            connection.close()
    return Outcome(most < 1 and set(statuses) <= {401}, f"{most:.1f} MiB on disk, answered {statuses}")


def idle_connections(target: Target) -> Outcome:
    """Idle connections up to what this process may open; then an ordinary request with a key."""
    connections: list[socket.socket] = []
    try:
        for _ in range(2_600):
            try:
                connections.append(socket.create_connection(("127.0.0.1", target.port), timeout=5))
            except OSError:
                break
        with target.client(timeout=20) as client:
            began = time.monotonic()
            answer = client.get("/v1/me")
            took = time.monotonic() - began
    finally:
        for connection in connections:
            connection.close()
    logged = "connections are open" in target.written
    return Outcome(
        answer.status_code == 200 and took < 5,
        f"{len(connections)} idle, then {answer.status_code} in {took:.2f} s; {'logged' if logged else 'not logged'}",
    )


def endless_headers(target: Target) -> Outcome:
    """Headers without an end, up to 200 MB."""
    before = target.resident_mib
    sent, line = 0, b"X-%08d: " + b"a" * 1_000 + b"\r\n"
    answer = b""
    with socket.create_connection(("127.0.0.1", target.port), timeout=10) as connection:
        connection.sendall(b"GET /livez HTTP/1.1\r\nHost: x\r\n")
        with contextlib.suppress(OSError):
            for number in range(200_000):
                connection.sendall(line % number)
                sent += len(line) + 4
        with contextlib.suppress(OSError):
            answer = connection.recv(65_536)
    more = target.resident_mib - before
    return Outcome(
        sent < 20_000_000 and more < 50, f"cut after {sent:,} bytes, {status(answer)}, memory {more:+.0f} MiB"
    )


def slow_headers(target: Target) -> Outcome:
    """Two hundred clients that send a header's byte a second; then an ordinary request."""
    connections = [socket.create_connection(("127.0.0.1", target.port), timeout=5) for _ in range(200)]
    over = threading.Event()

    def drip() -> None:
        for connection in connections:
            with contextlib.suppress(OSError):
                connection.sendall(b"GET /livez HTTP/1.1\r\nX: ")
        while not over.wait(1):
            for connection in connections:
                with contextlib.suppress(OSError):
                    connection.sendall(b"a")

    dripping = threading.Thread(target=drip)
    dripping.start()
    took = []
    try:
        with target.client(timeout=20) as client:
            for _ in range(5):
                began = time.monotonic()
                client.get("/v1/me").raise_for_status()
                took.append(time.monotonic() - began)
                time.sleep(0.5)
    finally:
        over.set()
        dripping.join()
        for connection in connections:
            connection.close()
    return Outcome(max(took) < 2, f"requests took {spread(took)}")


def bad_body(target: Target) -> Outcome:
    """A body that is no JSON, to every route that takes one, without a key and with a wrong one."""
    routes_by_code = {}
    with target.client("") as client:
        paths = client.get("/openapi.json").json()["paths"]
        for path, methods in paths.items():
            for method in methods:
                if path.startswith("/v1") and method in ("post", "put", "patch", "delete"):
                    for headers in ({}, {"Authorization": "Bearer rfr_wrong"}):
                        answer = client.request(
                            method, path.replace("{", "").replace("}", ""), content=b"{nonsense", headers=headers
                        )
                        routes_by_code.setdefault(answer.status_code, []).append(f"{method} {path}")
    counts = {code: len(routes) for code, routes in routes_by_code.items()}
    return Outcome(set(routes_by_code) == {401}, f"{counts}")


def forged_cookies(target: Target) -> Outcome:
    """Sessions and other cookies with bytes that nobody issued, on pages and forms."""
    values = [
        b"x", b"\xff\xfe", b"%00", b"\xed\xa0\x80", b"a" * 4_000, b'"', b"=;=;", b"\xc3\x28", b"..", b"{}", b"1.2.3",
        b"eyJhIjoxfQ.ZZZ.aaa", b"\x7f",
    ]  # fmt: skip
    statuses: dict[int, int] = {}
    names = (b"refrain_session", b"__Host-refrain_session", b"refrain_notice", b"refrain_sign_in", b"session")  # fmt: skip
    for name in names:
        for value in values:
            for path in (
                b"/",
                b"/flags",
                b"/sign-in",
                b"/sign-in/code",
                b"/sign-in/callback?code=1&state=2",
                b"/account",
            ):
                answer = raw(
                    target,
                    b"GET " + path + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + name + b"=" + value
                    + b"\r\nConnection: close\r\n\r\n",
                )  # fmt: skip
                statuses[status(answer)] = statuses.get(status(answer), 0) + 1
    return Outcome(all(code < 500 for code in statuses), f"{statuses}")


def framing(target: Target) -> Outcome:
    """Pages that another site may put into a frame."""
    framed = []
    with target.client("") as client:
        for path in ("/docs", "/redoc", "/openapi.json", "/", "/sign-in", "/flags", "/nowhere"):
            answer = client.get(path)
            policy = answer.headers.get("Content-Security-Policy", "")
            if "frame-ancestors" not in policy and "X-Frame-Options" not in answer.headers:
                framed.append(f"{path} ({answer.status_code})")
        outside = [part for part in client.get("/docs").text.split('"') if part.startswith(("http://", "https://"))]
    outside = [part for part in outside if target.url not in part]
    return Outcome(
        not framed and not outside, f"can be framed: {framed or 'none'}; addresses outside: {outside or 'none'}"
    )


def cors(target: Target) -> Outcome:
    """Preflights for what a page of an allowed origin needs, and for a foreign origin."""
    missing = []
    with target.client("") as client:
        for method, path, header in (
            ("PUT", "/v1/flags/x/assignment", "content-type"),
            ("POST", "/v1/flags/x/reviews", "if-match"),
            ("PATCH", "/v1/statements/x", "if-match"),
            ("DELETE", "/v1/statements/x", "idempotency-key"),
            ("POST", "/v1/checks", "x-request-id"),
        ):
            answer = client.options(path, headers={
                "Origin": "https://cms.example.org", "Access-Control-Request-Method": method,
                "Access-Control-Request-Headers": f"authorization,{header}"})  # fmt: skip
            allowed = answer.headers.get("Access-Control-Allow-Headers", "").lower()
            if answer.status_code >= 300 or header not in allowed.replace(" ", "").split(","):
                missing.append(f"{method} {header}")
        answer = client.options("/v1/checks", headers={
            "Origin": "https://evil.example", "Access-Control-Request-Method": "POST"})  # fmt: skip
        foreign = "Access-Control-Allow-Origin" in answer.headers
        answer = client.get("/v1/me", headers={
            "Origin": "https://cms.example.org", "Authorization": f"Bearer {target.secrets['Desk A']}"})  # fmt: skip
        exposed = answer.headers.get("Access-Control-Expose-Headers", "").lower()
        hidden = [name for name in ("etag", "location", "x-request-id", "retry-after") if name not in exposed]
    return Outcome(
        not (missing or hidden or foreign),
        f"blocked: {missing or 'none'}, hidden: {hidden or 'none'}, foreign origin allowed: {foreign}",
    )


ROWS = (
    nested_brackets, lone_surrogates, nested_brackets_with_key, uploads, idle_connections, endless_headers, slow_headers,
    bad_body, forged_cookies, framing, cors,
)  # fmt: skip
