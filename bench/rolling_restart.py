"""Restarts two services behind a proxy, one after the other, under load, and counts the requests that fail.

`python bench/rolling_restart.py [--restarts 4] [--clients 4] [--drain 2]`. The proxy takes a process out when its `/readyz`
stops saying 200 (asked every half second), and back in when it does again; it never repeats a request. One SQLite
archive is under both. Prints a line of JSON; ends with 1 where a request failed.
"""

import asyncio
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

COMMAND = Path(sys.executable).with_name("refrain")
ASK_EVERY_S = 0.5
TEXTS = ("Militants are about to stage a chemical attack in Idlib.", "The grain deal is dead, the minister said.")


class Backend:
    """A process of `refrain serve`, and whether the proxy sends requests to it."""

    def __init__(self, port, environment, log):
        self.port, self.environment, self.log = port, environment, log
        self.ready = False
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--port", str(self.port)], env=self.environment, stdout=self.log, stderr=self.log
        )

    async def stop(self):
        self.process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(self.process.wait, 180)

    async def follow(self):
        """Asks whether it is ready, for ever."""
        while True:
            try:
                async with asyncio.timeout(10):
                    status, _ = await exchange(
                        self.port, b"GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"
                    )
                self.ready = status == 200
            except (OSError, ValueError, TimeoutError, asyncio.IncompleteReadError):
                self.ready = False
            await asyncio.sleep(ASK_EVERY_S)

    async def until_ready(self):
        while not self.ready:
            if self.process.poll() is not None:
                raise SystemExit("a service ended by itself: see its log")
            await asyncio.sleep(0.1)


async def read_answer(reader):
    """The status, and head and body as they came. Raises `IncompleteReadError` where the answer is not whole."""
    head = await reader.readuntil(b"\r\n\r\n")
    headers = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if b": " in line)
    return int(head.split(b" ", 2)[1]), head + await reader.readexactly(int(headers.get(b"content-length", 0))), headers


async def exchange(port, request):
    """Status and bytes of the answer to one request on a connection of its own."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        writer.write(request)
        status, answer, _ = await read_answer(reader)
        return status, answer
    finally:
        writer.close()


class Proxy:
    """Proxy that keeps connections to its backends open, takes turns, and repeats nothing."""

    def __init__(self, backends):
        self.backends = backends
        self.turn = 0
        self.kept = {backend: [] for backend in backends}

    async def pass_on(self, request):
        """The status of the answer; 502 where the backend closed without one."""
        ready = [backend for backend in self.backends if backend.ready]
        if not ready:
            return 503
        self.turn += 1
        backend = ready[self.turn % len(ready)]
        try:
            while self.kept[backend]:
                reader, writer = self.kept[backend].pop()
                if not (reader.at_eof() or writer.is_closing()):
                    break
            else:
                reader, writer = await asyncio.open_connection("127.0.0.1", backend.port)
            writer.write(request)
            status, _, headers = await read_answer(reader)
        except (OSError, asyncio.IncompleteReadError):
            return 502
        if headers.get(b"connection") == b"close":
            writer.close()
        else:
            self.kept[backend].append((reader, writer))
        return status


async def measure(restarts, clients, drain_s, folder):
    environment = {
        **os.environ, "REFRAIN_DATA_DIR": str(folder / "data"), "REFRAIN_EMBEDDER": "hashing",
        "REFRAIN_DRAIN_S": str(drain_s),
    }  # fmt: skip
    made = subprocess.run(  # noqa: ASYNC221 - nothing else runs yet
        [COMMAND, "keys", "create", "bench", "--scope", "check", "--scope", "write"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    key = made.stdout.split()[-1]
    counts, slowest, ended = {}, 0.0, asyncio.Event()

    async def ask(number):
        nonlocal slowest
        while not ended.is_set():
            number += 1
            body = json.dumps({"text": f"{TEXTS[number % 2]} {number}", "said_at": "2021-05-23"}).encode()
            path = "statements" if number % 3 == 0 else "checks"
            request = (
                f"POST /v1/{path} HTTP/1.1\r\nhost: refrain\r\nauthorization: Bearer {key}\r\n"
                f"content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
            ).encode() + body
            began = time.monotonic()
            status = await proxy.pass_on(request)
            slowest = max(slowest, time.monotonic() - began)
            counts[status] = counts.get(status, 0) + 1
            await asyncio.sleep(0.02)

    with (folder / "log").open("wb") as log:
        backends = [Backend(port, environment, log) for port in free_ports(2)]
        proxy = Proxy(backends)
        try:
            for backend in backends:
                backend.start()
            followers = [asyncio.create_task(backend.follow()) for backend in backends]
            for backend in backends:
                await backend.until_ready()
            asking = [asyncio.create_task(ask(10_000 * number)) for number in range(clients)]
            await asyncio.sleep(1)
            for number in range(restarts):
                backend = backends[number % 2]
                await backend.stop()
                backend.ready = False
                backend.start()
                await backend.until_ready()
            await asyncio.sleep(1)
            ended.set()
            await asyncio.gather(*asking)
            for follower in followers:
                follower.cancel()
        finally:
            for backend in backends:
                if backend.process and backend.process.poll() is None:
                    backend.process.kill()
                    backend.process.wait()
    return {
        "restarts": restarts, "requests": sum(counts.values()), "by_status": {str(k): v for k, v in counts.items()},
        "failed": sum(count for status, count in counts.items() if status not in (200, 201)),
        "slowest_s": round(slowest, 2),
    }  # fmt: skip


def free_ports(count):
    import socket

    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


def main():
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--restarts", type=int, default=4)
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--drain", type=float, default=2.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        result = asyncio.run(measure(given.restarts, given.clients, given.drain, Path(folder)))
    print(json.dumps(result))
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
