"""Rounds of kill, restart and comparison, phase by phase."""

import itertools
import random
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from app.admin_wiring import open_keys
from app.domain.access.keys import Scope
from app.settings import Settings
from app.store.database import open_migrated
from bench.faulting import program
from bench.faulting.ledger import Ledger, compare, contents, unfinished_jobs
from bench.faulting.processes import Killable, Service, StartFailed

PHASES = ("import", "statement", "check", "review", "start", "rebuild", "snapshot", "migration")
_CLIENTS = 3
_LINES = 40
_MOST_ANSWERS = 20
_EXPECTED = (201, 202, 409, 503)
_LOAD_AT_MOST_S = 8.0
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
        service = self._start(row)
        deadline = time.monotonic() + most_s
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
        send = {"import": self._import, "statement": self._statement, "check": self._check, "review": self._review}
        with service.client() as client:
            while not ended.is_set():
                with suppress(httpx.TransportError):
                    status = send[phase](client)
                    with self.ledger.lock:
                        self.ledger.answers += 1
                    if status not in _EXPECTED:
                        row.errors.append(f"{phase}: {status}")

    def _text(self, number: int) -> str:
        return f"The {_PLACES[number % len(_PLACES)]} number {number} was closed after a night of rain."

    def _next(self) -> int:
        with self.ledger.lock:
            return next(self._numbers)

    def _import(self, client: httpx.Client) -> int:
        numbers = [self._next() for _ in range(_LINES)]
        names = [f"line-{number}" for number in numbers]
        lines = [
            f'{{"id": "line-{number}", "text": "{self._text(number)}", "lang": "en", "date": "2021-01-01"}}\n'
            for number in numbers
        ]
        answer = client.post("/v1/imports", content="".join(lines), headers={"Content-Type": "application/x-ndjson"})
        if answer.status_code == 202:
            with self.ledger.lock:
                self.ledger.imports[answer.json()["id"]] = names
        elif answer.status_code == 409:
            time.sleep(0.1)  # as many jobs as there may be
        return answer.status_code

    def _statement(self, client: httpx.Client) -> int:
        number = self._next()
        body = {"external_id": f"statement-{number}", "text": self._text(number), "language": "en"}
        answer = client.post("/v1/statements", json=body)
        if answer.status_code == 201:
            with self.ledger.lock:
                self.ledger.statements[body["external_id"]] = answer.json()["id"]
        return answer.status_code

    def _check(self, client: httpx.Client) -> int:
        said = self._text(self._next())
        answer = client.post("/v1/checks", json={"text": said, "language": "en"})
        if answer.status_code == 201:
            with self.ledger.lock:
                self.ledger.checks[answer.json()["id"]] = said
        return answer.status_code

    def _review(self, client: httpx.Client) -> int:
        statement = self._next()
        answer = client.post("/v1/checks", json={"text": self._text(statement), "language": "en"})
        if answer.status_code != 201:
            return answer.status_code
        check = answer.json()["id"]
        with self.ledger.lock:
            self.ledger.checks[check] = self._text(statement)
        answer = client.post(f"/v1/flags/{check}/reviews", json={"verdict": "dismissed"})
        if answer.status_code == 201:
            with self.ledger.lock:
                self.ledger.reviews[answer.json()["id"]] = check
        return answer.status_code

    def _beside(self, phase: str, row: Row) -> None:
        """A process that rebuilds or saves the index is killed while a service runs, then the service as well."""
        service = self._start(row)
        function = program.reindex if phase == "rebuild" else program.snapshots
        killed = Killable(function, self._log, self._environment(self.url))
        if service:
            with service.client() as client, suppress(httpx.TransportError):
                self._statement(client)
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
                        self._statement(client)
                        self._review(client)
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
    """How many of the kills each phase gets."""
    return {phase: kills // len(phases) + (place < kills % len(phases)) for place, phase in enumerate(phases)}
