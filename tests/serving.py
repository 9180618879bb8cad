"""Servers at ports of this machine: in a thread of the test's process, or as a process of the installed command."""

import contextlib
import itertools
import os
import socket
import sys
import threading
from pathlib import Path

import httpx
import uvicorn
from waiting import until

COMMAND = Path(sys.executable).with_name("refrain")

# Below what Linux and macOS give to connections by themselves, of each process of a parallel run its own, and of runs
# beside each other seldom the same: a port is taken only once the process that was told it listens.
_PROCESS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_ports = itertools.count(15_000 + 1_000 * _PROCESS + os.getpid() % 900)


def free_port():
    """A port that nobody listens at, for a process that has to be told one."""
    return next(port for port in _ports if _is_free(port))


def _is_free(port):
    try:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", port))
    except OSError:
        return False
    return True


def wait_until_ready(address, process, most_s=180):
    """Returns when the service at `address`, which `process` runs, can be searched."""

    def ready():
        assert process.poll() is None, "the service ended"
        with contextlib.suppress(httpx.TransportError):
            return httpx.get(f"{address}/readyz").status_code == 200

    until(ready, most_s)


@contextlib.contextmanager
def serving_app(app, **options):
    """The URL of an application that uvicorn serves in a thread until the block ends."""
    options = {"port": 0, "log_level": "warning", "ws": "none", "timeout_graceful_shutdown": 5, **options}
    server = uvicorn.Server(uvicorn.Config(app, **options))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until(lambda: server.started or not thread.is_alive())
        assert thread.is_alive(), "the service ended"
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
