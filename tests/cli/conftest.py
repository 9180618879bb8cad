"""Runs the `refrain` command, in this process or as one of its own."""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import main

COMMAND = Path(sys.executable).with_name("refrain")


@dataclass
class Ran:
    """What a command left: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    def failed_in_a_line(self):
        """The one line on standard error that says what is wrong."""
        assert self.code == 1, (self.code, self.out, self.err)
        assert self.out == ""
        [line] = self.err.splitlines()
        assert line.startswith("refrain: ")
        assert "Traceback" not in line
        return line


@pytest.fixture
def environment(tmp_path, monkeypatch):
    """A data directory of its own, an embedder without a model, and English whoever runs the tests."""
    given = {"REFRAIN_DATA_DIR": str(tmp_path / "data"), "REFRAIN_EMBEDDER": "hashing", "LC_ALL": "C.UTF-8"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return {**os.environ, **given}


@pytest.fixture
def refrain(environment, monkeypatch, capsys):
    """Runs the command in this process."""

    def run(*arguments, stdin=b""):
        monkeypatch.setattr(sys, "argv", ["refrain", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        written = capsys.readouterr()
        return Ran(ended.value.code or 0, written.out, written.err)

    return run


@pytest.fixture
def refrain_process(environment):
    """Runs the command as a person does."""

    def run(*arguments, **more):
        done = subprocess.run(
            [COMMAND, *map(str, arguments)],
            env={**environment, **more}, capture_output=True, text=True, timeout=180, check=False,
        )  # fmt: skip
        return Ran(done.returncode, done.stdout, done.stderr)

    return run
