"""The services that are compared: how each gets the archive, is started and is asked."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode

import httpx

from comparison.connection import written

HERE = Path(__file__).parent
REFRAIN = str(Path(sys.executable).with_name("refrain"))
ORGANISATIONS = 4
"""One organisation may have a part of the checks under way that a service works on at once, so the clients are of some."""

SAID_AT = "2030-01-01"
"""After every statement of the archive."""

LIMIT = 5
START_S = 300.0
JSON = {"Content-Type": "application/json"}

NOT_EXPLAINED = ",".join((
    "id", "text", "language", "said_at", "stance", "flagged", "notice", "recurrence", "narratives", "prediction", "model",
    *(f"matches.{name}" for name in (
        "id", "precedent", "tier", "relation", "claim", "stance", "score", "signals", "days_before",
    )),
))  # fmt: skip
"""Fields of a check but for what explains its matches."""


Asked = tuple[str, str, dict[str, str], bytes]
"""Method, target, headers and body of a request."""


@dataclass(frozen=True)
class Way:
    """A way of asking a service about a text: `ask` takes the text and the number of the client."""

    name: str
    contains: str
    """What its answer has, in words."""
    ask: Callable[[str, int], Asked]

    def request(self, text: str, client: int) -> bytes:
        return written(*self.ask(text, client))


@dataclass
class Service:
    """A service over the archive, in a process of its own, and the ways in which it is asked."""

    name: str
    folder: Path
    """Its data and its log."""
    environment: dict[str, str]
    import_command: list[str | Path]
    command: Callable[[int], list[str | Path]]
    """Of the port that it is to listen at."""
    ways: list[Way]
    processes: int = 1
    """Serving processes, which all have to be there before it is asked."""
    port: int = 0
    process: subprocess.Popen[bytes] | None = None

    def import_archive(self) -> float:
        """Seconds of the command that fills the empty archive, its start included."""
        began = time.perf_counter()
        done = subprocess.run(self.import_command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"{self.name}: the import failed: {done.stderr[-2_000:]}")
        return time.perf_counter() - began

    def start(self, text: str) -> float:
        """Starts it; seconds until it has answered a check of the text."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        began = time.perf_counter()
        log = (self.folder / "service.log").open("ab")
        self.process = subprocess.Popen(self.command(self.port), env=self.environment, stdout=log, stderr=log)
        while time.perf_counter() - began < START_S:
            try:
                answer = self.answer(self.ways[0], text)
                if answer.is_success:
                    seconds = time.perf_counter() - began
                    self._wait_for_processes()
                    return seconds
                if answer.is_client_error:
                    raise SystemExit(f"{self.name} does not understand: {answer.text[:2_000]}")
            except httpx.TransportError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        said = (self.folder / "service.log").read_text("utf-8", "replace")
        raise SystemExit(f"{self.name} did not start within {START_S:.0f} s: {said[-2_000:]}")

    def _wait_for_processes(self) -> None:
        deadline = time.perf_counter() + START_S
        while self.processes > 1 and time.perf_counter() < deadline:
            if httpx.get(f"http://127.0.0.1:{self.port}/metrics").text.count("\nprocess_max_fds") == self.processes:
                return
            time.sleep(0.1)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait(timeout=30)
            self.process = None

    def resident_mib(self) -> float:
        """Resident memory of its process and of those that it started."""
        assert self.process
        return sum(map(resident_mib, _with_children(self.process.pid)))

    def answer(self, way: Way, text: str) -> httpx.Response:
        """Its answer to a check of the text; the body is decompressed, `num_bytes_downloaded` is not."""
        method, target, headers, body = way.ask(text, 0)
        address = f"http://127.0.0.1:{self.port}{target}"
        return httpx.request(method, address, headers={**headers, "Accept-Encoding": "gzip"}, content=body, timeout=60)


def resident_mib(process: int) -> float:
    """Resident memory of a process, by its id."""
    lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _with_children(process: int) -> list[int]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text("ascii").split()
    return [process, *(deeper for child in children for deeper in _with_children(int(child)))]


def refrain(corpus: Path, folder: Path, processes: int = 1) -> Service:
    """Refrain in its default settings, with explanations and without. Makes the keys of its organisations."""
    environment = {**os.environ, "REFRAIN_DATA_DIR": str(folder)}
    called = "Refrain" if processes == 1 else f"Refrain, {processes} processes"
    keys = []
    for number in range(ORGANISATIONS):
        command = [REFRAIN, "keys", "create", "bench", "--scope", "check", "--organisation", f"desk {number}"]
        made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        keys.append(made.stdout.split()[-1])

    def way(name: str, contains: str, target: str, **options: object) -> Way:
        def ask(text: str, client: int) -> Asked:
            body = json.dumps({"text": text, "said_at": SAID_AT, "limit": LIMIT, **options}).encode()
            return "POST", target, JSON | {"Authorization": f"Bearer {keys[client % ORGANISATIONS]}"}, body

        return Way(name, contains, ask)

    found = (
        f"up to {LIMIT} earlier statements, each with a calibrated probability, tier, stance, signals, findings and "
        "narratives; recurrence; whether to flag"
    )
    return Service(
        called, folder, environment, [REFRAIN, "import", corpus.parent],
        lambda port: [REFRAIN, "serve", "--port", str(port), "--processes", str(processes)],
        [
            way(called, f"{found}; what is repeated, changed, added and dropped; explanations and a summary in words; "
                "kept as a record", "/v1/checks"),
            way(f"{called}, explanation off", found, f"/v1/checks?fields={NOT_EXPLAINED}", record=False),
        ],
        processes,
    )  # fmt: skip


def afternoon(corpus: Path, folder: Path, model: Path) -> Service:
    """The afternoon version, in this environment."""

    def ask(text: str, client: int) -> Asked:
        return "POST", "/checks", JSON, json.dumps({"text": text, "said_at": SAID_AT}).encode()

    serve = [Path(sys.executable).with_name("uvicorn"), "--app-dir", HERE, "afternoon:app", "--no-access-log"]
    return Service(
        "afternoon version", folder,
        {**os.environ, "AFTERNOON_MODEL": str(model), "AFTERNOON_FOLDER": str(folder)},
        [sys.executable, HERE / "afternoon.py", corpus], lambda port: [*serve, "--port", str(port)],
        [Way("afternoon version", f"up to {LIMIT} earlier statements, each with a cosine", ask)],
    )  # fmt: skip


def txtai(corpus: Path, folder: Path, model: Path, python: Path) -> Service:
    """txtai's API with hybrid search, in its own environment."""

    def ask(text: str, client: int) -> Asked:
        return "GET", "/search?" + urlencode({"query": text, "limit": LIMIT}, quote_via=quote), {}, b""

    serve = [python.with_name("uvicorn"), "txtai.api:app", "--no-access-log"]
    return Service(
        "txtai", folder, {**os.environ, "CONFIG": str(folder / "api.yml")},
        [python, HERE / "txtai_index.py", corpus, model, folder], lambda port: [*serve, "--port", str(port)],
        [Way("txtai, hybrid search", f"{LIMIT} statements, each with a score of vectors and words", ask)],
    )  # fmt: skip
