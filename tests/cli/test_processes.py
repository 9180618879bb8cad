"""The installed command as a process of its own, and the service over real HTTP."""

import signal
import subprocess
import sys

import httpx
import pytest
from builders import STAGED, write_jsonl
from serving import COMMAND, free_port, wait_until_ready


@pytest.fixture
def served(environment, tmp_path):
    """The address of a service that runs until the test ends, and its process."""
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen([COMMAND, "serve", "--port", str(port)], env=environment, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.kill()
        process.wait(10)


def test_a_service_answers_with_a_key_and_an_import_that_came_after_its_start(served, refrain_process, tmp_path):
    address, process = served
    wait_until_ready(address, process)
    made = refrain_process("keys", "create", "Plugin", "--scope", "check")
    assert made.code == 0, made.err
    headers = {"Authorization": f"Bearer {made.out.splitlines()[-1]}"}
    body = {"text": STAGED, "said_at": "2021-05-23"}
    before = httpx.post(f"{address}/v1/checks", json=body, headers=headers)
    assert (before.status_code, before.json()["matches"]) == (201, [])
    file = write_jsonl(tmp_path / "one.jsonl", {"id": "1", "text": STAGED, "date": "2021-01-01", "lang": "en"})
    assert refrain_process("import", file).code == 0
    after = httpx.post(f"{address}/v1/checks", json=body, headers=headers).json()
    assert [match["precedent"]["external_id"] for match in after["matches"]] == ["1"]
    assert after["html_url"] == f"{address}/checks/{after['id']}"
    assert httpx.get(f"{address}/v1/checks").status_code == 401
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) in (0, -signal.SIGTERM)
    assert "Traceback" not in (tmp_path / "log").read_text()
    assert STAGED not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("command", ["migrate", "serve"])
def test_a_database_that_cannot_be_reached_is_said_in_a_line(refrain_process, command):
    url = "postgresql://someone:password-of-theirs@127.0.0.1:1/archive"
    ran = refrain_process(command, REFRAIN_DATABASE_URL=url)
    line = ran.failed_in_a_line()
    assert "cannot open the database postgresql://someone:***@127.0.0.1:1/archive" in line
    assert "password-of-theirs" not in line


def test_a_setting_misspelt_stops_the_service_in_a_line(refrain_process):
    assert "unknown setting REFRAIN_X: there are " in refrain_process("serve", REFRAIN_X="1").failed_in_a_line()


def test_serving_imports_no_torch(environment):
    program = (
        "import sys, app.cli.commands, app.main; "
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 0
