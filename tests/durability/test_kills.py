"""Processes killed at random moments lose and double nothing, and start again; more in bench/faults.py."""

import os
import shutil
import sys
import tempfile
from itertools import count
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))  # for this process and those that it forks
from bench.faulting.processes import postgresql
from bench.faulting.run import Faults, shares, table

KILLS = 16
"""Two a phase, on each database."""


@pytest.fixture
def folder():
    # Not in pytest's own folder: PostgreSQL's package opens the folders above its data to everybody.
    made = Path(tempfile.mkdtemp(prefix="refrain-kills-"))
    before = os.environ.get("XDG_RUNTIME_DIR")
    yield made
    if before is None:
        os.environ.pop("XDG_RUNTIME_DIR", None)
    else:
        os.environ["XDG_RUNTIME_DIR"] = before
    shutil.rmtree(made, ignore_errors=True)


def nothing_is_lost(folder, new_database):
    faults = Faults(folder / "run", new_database, seed=int.from_bytes(os.urandom(4), "big"))
    for phase, kills in shares(KILLS).items():
        faults.run(phase, kills)
    faults.finish()
    found = [
        sentence
        for row in faults.rows.values()
        for sentence in (*row.lost, *row.doubled, *row.failed_starts, *row.errors)
    ]
    logged = (folder / "run" / "log").read_text()
    assert found == [], "\n".join([table(faults.rows), *found, *logged.partition("Traceback")[1:]])
    assert faults.ledger.size > 0, "nothing was acknowledged"
    assert "Traceback" not in logged


def test_killed_processes_lose_and_double_nothing_in_sqlite(folder):
    numbers = count(1)
    nothing_is_lost(folder, lambda: f"sqlite:///{folder / f'archive-{next(numbers)}.sqlite3'}")


def test_killed_processes_lose_and_double_nothing_in_postgresql(folder):
    with postgresql(folder / "postgresql") as new_database:
        nothing_is_lost(folder, new_database)
