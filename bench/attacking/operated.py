"""Faults on the machine of a service and its commands, and how these answer."""

import contextlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import httpx

from bench.attacking.target import REFRAIN, ROOT, Outcome, Target, problem, spread

_WORD = "Xylographenmarkt"


def _run(*arguments: str, cwd: Path, most_s: float = 120, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {name: value for name, value in os.environ.items() if not name.startswith("REFRAIN_")}
    return subprocess.run(
        [REFRAIN, *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=most_s,
        env={**settings, "PYTHONPATH": str(ROOT), "REFRAIN_EMBEDDER": "hashing", **environment},
    )  # fmt: skip


def metrics_and_exports(target: Target) -> Outcome:
    """Contract routes and commands that once did not exist."""
    with target.client("Desk A") as client:
        metrics = client.get("/metrics")
        exports = client.get("/v1/exports/jsonl")
    words = metrics.text
    folder = target.folder / "backup"
    backup = target.command("backup", str(folder)).strip().splitlines()[-1:]
    restored = _run("restore", str(folder), cwd=target.folder, REFRAIN_DATA_DIR=str(target.folder / "restored"))
    verified = _run("verify", cwd=target.folder, REFRAIN_DATA_DIR=str(target.folder / "restored"))
    leaks = _WORD in words or any(secret in words for secret in target.secrets.values())
    held = metrics.status_code == 200 and not restored.returncode and not verified.returncode and not leaks
    return Outcome(
        held,
        f"/metrics {metrics.status_code}, {len(words.splitlines())} lines; /v1/exports {exports.status_code}; backup {backup}; "
        f"restore {restored.returncode}; verify {verified.returncode} {_last(verified)}",
    )


def _last(ran: subprocess.CompletedProcess[str]) -> str:
    return " ".join((ran.stdout + ran.stderr).strip().splitlines()[-1:])[:160]


def locked(target: Target) -> Outcome:
    """Another process holds the database's write lock."""
    other = sqlite3.connect(target.data / "refrain.sqlite3", isolation_level=None, timeout=20)
    with target.client("Desk A") as client:
        try:
            other.execute("BEGIN IMMEDIATE")
            return _while_writes_fail(target, client)
        finally:
            other.close()


def disk_full(target: Target) -> Outcome:
    """Files may not grow any more, as on a full disk."""
    before = resource.prlimit(target.process.pid, resource.RLIMIT_FSIZE)
    grown = target.data / "refrain.sqlite3-wal"
    with target.client("Desk A") as client:
        while not grown.exists() or grown.stat().st_size < target.log.stat().st_size + 100_000:
            client.post("/v1/checks", json={"text": f"Grow, {_WORD}."}).raise_for_status()
        resource.prlimit(target.process.pid, resource.RLIMIT_FSIZE, (grown.stat().st_size, before[1]))
        try:
            for _ in range(300):  # the log of writes may have begun anew, and have room
                if client.post("/v1/checks", json={"text": f"Fill, {_WORD}."}).status_code != 201:
                    break
            return _while_writes_fail(target, client)
        finally:
            resource.prlimit(target.process.pid, resource.RLIMIT_FSIZE, before)
            for _ in range(100):
                if client.get("/readyz").status_code == 200:
                    break
                time.sleep(0.1)


def _while_writes_fail(target: Target, client: httpx.Client) -> Outcome:
    said = target.written
    answers: dict[str, str] = {}
    took: list[float] = []
    wanted = {"check": 201, "list": 200, "search": 200}
    wrong = []
    for _ in range(4):
        for name, method, path, body in (
            ("recorded", "POST", "/v1/checks", {"text": f"Our source, {_WORD}."}),
            ("check", "POST", "/v1/checks", {"text": f"Our source, {_WORD}.", "record": False}),
            ("article", "POST", "/v1/documents", {"text": f"He said that he has a source, {_WORD}."}),
            ("statement", "POST", "/v1/statements", {"text": f"A statement, {_WORD}."}),
            ("import", "POST", "/v1/imports", {"text": f"A line, {_WORD}."}),
            ("key", "POST", "/v1/keys", {"name": "k", "scopes": ["read"]}),
            ("list", "GET", "/v1/statements", None),
            ("search", "GET", f"/v1/search?q={_WORD}", None),
        ):
            began = time.monotonic()
            answer = client.request(method, path, json=body)
            took.append(time.monotonic() - began)
            answers[name] = problem(answer)
            refused = answer.status_code == 503 and "Retry-After" in answer.headers
            if (not refused and answer.status_code != wanted.get(name)) or (refused and name in wanted):
                wrong.append(f"{name} {problem(answer)}")
    new = target.written[len(said) :]
    if _WORD in new or "Traceback" in new:
        wrong.append("text or traceback in the log")
    return Outcome(
        not wrong and max(took) < 3,
        f"{answers}; {spread(took)}; {len(new.splitlines())} lines; wrong: {wrong or 'none'}",
    )


def second_run(target: Target) -> Outcome:
    """`make run` beside the first: does the first's key live on?"""
    folder = target.folder / "two"
    folder.mkdir()
    port = str(target.port + 1)
    environment = {
        **target.environment,
        "REFRAIN_DATA_DIR": str(folder / "data"),
        "REFRAIN_DEMO": "1",
        "REFRAIN_PORT": port,
    }
    log = folder / "log"
    with log.open("wb") as out:
        first = subprocess.Popen([REFRAIN, "serve"], env=environment, stdout=out, stderr=out)
    try:
        key = ""
        for _ in range(600):
            with contextlib.suppress(httpx.TransportError):
                if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                    break
            time.sleep(0.1)
        key = next(
            (word.strip(".,`'\"") for word in log.read_text().split() if word.strip(".,`'\"").startswith("rfr_")), ""
        )
        key = key or next((word for word in log.read_text().split() if len(word) > 30 and "/" not in word), "")
        headers = {"Authorization": f"Bearer {key}"}
        before = httpx.get(f"http://127.0.0.1:{port}/v1/me", headers=headers).status_code
        second = subprocess.run(
            [REFRAIN, "serve"], env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        time.sleep(1.2)
        after = httpx.get(f"http://127.0.0.1:{port}/v1/me", headers=headers).status_code
    finally:
        first.terminate()
        first.wait(30)
    said = second.stdout + second.stderr
    return Outcome(
        before == after == 200 and second.returncode != 0 and "Traceback" not in said and key not in said,
        f"key before {before}, after {after}; second ended {second.returncode}: {_last(second)!r}",
    )


def demo_folder(target: Target) -> Outcome:
    """`refrain check` in the folder where `make demo` ran, whose archive is in data/demo."""
    folder = target.folder / "minutes"
    (folder / "data").mkdir(parents=True)
    _run("demo", cwd=folder, REFRAIN_DATA_DIR="data/demo")
    ran = _run("check", "White Helmets are staging a chemical attack", cwd=folder)
    empty = _run("check", "", cwd=folder)
    said = ran.stdout + ran.stderr
    began = time.process_time()
    version = _run("--version", cwd=folder)
    return Outcome(
        "data/demo" in said
        and "Traceback" not in said
        and empty.returncode != 0
        and not version.returncode
        and began >= 0,
        f"{said.strip()[:230]!r}; empty: {_last(empty)!r}; {version.stdout.strip()!r}",
    )


def damaged_database(target: Target) -> Outcome:
    """Databases with a damaged page, cut off, of another program, of a later release: one sentence, no traceback."""
    wrong, outcomes = [], {}
    source = target.folder / "source.sqlite3"
    with sqlite3.connect(target.data / "refrain.sqlite3") as live, sqlite3.connect(source) as copy:
        live.backup(copy)
    whole = source.read_bytes()

    def later(path: Path) -> None:
        path.write_bytes(whole)
        with sqlite3.connect(path) as database:
            database.execute("UPDATE alembic_version SET version_num = '9999_later'")

    kinds = {
        "pages overwritten": lambda path: path.write_bytes(whole[:8_192] + b"\xa5" * 200_000 + whole[208_192:]),
        "cut off": lambda path: path.write_bytes(whole[: len(whole) // 3]),
        "no database": lambda path: path.write_bytes(b"Dear diary, " * 5_000),
        "empty": lambda path: path.write_bytes(b""),
        "of a later release": later,
        "a folder": lambda path: path.mkdir(),
        "not readable": lambda path: (path.write_bytes(whole), path.chmod(0)),
    }
    for name, make in kinds.items():
        folder = target.folder / f"damaged {name}"
        folder.mkdir()
        make(folder / "refrain.sqlite3")
        for command in (("check", "It was said before."), ("serve", "--port", str(target.port + 2))):
            if name in ("empty", "not readable"):  # an empty file is a new database, and root reads everything
                continue
            try:
                ran = _run(*command, cwd=folder, most_s=40, REFRAIN_DATA_DIR=str(folder))
            except subprocess.TimeoutExpired:
                outcomes[f"{name}, {command[0]}"] = "goes on"
                continue
            said = ran.stdout + ran.stderr
            outcomes[f"{name}, {command[0]}"] = f"{ran.returncode} {_last(ran)[:90]}"
            if "Traceback" in said or ran.returncode == 0 or len(said.splitlines()) > 6:
                wrong.append(f"{name}, {command[0]}: {len(said.splitlines())} lines")
    return Outcome(not wrong, f"{outcomes}; wrong: {wrong or 'none'}")


def without_scipy(target: Target) -> Outcome:
    """`refrain calibrate` where scipy is not installed."""
    hidden = target.folder / "hidden"
    (hidden / "scipy").mkdir(parents=True)
    (hidden / "scipy" / "__init__.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'scipy'\", name='scipy')\n"
    )
    ran = _run("calibrate", str(ROOT / "sample"), cwd=target.folder, PYTHONPATH=f"{hidden}:{ROOT}")
    said = ran.stdout + ran.stderr
    return Outcome("Traceback" not in said and ran.returncode != 0, f"{ran.returncode}: {said.strip()[:200]!r}")


def phones_home(target: Target) -> Outcome:
    """With a fresh cache folder: telemetry files of the runtime, and sockets to anywhere but this machine."""
    cache = target.folder / "cache"
    real = Path.home() / ".cache" / "refrain"
    cache.mkdir()
    if real.exists():
        (cache / "refrain").symlink_to(real)
    environment = {"XDG_CACHE_HOME": str(cache), "HOME": str(target.folder / "home"), "REFRAIN_EMBEDDER": ""}
    (target.folder / "home").mkdir()
    strace = shutil.which("strace")
    trace = target.folder / "trace"
    settings = {name: value for name, value in os.environ.items() if not name.startswith("REFRAIN_")}
    command = [str(REFRAIN), "check", "It was said before.", "--json"]
    if strace:
        command = [strace, "-f", "-e", "trace=connect,sendto,sendmsg", "-o", str(trace), *command]
    subprocess.run(command, capture_output=True, check=False, timeout=170, cwd=target.folder,
        env={**settings, "PYTHONPATH": str(ROOT), "REFRAIN_DATA_DIR": str(target.folder / "home-data"), **environment})  # fmt: skip
    made = [str(path) for path in (*cache.glob("[!r]*"), *(target.folder / "home").rglob("*")) if path.is_file()]
    calls = [line for line in trace.read_text().splitlines() if "AF_INET" in line] if trace.exists() else []
    return Outcome(
        not made and not calls, f"files {made or 'none'}; {len(calls)} network calls{'' if strace else ' (no strace)'}"
    )


def log_lines(target: Target) -> Outcome:
    """Check of the log: every line is one JSON object, and none has a text or a secret."""
    wrong = []
    for line in target.written.splitlines():
        try:
            json.loads(line)
        except ValueError:
            wrong.append(line[:100])
    leaked = [word for word in (_WORD, *target.secrets.values()) if word in target.written]
    return Outcome(
        not wrong and not leaked,
        f"{len(target.written.splitlines())} lines, no JSON: {wrong[:3] or 'none'}; leaked: {leaked or 'none'}",
    )


ROWS = (
    metrics_and_exports, locked, disk_full, second_run, demo_folder, damaged_database, without_scipy, phones_home, log_lines,
)  # fmt: skip
