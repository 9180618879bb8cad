"""Rounds of kill, restart and comparison, phase by phase."""

import itertools
import random
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from app.admin_wiring import open_keys
from app.domain.access.keys import Scope
from app.settings import Settings
from app.store.database import open_migrated
from bench.faulting import program
from bench.faulting.ledger import Ledger, Sent, compare, contents, end_claims, unfinished_jobs
from bench.faulting.processes import Killable, Service, StartFailed

PHASES = ("import", "statement", "check", "review", "start", "rebuild", "snapshot", "migration")
_CLIENTS = 3
_LINES = 40
_MOST_ANSWERS = 20
_LOAD_AT_MOST_S = 20.0
_OLD_REVISION = "0021"
_PLACES = ("harbour", "bridge", "airport", "market", "station", "school", "factory", "tunnel")


@dataclass(slots=True)
class Row:
    """Figures of a phase."""

    kills: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    failed_starts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """Answers that are neither done nor refused for now."""
    slowest_start_s: float = 0.0

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.failed_starts or self.errors)


class Faults:
    """One archive whose processes are killed, and the ledger of it."""

    def __init__(self, folder: Path, new_database: Callable[[], str], seed: int):
        self.folder = folder
        self.url = new_database()
        self.dice = random.Random(seed)
        self.ledger = Ledger()
        self.rows: dict[str, Row] = {}
        self._numbers = itertools.count(1)
        self._old = ""
        self._new_database = new_database
        folder.mkdir(parents=True, exist_ok=True)
        open_migrated(self.url).dispose()
        secret, _ = open_keys(self._settings(self.url)).create("of the bench", list(Scope), "Desk")
        self.headers = {"Authorization": f"Bearer {secret}"}

    def run(self, phase: str, kills: int) -> Row:
        """Kills so many processes in a phase. The comparison after each is with everything acknowledged so far."""
        row = self.rows.setdefault(phase, Row())
        begin = {"migration": self._migration, "rebuild": self._beside, "snapshot": self._beside}.get(phase, self._load)
        for _ in range(kills):
            before = self.ledger.size
            begin(phase, row)
            row.kills += 1
            found = compare(self.ledger, self.url, jobs_done=False)
            row.lost += found.lost
            row.doubled += found.doubled
            row.acknowledged += self.ledger.size - before
        return row

    def finish(self, most_s: float = 90) -> Row:
        """Lets a last service do what is left, and compares everything."""
        row = self.rows.setdefault("at the end", Row())
        end_claims(self.url)
        service = self._start(row)
        deadline = time.monotonic() + most_s
        if service:
            with service.client() as client:
                while self.ledger.unanswered and time.monotonic() < deadline:
                    self._post(client, self.ledger.unanswered.pop(), row, again=True)
        while unfinished_jobs(self.url) and time.monotonic() < deadline:
            time.sleep(0.2)
        found = compare(self.ledger, self.url, jobs_done=True)
        row.lost, row.doubled, row.acknowledged = found.lost, found.doubled, self.ledger.size
        if service:
            service.kill()
        return row

    def _settings(self, url: str) -> Settings:
        return Settings(data_dir=self.folder / "data", database_url=url, embedder="hashing")

    def _environment(self, url: str) -> dict[str, str]:
        names = {"DATA_DIR": str(self.folder / "data"), "DATABASE_URL": url, "EMBEDDER": "hashing"}
        return {f"REFRAIN_{name}": value for name, value in names.items()}

    @property
    def _log(self) -> Path:
        return self.folder / "log"

    def _start(self, row: Row) -> Service | None:
        service = Service(self._log, self._environment(self.url), self.headers)
        try:
            row.slowest_start_s = max(row.slowest_start_s, service.wait_until_ready())
        except StartFailed as failed:
            row.failed_starts.append(str(failed))
            service.kill()
            return None
        return service

    def _load(self, phase: str, row: Row) -> None:
        """Clients send requests of a kind until the service is killed; the phase `start` kills one that starts."""
        if phase == "start":
            service = Service(self._log, self._environment(self.url), self.headers)
            time.sleep(self.dice.uniform(0, 1.5))
            service.kill()
            if again := self._start(row):
                again.kill()
            return
        end_claims(self.url)
        started = self._start(row)
        if started is None:
            return
        ended = threading.Event()
        clients = [
            threading.Thread(target=self._send, args=(started, phase, ended, row), daemon=True) for _ in range(_CLIENTS)
        ]
        for client in clients:
            client.start()
        enough, latest = self.ledger.answers + self.dice.randrange(_MOST_ANSWERS), time.monotonic() + _LOAD_AT_MOST_S
        while self.ledger.answers < enough and time.monotonic() < latest:
            time.sleep(0.002)
        time.sleep(self.dice.uniform(0, 0.1))
        started.kill()
        ended.set()
        for client in clients:
            client.join(60)

    def _send(self, service: Service, phase: str, ended: threading.Event, row: Row) -> None:
        with service.client() as client:
            while not ended.is_set():
                with self.ledger.lock:
                    again = self.ledger.unanswered.pop() if self.ledger.unanswered else None
                self._post(client, again or self._new(phase), row, again=again is not None)

    def _post(self, client: httpx.Client, sent: Sent, row: Row, *, again: bool = False) -> None:
        """Sends a request, and keeps what was answered, or that no answer came."""
        ledger = self.ledger
        content = {"content": sent.body} if isinstance(sent.body, str) else {"json": sent.body}
        headers = {"Idempotency-Key": sent.key}
        if isinstance(sent.body, str):
            headers["Content-Type"] = "application/x-ndjson"
        try:
            answer = client.post(sent.path, headers=headers, **content)
            status, said = answer.status_code, answer.json()
        except httpx.TransportError:
            with ledger.lock:
                ledger.unanswered.append(sent)
            return
        with ledger.lock:
            ledger.answers += 1
            ledger.sent_again += again
        problem = said["type"].rpartition("/")[2] if status >= 400 else ""
        if not problem:
            ledger.note(sent, said["id"])
        elif again and problem == "conflict" and "was done when it was first sent" in said["detail"]:
            with ledger.lock:
                ledger.done_before.append(sent)
        elif again and status in (409, 429, 503):  # for now
            with ledger.lock:
                ledger.unanswered.append(sent)
        elif status == 409 and sent.kind == "import":
            time.sleep(0.1)  # as many jobs as there may be
        elif status != 503:
            row.errors.append(f"{sent.kind}{' again' * again}: {status} {problem}")

    def _new(self, kind: str) -> Sent:
        """A request that was not sent before. A review needs a check that nobody reviewed; without one it is a check."""
        with self.ledger.lock:
            number = next(self._numbers)
            check = self.ledger.unreviewed.pop() if kind == "review" and self.ledger.unreviewed else ""
            numbers = [next(self._numbers) for _ in range(_LINES)] if kind == "import" else []
        if kind == "import":
            names = tuple(f"line-{one}" for one in numbers)
            lines = (
                f'{{"id": "line-{one}", "text": "{self._text(one)}", "lang": "en", "date": "2021-01-01"}}\n'
                for one in numbers
            )
            return Sent(kind, f"{number}", "/v1/imports", "".join(lines), names)
        if kind == "statement":
            body = {"external_id": f"statement-{number}", "text": self._text(number), "language": "en"}
            return Sent(kind, body["external_id"], "/v1/statements", body)
        if check:
            return Sent("review", check, f"/v1/flags/{check}/reviews", {"verdict": "dismissed"})
        said = self._text(number)
        return Sent("check", said, "/v1/checks", {"text": said, "language": "en"})

    def _text(self, number: int) -> str:
        return f"The {_PLACES[number % len(_PLACES)]} number {number} was closed after a night of rain."

    def _beside(self, phase: str, row: Row) -> None:
        """A process that rebuilds or saves the index is killed while a service runs, then the service as well."""
        service = self._start(row)
        function = program.reindex if phase == "rebuild" else program.snapshots
        killed = Killable(function, self._log, self._environment(self.url))
        if service:
            with service.client() as client:
                self._post(client, self._new("statement"), row)
        time.sleep(self.dice.uniform(0.1, 1.2))
        killed.kill()
        if service:
            service.kill()
        if again := self._start(row):
            again.kill()

    def _migration(self, phase: str, row: Row) -> None:
        """A migration of an older schema with data is killed, and done by the next start; the archive is the same."""
        if not self._old:
            self._old = self._copy_for_migration(row)
        before = contents(self._old)
        program.downgrade(self._old, _OLD_REVISION)
        killed = Killable(program.upgrade, self._log, self._environment(self._old))
        time.sleep(self.dice.uniform(0.0, 0.6))
        killed.kill()
        pair = [Killable(program.upgrade, self._log, self._environment(self._old)) for _ in range(2)]  # both at once
        row.failed_starts += ["a migration did not end" for one in pair if not one.ended_well(60)]
        after = contents(self._old)
        for name, count in before.items():
            if after[name] < count:
                row.lost.append(f"{count - after[name]} rows of {name} in a migration")
            elif after[name] > count:
                row.doubled.append(f"{after[name] - count} rows of {name} in a migration")

    def _copy_for_migration(self, row: Row) -> str:
        """Another archive, filled through a service."""
        url, own = self._new_database(), self.url
        open_migrated(url).dispose()
        secret, _ = open_keys(self._settings(url)).create("of the bench", list(Scope), "Desk")
        kept, self.ledger, headers, self.headers = (
            self.ledger,
            Ledger(),
            self.headers,
            {"Authorization": f"Bearer {secret}"},
        )
        self.url = url
        try:
            if service := self._start(row):
                with service.client() as client:
                    for _ in range(5):
                        for kind in ("statement", "check", "review"):
                            self._post(client, self._new(kind), row)
                service.kill()
        finally:
            self.ledger, self.url, self.headers = kept, own, headers
        shutil.rmtree(self.folder / "data", ignore_errors=True)
        return url


def table(rows: dict[str, Row]) -> str:
    """The figures, a line a phase."""
    lines = ["phase        kills  acknowledged   lost  doubled  starts by hand  wrong answers  slowest start"]
    for name, row in rows.items():
        lines.append(
            f"{name:<12} {row.kills:5}  {row.acknowledged:12,}  {len(row.lost):5}  {len(row.doubled):7}  "
            f"{len(row.failed_starts):14}  {len(row.errors):13}  {row.slowest_start_s:11.1f} s"
        )
    return "\n".join(lines)


def shares(kills: int, phases: Sequence[str] = PHASES) -> dict[str, int]:
    """The number of kills in each phase."""
    return {phase: kills // len(phases) + (place < kills % len(phases)) for place, phase in enumerate(phases)}
