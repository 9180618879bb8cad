"""The service as a process of its own, to which databases are taken away: nothing here is put in another's place."""

import contextlib
import itertools
import os
import signal
import subprocess
import time
from pathlib import Path

import httpx
import psycopg
from builders import migrated_sqlite
from serving import COMMAND, free_port
from waiting import until

from app.admin_wiring import open_keys
from app.domain.access.keys import Scope
from app.settings import Settings

WORD = "Xylographenmarkt"
"""Stands in every text that is sent, and nowhere in what a service writes."""


class Service:
    """`refrain serve` on a database, with the keys of one organisation."""

    def __init__(self, folder, database_url="", command=None, **settings):
        self.folder = folder
        self.data = folder / "data"
        self.url = database_url or f"sqlite:///{self.data / 'refrain.sqlite3'}"
        self.data.mkdir(exist_ok=True)
        if not database_url:
            (self.data / "refrain.sqlite3").write_bytes(migrated_sqlite())
        keys = open_keys(Settings(data_dir=self.data, database_url=database_url))
        self.secrets = [keys.create(f"{number}", list(Scope), "Desk")[0] for number in range(3)]
        self.key_ids = [key.id for key in keys.all()]
        keys.store.close()
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "log"
        environment = {**os.environ, "REFRAIN_DATA_DIR": str(self.data), "REFRAIN_EMBEDDER": "hashing", **settings}
        if database_url:
            environment["REFRAIN_DATABASE_URL"] = database_url
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command or [COMMAND, "serve", "--port", str(self.port)], env={**environment, "PORT": str(self.port)},
                stdout=log, stderr=log,
            )  # fmt: skip
        self.caller = httpx.Client(base_url=self.address, headers=self.headers(0), timeout=20)

    def headers(self, number):
        return {"Authorization": f"Bearer {self.secrets[number]}"}

    def wait_until_ready(self):
        def ready():
            assert self.process.poll() is None, self.written
            with contextlib.suppress(httpx.TransportError):
                # With the key, for another's service may be at the port, whose process ends then.
                return self.caller.get("/readyz").status_code == 200 == self.caller.get("/v1/status").status_code

        until(ready, 170)
        return self

    def readiness(self):
        return self.caller.get("/readyz").json()

    def check(self, text="Nothing like it.", *, record=False, key=0):
        body = {"text": f"{text} {WORD}.", "said_at": "2021-05-23", "record": record}
        return self.caller.post("/v1/checks", json=body, headers=self.headers(key))

    def statement(self, number):
        body = {"text": f"Statement number {number} of the {WORD}.", "external_id": f"{number}", "language": "en"}
        return self.caller.post("/v1/statements", json=body)

    def statement_count(self):
        return self.caller.get("/v1/status").json()["statements"]

    def upload(self, lines):
        answer = self.caller.post("/v1/imports", content=lines)
        assert answer.status_code == 202, answer.text
        return answer.json()["id"]

    def job(self, job_id):
        return self.caller.get(f"/v1/imports/{job_id}").json()

    @property
    def written(self):
        return self.log.read_text()

    @property
    def unusual(self):
        """Lines of the log but those of requests."""
        return [line for line in self.written.splitlines() if '"request_id"' not in line]

    def end(self):
        self.caller.close()
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(10)


def refused(answer):
    """True for the answer of a service whose database is away. Fails for any other error."""
    if answer.status_code < 400:
        return False
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/database-unavailable"), answer.text
    assert int(answer.headers["Retry-After"]) > 0
    assert WORD not in answer.text
    return True


class PostgresServer:
    """A PostgreSQL server that can be hung, ended and started again."""

    def __init__(self, server):
        self._server = server
        self.uri = server.get_uri()
        self._hung = []
        self._numbers = itertools.count(1)

    def database(self):
        """The URL of a new database."""
        name = f"faults_{next(self._numbers)}"
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.uri.replace("/postgres?", f"/{name}?")

    def hang(self):
        """Stops every process of the server, as a machine that is out of memory does."""
        postmaster = self._server.get_pid()
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        self._hung = [postmaster, *map(int, children)]
        for process in self._hung:
            os.kill(process, signal.SIGSTOP)

    def go_on(self):
        for process in self._hung:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGCONT)
        self._hung = []

    def kill(self):
        """Ends the server without a word to those who are connected."""
        postmaster = self._server.get_pid()
        os.kill(postmaster, signal.SIGQUIT)
        until(lambda: not Path(f"/proc/{postmaster}").exists() or _is_zombie(postmaster))

    def start(self):
        for left in ("postmaster.pid", "postmaster.opts"):
            (self._server.pgdata / left).unlink(missing_ok=True)
        for _ in range(6):  # the package gives a start ten seconds, which a busy machine needs for the recovery alone
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._server.ensure_postgres_running()
                return
        raise AssertionError("the server did not start")


def _is_zombie(process):
    with contextlib.suppress(OSError):
        return ") Z" in Path(f"/proc/{process}/stat").read_text()
    return True


def seconds_of(call):
    """What a call returns, and how long it took."""
    began = time.monotonic()
    return call(), time.monotonic() - began
