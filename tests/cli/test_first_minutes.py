"""The first minutes with the command: help and version at once, and no archive made or asked in silence."""

import json
import socket
import subprocess
import sys

import pytest
from builders import GRAIN, STAGED, write_jsonl
from filelock import FileLock
from rich.console import Console
from rich.table import Table
from serving import COMMAND

from app.cli.output import print_whole

HEAVY = {"sqlalchemy", "alembic", "numpy", "faiss", "onnxruntime", "fastapi", "uvicorn", "trafilatura"}


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["serve", "--help"], ["check", "--help"], ["keys", "--help"]]
)
def test_help_and_version_import_nothing_heavy(environment, arguments):
    program = (
        "import sys; from app.cli import main\n"
        "try: main()\n"
        "finally: print('loaded:', *sorted({name.partition('.')[0] for name in sys.modules}), file=sys.stderr)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=True
    )
    assert "refrain" in ran.stdout
    [loaded] = [line.split() for line in ran.stderr.splitlines() if line.startswith("loaded:")]
    assert "typer" in loaded
    assert set(loaded) & HEAVY == set()


def test_the_version_is_the_packages(refrain_process):
    assert refrain_process("--version").out == "refrain 0.1.0\n"


@pytest.mark.parametrize(
    "arguments", [["check", STAGED], ["keys", "list"], ["accounts", "list"], ["organisations", "list"]]
)
def test_a_command_that_only_reads_says_that_it_made_a_new_archive_and_where(refrain, tmp_path, arguments):
    said = f"there was no archive in the data folder {tmp_path / 'data'}: a new, empty one was made there"
    assert said in refrain(*arguments).err
    assert "new, empty" not in refrain(*arguments).err


def test_a_check_in_an_empty_archive_says_which_one_that_is(refrain, tmp_path):
    refrain("migrate")
    assert f"the archive in the data folder {tmp_path / 'data'} is empty" in refrain("check", STAGED).err
    refrain("import", write_jsonl(tmp_path / "one.jsonl", {"id": "1", "text": GRAIN, "date": "2021", "lang": "en"}))
    assert refrain("check", STAGED).err == ""


def test_the_demos_archive_is_named_where_it_is_another(refrain, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    demo = tmp_path / "data" / "demo"
    demo.mkdir(parents=True)
    (demo / "refrain.sqlite3").touch()
    assert "REFRAIN_DATA_DIR=data/demo refrain" in refrain("check", STAGED).err


def test_an_article_without_a_day_says_what_that_means(refrain, tmp_path):
    article = tmp_path / "article.txt"
    article.write_text(f"The ministry said: “{STAGED}”")
    refrain("migrate")
    undated = refrain("check", "--document", article, "--json")
    assert "No day of publication was given or found" in undated.err
    assert "--published-at DAY" in undated.err
    assert json.loads(undated.out)["notice"]["code"] == "undated"
    dated = refrain("check", "--document", article, "--json", "--published-at", "2021-05-23")
    assert "No day" not in dated.err
    assert json.loads(dated.out)["notice"] is None


def test_an_unforeseen_error_is_a_sentence_and_with_debug_a_traceback(refrain, monkeypatch):
    def broken(*_):
        raise RuntimeError(STAGED)

    monkeypatch.setattr("app.settings.load_settings", broken)
    line = refrain("migrate").failed_in_a_line()
    assert "RuntimeError" in line
    assert "refrain --debug" in line
    assert STAGED not in line
    with pytest.raises(RuntimeError):
        refrain("--debug", "migrate")
    monkeypatch.setenv("REFRAIN_LOG_LEVEL", "debug")
    with pytest.raises(RuntimeError):
        refrain("migrate")


def test_a_table_of_figures_is_whole_in_a_narrow_terminal(capsys):
    table = Table("", *(f"a long name of figure {number}" for number in range(8)), box=None)
    table.add_row("all", *["0.123–0.456"] * 8)
    print_whole(Console(width=60), table)
    heads, figures = capsys.readouterr().out.splitlines()
    assert "a long name of figure 7" in heads
    assert figures.count("0.123–0.456") == 8


def test_a_taken_port_is_a_sentence_and_changes_nothing(environment, tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        given = {**environment, "REFRAIN_DEMO": "1", "REFRAIN_PORT": str(port)}
        ran = subprocess.run([COMMAND, "serve"], env=given, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 1
    [line] = ran.stderr.splitlines()
    assert line.startswith(f"refrain: port {port} of 127.0.0.1 is taken")
    assert f"REFRAIN_PORT={port + 1}" in line
    assert ran.stdout == ""
    assert not (tmp_path / "data").exists()


def test_a_second_demo_over_the_same_folder_leaves_the_first_as_it_is(environment, tmp_path):
    (tmp_path / "data").mkdir()
    with FileLock(tmp_path / "data" / "demo.lock"):
        given = {**environment, "REFRAIN_DEMO": "1", "REFRAIN_PORT": "0"}
        ran = subprocess.run([COMMAND, "serve"], env=given, capture_output=True, text=True, timeout=120, check=False)
    assert ran.returncode == 1
    assert "another process serves the demo" in ran.stderr
    assert ran.stdout == ""
    assert [file.name for file in (tmp_path / "data").iterdir()] == ["demo.lock"]
