"""What the README shows a newcomer to paste into a shell is pasted into one."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return str(one.getsockname()[1])


def test_a_shell_makes_a_key_checks_a_statement_and_receives_a_webhook(tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [lines] = [block for block in blocks if "post webhooks" in block]
    assert len(lines.splitlines()) < 15
    port = free_port()
    lines = lines.replace(":8000", f":{port}").replace("9000", free_port())
    commands = Path(sys.executable).parent
    environment = {
        **os.environ,
        "PATH": f"{commands}:{os.environ['PATH']}",
        "REFRAIN_DATA_DIR": str(tmp_path / "data"),
        "REFRAIN_EMBEDDER": "hashing",
        "REFRAIN_PORT": port,
    }
    written = tmp_path / "written"
    with written.open("wb") as out:
        shell = subprocess.Popen(
            ["bash", "-c", lines + "\nwait"], env=environment, stdout=out, cwd=tmp_path, start_new_session=True
        )
    try:
        for _ in range(1_200):
            whole_lines = written.read_text("utf-8").rpartition("\n")[0].splitlines()
            answers = [json.loads(line) for line in whole_lines if line.startswith("{")]
            events = [line.removeprefix("Received: ") for line in whole_lines if line.startswith("Received: ")]
            if events and len(answers) == 3:
                break
            assert shell.poll() is None, written.read_text("utf-8")
            time.sleep(0.1)
    finally:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.wait(10)
    [event] = map(json.loads, events)
    webhook, statement, check = answers
    assert (event["type"], event["subject"]) == ("flag.created", check["id"])
    assert check["matches"][0]["precedent"]["id"] == statement["id"]
    assert webhook["events"] == ["flag.created"]
