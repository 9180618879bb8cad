"""Services whose databases are taken away, and a PostgreSQL server that is."""

import os
import shutil
import tempfile
import warnings
from pathlib import Path

import pytest
from taken_away import WORD, PostgresServer, Service


@pytest.fixture
def serve(tmp_path):
    """Starts services, and ends them."""
    started = []

    def start(**options):
        started.append(Service(tmp_path, **options))
        return started[-1]

    yield start
    for service in started:
        service.end()
        assert WORD not in service.written
        assert service.secrets[0] not in service.written


@pytest.fixture(scope="session")
def postgres():
    folder = Path(tempfile.mkdtemp(prefix="refrain-faults-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            server = PostgresServer(folder)
        yield server
        server.end()
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
