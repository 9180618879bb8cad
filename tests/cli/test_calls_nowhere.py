"""The service connects to nothing but this machine, looks no name up, and leaves no file outside its own folders.

It is watched from outside: every system call that can send anything, of all its threads and processes.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from builders import STAGED, STAGED_ELSEWHERE
from serving import COMMAND, free_port, wait_until_ready

from index.embedders.model_folder import default_model_dir
from index.embedders.preparation.prepare import ensure_prepared

IDLE_S = float(os.environ.get("IDLE_S", "15"))
"""Seconds for which the service is left alone. ONNX Runtime 1.32 sent its first events after 8 to 20."""

CALLS = "connect,sendto,sendmsg,sendmmsg"
SUPPRESSES = re.compile(r"^(CI|ORT_.*|HF_.*|.*_CI|CIRCLECI|TRAVIS|GITHUB_ACTIONS|.*TELEMETRY.*|DO_NOT_TRACK)$")
"""Variables with which libraries report nothing by themselves: users have none of them."""
LOOPBACK = re.compile(r'inet_addr\("127\.[\d.]+"\)|inet_pton\(AF_INET6, "(::1|::ffff:127\.[\d.]+)"')
OF_THE_RESOLVER = re.compile(r"_port=htons\((53|853|5353)\)|systemd/resolve|/nscd/")


@pytest.fixture(scope="module")
def strace():
    found = shutil.which("strace")
    if found is None:
        pytest.skip("strace is not installed: apt-get install strace, as make test does")
    return found


@pytest.fixture
def home(tmp_path):
    """A user who never ran anything: the folder, and the environment."""
    folder = tmp_path / "home"
    folder.mkdir()
    kept = {name: value for name, value in os.environ.items() if not SUPPRESSES.match(name)}
    places = {f"XDG_{name}_HOME": str(folder / name.lower()) for name in ("CACHE", "CONFIG", "DATA", "STATE")}
    own = {"HOME": str(folder), "REFRAIN_DATA_DIR": str(tmp_path / "data"), "TMPDIR": str(folder)}
    return folder, {**kept, **places, **own, "REFRAIN_MODEL_DIR": str(ensure_prepared(default_model_dir()).parent)}


def calls_of(trace):
    """The calls that name an address, but those that ask the kernel (netlink) or reach a socket in a file."""
    lines = trace.read_text("utf-8", "replace").splitlines()
    return [line for line in lines if "sa_family=" in line and "AF_NETLINK" not in line]


def assert_stays_here(calls):
    away = [call for call in calls if "AF_UNIX" not in call and not LOOPBACK.search(call)]
    assert away == []
    assert [call for call in calls if OF_THE_RESOLVER.search(call)] == []


def files_in(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def test_a_service_that_starts_checks_and_idles_sends_nothing_anywhere(strace, home, tmp_path):
    folder, environment = home
    made = subprocess.run(
        [COMMAND, "keys", "create", "Plugin", "--scope", "check", "--scope", "write"],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    headers = {"Authorization": f"Bearer {made.stdout.splitlines()[-1]}"}
    trace, port = tmp_path / "trace", free_port()
    address = f"http://127.0.0.1:{port}"
    command = [strace, "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", trace, COMMAND, "serve"]
    log = (tmp_path / "log").open("wb")
    process = subprocess.Popen(
        [*command, "--port", str(port)], env=environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        wait_until_ready(address, process, 240)
        body = {"text": STAGED, "said_at": "2021-04-24"}
        assert httpx.post(f"{address}/v1/statements", json=body, headers=headers, timeout=180).status_code == 201
        body = {"text": STAGED_ELSEWHERE, "said_at": "2021-05-23"}
        answer = httpx.post(f"{address}/v1/checks", json=body, headers=headers, timeout=180)
        assert len(answer.json()["matches"]) == 1
        assert httpx.get(f"{address}/docs", timeout=180).status_code == 200
        time.sleep(IDLE_S)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(120)
        log.close()
    assert_stays_here(calls_of(trace))
    assert files_in(folder) == []


def test_a_command_sends_nothing_anywhere(strace, home, tmp_path):
    folder, environment = home
    trace = tmp_path / "trace"
    command = [strace, "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", trace, COMMAND, "check", STAGED]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    assert_stays_here(calls_of(trace))
    assert files_in(folder) == []


def test_what_is_watched_would_be_seen(strace, tmp_path):
    trace = tmp_path / "trace"
    program = (
        "import socket; one = socket.socket(type=socket.SOCK_DGRAM); one.connect(('192.0.2.1', 9));"
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('127.0.0.1', 53))"
    )
    command = [strace, "-f", "-qq", "--seccomp-bpf", "-e", f"trace={CALLS}", "-o", trace, sys.executable, "-c", program]
    subprocess.run(command, check=False)
    with pytest.raises(AssertionError, match=r"192\.0\.2\.1"):
        assert_stays_here(calls_of(trace))
    with pytest.raises(AssertionError, match="53"):
        assert_stays_here([call for call in calls_of(trace) if "192.0.2.1" not in call])


def test_only_the_index_imports_the_runtime_so_that_it_is_configured_first():
    """What tells it is at the top of `index/__init__.py`, which any import of `index` runs before all else."""
    root = Path(__file__).resolve().parents[2]
    importing = re.compile(r"^\s*(import|from) (onnxruntime|huggingface_hub)\b", re.MULTILINE)
    sources = [file for folder in ("app", "migrations") for file in (root / folder).rglob("*.py")]
    assert [file for file in sources if importing.search(file.read_text("utf-8"))] == []
