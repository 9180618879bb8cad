"""The log of a real service: one format on one stream, what happened to whom, and never what anybody wrote."""

import json
import logging
import re
import signal
import socket
import subprocess
import sys
import warnings

import httpx
import pytest
from receiver import receiving
from serving import COMMAND, wait_until_ready
from waiting import until

from app.domain.access.keys import Scope
from app.observability.logs import JsonFormatter, TextFormatter

PLANTED = "periwinkle"
TEXT = f"Our confidential source says the {PLANTED} dam was opened by the ministry."


@pytest.fixture
def serve(environment, tmp_path):
    """Starts a service as a process of its own; its address, which its log has, its process and the file of its log."""
    started = []

    def start(**settings):
        file = tmp_path / f"log-{len(started)}"
        with file.open("wb") as log:
            process = subprocess.Popen(
                [COMMAND, "serve", "--port", "0"],
                env={**environment, **settings}, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        started.append(process)

        def port():
            assert process.poll() is None, file.read_text()
            return re.search(r'listening.*\bport"?[=:] ?(\d+)', file.read_text())

        address = f"http://127.0.0.1:{until(port, 180)[1]}"
        wait_until_ready(address, process, 180)
        return address, process, file

    yield start
    for process in started:
        process.kill()
        process.wait(10)


@pytest.fixture
def caller(refrain):
    """A client of a service with a new key that reaches everything."""
    clients = []

    def make(address):
        made = refrain("keys", "create", "Desk", *(part for scope in Scope for part in ("--scope", scope)))
        assert made.code == 0, made.err
        headers = {"Authorization": f"Bearer {made.out.splitlines()[-1]}"}
        clients.append(httpx.Client(base_url=address, headers=headers, timeout=180))
        return clients[-1]

    yield make
    for one in clients:
        one.close()


def stop(process):
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) in (0, -signal.SIGTERM)


def lines_of(file):
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def one(lines, message):
    [found] = [line for line in lines if line["message"] == message]
    return found


def test_every_line_is_json_and_tells_what_happened_and_never_what_was_written(serve, caller, tmp_path):
    with receiving(then=500) as receiver:
        address, process, file = serve(REFRAIN_WEBHOOK_ALLOWED_HOSTS="127.0.0.1")
        desk = caller(address)
        assert desk.post("/v1/webhooks", json={"url": receiver.url, "events": ["job.finished"]}).status_code == 201
        wrong = f'{{"text": "{TEXT}", "said_at": "{PLANTED}"}}\n'
        job = desk.post("/v1/imports", content=json.dumps({"text": TEXT}) + "\n" + wrong).json()
        until(lambda: desk.get(f"/v1/imports/{job['id']}").json()["state"] == "done")
        asked = {"text": TEXT}
        assert desk.post("/v1/checks", json=asked, headers={"X-Request-Id": "this-one"}).status_code == 201
        assert desk.post("/v1/checks", json={**asked, "said_at": PLANTED}).status_code == 422
        assert desk.post("/v1/checks", content=f'{{"text": "{PLANTED}').status_code == 400
        assert desk.get("/v1/search", params={"q": PLANTED}).status_code in (200, 422)
        until(lambda: '"webhook delivery failed"' in file.read_text())
        stop(process)
    lines = lines_of(file)
    assert PLANTED not in file.read_text("utf-8")
    assert desk.headers["Authorization"].removeprefix("Bearer ") not in file.read_text("utf-8")
    assert all({"time", "level", "logger", "message"} <= set(line) for line in lines)
    started = one(lines, "started")
    assert started["version"]
    assert (started["embedder"], started["index"]) == ("hashing (no model)", "faiss:")
    assert started["database"].startswith("sqlite:///")
    assert started["data"] == str(tmp_path / "data")
    listening = one(lines, "listening")
    assert f"http://{listening['host']}:{listening['port']}" == address
    assert one(lines, "schema migrated")["to_revision"]
    ready = one(lines, "ready")
    assert (ready["index_size"], ready["seconds"] >= 0) == (0, True)
    began, ended = one(lines, "job began"), one(lines, "job ended")
    assert (began["job_id"], ended["job_id"], ended["kind"]) == (job["id"], job["id"], "import")
    assert (ended["state"], ended["counts"]) == ("done", {"new": 1, "rejected": 1})
    assert began["organisation_id"] == ended["organisation_id"]
    failed = one(lines, "webhook delivery failed")
    assert (failed["status"], failed["tries"], failed["level"]) == (500, 1, "warning")
    [answered] = [line for line in lines if line.get("request_id") == "this-one"]
    assert (answered["method"], answered["path"], answered["status"]) == ("POST", "/v1/checks", 201)
    assert answered["key"]
    assert one(lines, "index snapshot saved")["index_size"] == 1
    assert (one(lines, "stop requested")["signal"], one(lines, "stopped")["level"]) == ("SIGTERM", "info")


