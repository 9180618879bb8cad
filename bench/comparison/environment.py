"""Environment of the services that are compared, beside this one: the model's 32-bit weights, and txtai's packages.

Both are made once, in a cache folder. Installing txtai takes minutes and 1.1 GB.
"""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path

from platformdirs import user_cache_path

from index.embedders.preparation.transformer_folder import write_transformer_folder

TXTAI = "txtai[api]==9.14.0"
ROOT = Path(__file__).resolve().parents[2]


class NotInstalled(Exception):
    """An environment could not be made; the message is the last line of pip's."""


def cache_folder() -> Path:
    """The folder for what takes long to make."""
    return user_cache_path("refrain-bench")


def transformer_folder() -> Path:
    """The model as a sentence-transformers folder."""
    folder = cache_folder() / "multilingual-e5-small"
    if not folder.exists():
        part = folder.with_name(f"{folder.name}.part")
        write_transformer_folder(part)
        part.rename(folder)
    return folder


def txtai_python() -> Path:
    """The Python of txtai's environment. Raises `NotInstalled`."""
    folder = cache_folder() / "txtai"
    python, done = folder / "bin" / "python", folder / f"installed-{TXTAI}"
    if not done.exists():
        print(f"Installing {TXTAI} in {folder}, once.", file=sys.stderr, flush=True)
        venv.create(folder, with_pip=True, clear=True)
        _install_torch(python)
        _install(python, TXTAI)
        done.touch()
    return python


def _install_torch(python: Path) -> None:
    """The build for ordinary processors, looked for as `make models` does."""
    makefile, lock = ((ROOT / name).read_text("utf-8") for name in ("Makefile", "requirements/models.lock"))
    torch = next(line.split()[0] for line in lock.splitlines() if line.startswith("torch=="))
    known = re.search(r"^TORCH_INDEX \?= (\S+)", makefile, re.MULTILINE)
    assert known
    index = os.environ.get("TORCH_INDEX", known[1])
    for options in (["--no-deps", "--no-index"], ["--no-deps", "--retries", "1", "--index-url", index], ["--no-deps"]):
        try:
            _install(python, *options, torch)
        except NotInstalled as error:
            failure = error
        else:
            return
    raise failure


def _install(python: Path, *what: str) -> None:
    command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile", *what]
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise NotInstalled((done.stderr.strip().splitlines() or ["pip failed"])[-1])
