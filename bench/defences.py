"""Does each test of the threat model fail when the defence that it stands for is taken out?

    python bench/defences.py [WORD ...]

Takes the defences of `bench/defences.toml` (those whose test or file has one of the words in it) out one by one, in a copy of
the tree, and runs the test of each: first as the code is, where it has to pass, then without the defence, where it has to
fail. Prints a table; exit code 1 where a test passed without its defence. Takes about ten seconds a defence.
"""

import importlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIMIT_S = 300
PASSED, FAILED, HANGS = 0, 1, 124
"""Exit codes of pytest, and of a test that did not end in time; any other means that it did not run."""
OPTIONS = ("-q", "-x", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")
LOADED_ONCE = (
    "pytest", "numpy", "faiss", "onnxruntime", "tokenizers", "sqlalchemy", "alembic.command", "fastapi",
    "starlette.testclient", "pydantic", "trafilatura", "httpcore2", "huey", "psycopg", "joserfc.jwt", "babel", "tantivy",
)  # fmt: skip
"""Libraries that each process of a test would load for itself."""


def main() -> int:
    words = sys.argv[1:]
    listed = tomllib.loads((ROOT / "bench" / "defences.toml").read_text("utf-8"))["defence"]
    chosen = [one for one in listed if not words or any(word in one["test"] + one["file"] for word in words)]
    clean = True
    load_libraries()
    with tempfile.TemporaryDirectory(prefix="refrain-defences-") as name:
        tree = copied_to(Path(name) / "tree")
        sound = all_pass(tree, dict.fromkeys(one["test"] for one in chosen))
        print("| test | defence in | as it is | taken out |\n|---|---|---|---|", flush=True)
        for one in chosen:
            before = PASSED if sound else outcome(tree, [one["test"]])
            with taken_out(tree / one["file"], one["replace"], one["by"]):
                after = outcome(tree, [one["test"]])
            clean &= (before, after) == (PASSED, FAILED)
            print(f"| {one['test']} | {one['file']} | {said(before)} | {said(after)} |", flush=True)
    return 0 if clean else 1


def load_libraries() -> None:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    for library in LOADED_ONCE:
        importlib.import_module(library)


def copied_to(tree: Path) -> Path:
    """Copy of the files that git knows, compiled so that an edit is always seen."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for file in filter(None, listed.split("\0")):
        to = tree / file
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / file, to)
    compiling = ["-m", "compileall", "-q", "--invalidation-mode", "checked-hash", "app", "index", "tests", "client"]
    subprocess.run([sys.executable, *compiling], cwd=tree, check=True)
    return tree


@contextmanager
def taken_out(file: Path, found: str, replaced: str) -> Iterator[None]:
    """Edits a file for as long as the block runs. Raises `SystemExit` where the text is not there exactly once."""
    before = file.read_text("utf-8")
    if before.count(found) != 1:
        raise SystemExit(f"{file.name} has {before.count(found)} times: {found}")
    file.write_text(before.replace(found, replaced), "utf-8")
    try:
        yield
    finally:
        file.write_text(before, "utf-8")


def all_pass(tree: Path, tests: Sequence[str]) -> bool:
    """True if they pass in one process, which is quicker than one for each."""
    return outcome(tree, list(tests), len(tests) * LIMIT_S) == PASSED


def outcome(tree: Path, tests: Sequence[str], limit_s: float = LIMIT_S) -> int:
    """Exit code of pytest in a process of its own."""
    child = os.fork()
    if child == 0:
        run_tests(tree, tests)
    until = time.monotonic() + limit_s
    while time.monotonic() < until:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.1)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return HANGS


def run_tests(tree: Path, tests: Sequence[str]) -> None:
    """Becomes the process of the tests, and ends it."""
    os.setsid()
    written = os.open(tree.parent / "output.txt", os.O_CREAT | os.O_WRONLY | os.O_TRUNC)
    os.dup2(written, 1)
    os.dup2(written, 2)
    os.chdir(tree)
    own = [str(tree), str(tree / "client")]
    os.environ.update({"PYTHONPATH": os.pathsep.join(own), "PYTHONDONTWRITEBYTECODE": "1"})
    sys.dont_write_bytecode = True
    original = (ROOT, ROOT / "client", ROOT / "bench")
    sys.path[:] = [*own, *(entry for entry in sys.path if Path(entry).resolve() not in original)]
    del os.environ["ORT_DISABLE_TELEMETRY"]
    code = 70
    try:
        code = int(importlib.import_module("pytest").main([*OPTIONS, *tests]))
    except BaseException:  # noqa: BLE001 - printed here, for the process ends
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def said(code: int) -> str:
    return {PASSED: "passes", FAILED: "fails", HANGS: "does not end"}.get(code, f"does not run ({code})")


if __name__ == "__main__":
    sys.exit(main())
