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


def as_in_a_new_shell(folder):
    """The environment of a shell in a folder with `.venv`, as after `make demo`: `refrain` is on no path of it."""
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    commands = {str(Path(sys.executable).parent), str(Path(sys.executable).resolve().parent)}
    path = [
        part for part in os.environ["PATH"].split(":") if part not in commands or not Path(part, "refrain").exists()
    ]
    return {**os.environ, "PATH": ":".join(path)}


def test_the_commands_after_make_demo_find_its_archive(tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [lines] = [block for block in blocks if "refrain import" in block]
    (tmp_path / "sample").symlink_to(README.parent / "sample")
    environment = {**as_in_a_new_shell(tmp_path), "REFRAIN_EMBEDDER": "hashing"}
    demo = {**environment, "REFRAIN_DATA_DIR": "data/demo"}
    command = [".venv/bin/refrain", "import", "sample/corpus.jsonl"]
    subprocess.run(command, env=demo, cwd=tmp_path, check=True, capture_output=True)
    done = subprocess.run(
        ["bash", "-ec", lines], env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "Note:" not in done.stderr  # of an archive that is new or empty
    assert "0 new, 0 updated" in done.stderr  # nor is it another than the demo's

    elsewhere = subprocess.run(
        [".venv/bin/refrain", "check", "Words that were said."],
        env=environment, cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "there was no archive in the data folder data: a new, empty one was made there" in elsewhere.stderr
    assert "REFRAIN_DATA_DIR=data/demo refrain" in elsewhere.stderr


def test_a_shell_makes_a_key_checks_a_statement_and_receives_a_webhook(tmp_path):
    blocks = re.findall(r"```sh\n(.*?)```", README.read_text("utf-8"), re.DOTALL)
    [lines] = [block for block in blocks if "post webhooks" in block]
    assert len(lines.splitlines()) < 16
    port = str(free_port())
    assert lines.startswith('export PATH="$PWD/.venv/bin:$PATH"\n')  # or it is not found in a shell that is new
    lines = lines.replace(":8000", f":{port}").replace("9000", str(free_port()))
    environment = {
        **as_in_a_new_shell(tmp_path),
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