def test_an_error_is_one_line_with_its_frames_and_without_the_values(serve, caller, environment):
    address, process, file = serve()
    desk = caller(address)
    break_table = (
        "import os, sqlite3; c = sqlite3.connect(os.environ['REFRAIN_DATA_DIR'] + '/refrain.sqlite3'); "
        "c.execute('ALTER TABLE checks RENAME TO gone')"
    )
    subprocess.run([sys.executable, "-c", break_table], env=environment, check=True)
    answer = desk.post("/v1/checks", json={"text": TEXT}, headers={"X-Request-Id": "this-one"})
    assert answer.status_code >= 500
    stop(process)
    assert PLANTED not in file.read_text("utf-8")
    [error] = [line for line in lines_of(file) if "traceback" in line]
    assert error["request_id"] == "this-one"
    assert error["organisation_id"]
    assert error["key"] in desk.headers["Authorization"]
    assert "OperationalError" in error["error"]
    assert "no such table: checks" in error["traceback"]
    assert "check_statements.py" in error["traceback"]


def test_a_port_that_is_taken_is_said_in_the_same_format(environment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        command = [COMMAND, "serve", "--port", str(taken.getsockname()[1])]
        asked = {**environment, "REFRAIN_LOG_FORMAT": "json"}
        ran = subprocess.run(command, env=asked, capture_output=True, text=True, timeout=180, check=False)
    assert ran.returncode != 0
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert any("is taken" in line["message"] for line in lines)


def test_a_line_of_text_is_for_people(serve):
    address, process, file = serve(REFRAIN_LOG_FORMAT="text")
    httpx.get(f"{address}/livez", headers={"X-Request-Id": "this-one"})
    stop(process)
    [line] = [line for line in file.read_text().splitlines() if "request_id=this-one" in line]
    start = r"\d{4}-\d\d-\d\dT[\d:.]+Z INFO    refrain\.request: answered request_id=this-one method=GET path=/livez "
    assert re.match(start, line)


def test_the_sentence_that_ends_a_command_is_json_where_that_is_asked_for(refrain_process):
    ran = refrain_process("serve", REFRAIN_LOG_FORMAT="json", REFRAIN_DATABASE_URL="mysql://somewhere")
    assert ran.code == 1
    line = json.loads(ran.err)
    assert (line["level"], "REFRAIN_DATABASE_URL" in line["message"]) == ("critical", True)


def record_of(error, name="refrain.request", message="it failed", *arguments):
    try:
        raise error
    except type(error):
        return logging.LogRecord(name, logging.ERROR, __file__, 1, message, arguments, sys.exc_info())


class Quoting(ValueError):
    """An error of a library that quotes what it was given."""


def chained():
    try:
        raise KeyError(TEXT)
    except KeyError as error:
        failure = Quoting(TEXT)
        failure.__cause__ = error
        failure.add_note(TEXT)
        return failure


@pytest.mark.parametrize("form", [JsonFormatter(), TextFormatter()])
@pytest.mark.parametrize(
    "error", [Quoting(TEXT), KeyError(TEXT), UnicodeDecodeError("utf-8", TEXT.encode(), 0, 1, TEXT), chained()]
)
def test_messages_of_exceptions_that_may_quote_are_left_out(form, error):
    written = form.format(record_of(error))
    assert PLANTED not in written
    assert type(error).__name__ in written
    assert "record_of" in written


@pytest.mark.parametrize("error", [TypeError("'int' object is not iterable"), OSError(28, "No space left on device")])
def test_messages_that_name_things_of_the_program_are_kept(error):
    assert str(error).rpartition("] ")[2] in json.loads(JsonFormatter().format(record_of(error)))["error"]


@pytest.mark.parametrize(
    ("name", "message", "arguments"),
    [
        ("trafilatura.core", "discarding %s", (TEXT,)),
        ("asyncio", f"Task exception was never retrieved\nfuture: <Task exception=ValueError('{TEXT}')>", ()),
    ],
)
def test_what_libraries_log_is_kept_without_what_it_is_about(name, message, arguments):
    written = JsonFormatter().format(logging.LogRecord(name, logging.WARNING, __file__, 1, message, arguments, None))
    assert PLANTED not in written
    assert json.loads(written)["message"] == message.splitlines()[0]


def test_a_line_of_text_stays_one_line_whatever_is_in_it():
    record = logging.LogRecord("refrain.request", logging.INFO, __file__, 1, "a\nb\x1b[2J", (), None)
    record.path = "/v1/\nlevel=critical\u2028"
    written = TextFormatter().format(record)
    assert len(written.splitlines()) == 1
    assert "\x1b" not in written


def test_warnings_and_uncaught_exceptions_are_lines_too_and_the_level_counts(environment):
    program = f"""
import logging, threading, warnings
from app.observability.logs import set_up_service
set_up_service("json", "warning")
logging.getLogger("refrain.request").info("not said")
warnings.warn("an old call", DeprecationWarning, stacklevel=1)
warnings.warn("{TEXT}", UserWarning, stacklevel=1)
def fail(): raise ValueError("{TEXT}")
thread = threading.Thread(target=fail, name="of-a-test"); thread.start(); thread.join()
fail()
"""
    command = [sys.executable, "-W", "always", "-c", program]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert PLANTED not in ran.stderr
    lines = [json.loads(line) for line in ran.stderr.splitlines()]
    assert [line["message"] for line in lines] == [
        "DeprecationWarning: an old call", "UserWarning", "uncaught exception in a thread", "uncaught exception",
    ]  # fmt: skip
    assert lines[2]["thread_name"] == "of-a-test"
    assert warnings.showwarning.__module__ != "app.observability.logs"
