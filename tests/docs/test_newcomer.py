"""What the README shows a newcomer to paste into a shell is pasted into one."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from serving import free_port
from waiting import until

README = Path(__file__).resolve().parents[2] / "README.md"


def test_a_shell_makes_a_key_checks_a_statement_and_receives_a_webhook(tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [lines] = [block for block in blocks if "post webhooks" in block]
    assert len(lines.splitlines()) < 15
    port = str(free_port())
    lines = lines.replace(":8000", f":{port}").replace("9000", str(free_port()))
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

    def answered():
        whole_lines = written.read_text("utf-8").rpartition("\n")[0].splitlines()
        answers = [json.loads(line) for line in whole_lines if line.startswith("{")]
        events = [line.removeprefix("Received: ") for line in whole_lines if line.startswith("Received: ")]
        if events and len(answers) == 3:
            return answers, events
        assert shell.poll() is None, written.read_text("utf-8")
        return None

    try:
        answers, events = until(answered, most_s=120)
    finally:
        os.killpg(shell.pid, signal.SIGKILL)
        shell.wait(10)
    [event] = map(json.loads, events)
    webhook, statement, check = answers
    assert (event["type"], event["subject"]) == ("flag.created", check["id"])
    assert check["matches"][0]["precedent"]["id"] == statement["id"]
    assert webhook["events"] == ["flag.created"]
