"""The service that is attacked: `refrain serve` with its defaults on SQLite, and keys of two organisations."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from app.admin_wiring import open_keys
from app.domain.access.keys import Scope
from app.settings import Settings

REFRAIN = Path(sys.executable).with_name("refrain")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Result of an attack: its measurements, and whether the service held."""

    held: bool
    measured: str


class Target:
    """A service in `folder` that runs until `stop`."""

    def __init__(self, folder: Path, embedder: str = "hashing", archive: Path | None = None, **settings: str):
        self.folder = folder
        self.data = folder / "data"
        self.data.mkdir(parents=True, exist_ok=True)
        self.log = folder / "log"
        self.spool = folder / "spool"
        self.spool.mkdir(exist_ok=True)
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("REFRAIN_")},
            "PYTHONPATH": str(ROOT),
            "REFRAIN_DATA_DIR": str(self.data),
            "REFRAIN_EMBEDDER": embedder,
            "REFRAIN_CORS_ORIGINS": "https://cms.example.org",
            "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "localhost",
            "TMPDIR": str(self.spool),
            **settings,
        }
        self.command("import", str(archive or ROOT / "sample"))
        keys = open_keys(Settings(data_dir=self.data))
        self.secrets = {name: keys.create(name, list(Scope), name)[0] for name in ("Desk A", "Desk B")}
        keys.store.close()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def command(self, *arguments: str) -> str:
        ran = subprocess.run([REFRAIN, *arguments], env=self.environment, capture_output=True, text=True, check=False)
        return ran.stdout + ran.stderr

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [REFRAIN, "serve", "--port", str(self.port)], env=self.environment, stdout=log, stderr=log
            )
        self._seen = psutil.Process(self.process.pid)
        for _ in range(1_200):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise SystemExit(f"the service did not start: {self.written[-2_000:]}")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(40)
            return
        self.process.kill()
        self.process.wait()

    def client(self, name: str = "Desk A", timeout: float = 90, **headers: str) -> httpx.Client:
        """A client with the key of an organisation; with none of it where the name is empty."""
        if name:
            headers["Authorization"] = f"Bearer {self.secrets[name]}"
        return httpx.Client(base_url=self.url, headers=headers, timeout=timeout)

    @property
    def written(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    @property
    def processor_s(self) -> float:
        """Processor time that the service took so far."""
        times = self._seen.cpu_times()
        return float(times.user + times.system)

    @property
    def resident_mib(self) -> float:
        return float(self._seen.memory_info().rss) / 2**20

    @property
    def spooled_mib(self) -> float:
        """Disk space of the service's temporary files, deleted ones included, in MiB."""
        total = 0
        for link in Path(f"/proc/{self.process.pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                if str(self.spool) in str(link.readlink()):
                    total += link.stat().st_blocks * 512
        return total / 2**20

    def quiet(self, most_s: float = 30) -> float:
        """Seconds of processor time until the service rests: what goes on after everybody has been answered."""
        began = self.processor_s
        until = time.monotonic() + most_s
        while time.monotonic() < until:
            before = self.processor_s
            time.sleep(1)
            if self.processor_s - before < 0.15:
                break
        return self.processor_s - began


@contextmanager
def timing(target: Target, path: str = "/livez", every_s: float = 0.05) -> Iterator[list[float]]:
    """Seconds that each request took that was sent in the background meanwhile, the longest at the end."""
    took: list[float] = []
    over = threading.Event()

    def ask() -> None:
        with target.client("", timeout=120) as client:
            while not (took and over.is_set()):
                began = time.monotonic()
                with contextlib.suppress(httpx.HTTPError):
                    client.get(path)
                took.append(time.monotonic() - began)
                time.sleep(every_s)

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        yield took
    finally:
        over.set()
        asking.join()


def raw(target: Target, request: bytes, most_bytes: int = 2**20, timeout_s: float = 60) -> bytes:
    """The response to bytes that are no request of a client library; empty where the connection was cut."""
    with socket.create_connection(("127.0.0.1", target.port), timeout=timeout_s) as connection:
        with contextlib.suppress(OSError):
            connection.sendall(request)
        answer = b""
        with contextlib.suppress(OSError):
            while len(answer) < most_bytes and (chunk := connection.recv(65_536)):
                answer += chunk
        return answer


def status(answer: bytes) -> int:
    """Status of a raw answer, 0 where there was none."""
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0


def problem(answer: httpx.Response) -> str:
    """Status and slug of an answer, in short."""
    with contextlib.suppress(json.JSONDecodeError, AttributeError):
        return f"{answer.status_code} {answer.json().get('type', '').removeprefix('/problems/')}".strip()
    return str(answer.status_code)


def in_threads(works: list[Callable[[], Any]]) -> list[Any]:
    """Runs all at once; what each returned, or the error it raised."""
    results: list[Any] = [None] * len(works)

    def run(number: int) -> None:
        try:
            results[number] = works[number]()
        except Exception as error:  # noqa: BLE001 - told by the caller
            results[number] = error

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def spread(values: list[float]) -> str:
    """Median and longest, in seconds."""
    ordered = sorted(values)
    return f"{ordered[len(ordered) // 2]:.2f} s, at most {ordered[-1]:.2f} s" if ordered else "none"
