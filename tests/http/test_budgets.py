"""Work ends: past its budget of processor time, and when nobody waits for it any more."""

import json
import logging
import socket
import threading
import time

import pytest
from builders import GRAIN, STAGED, client, signed_in
from serving import serving_app
from starlette.testclient import TestClient
from waiting import until

from app.main import create_app
from app.services.jobs import job_parts
from app.settings import Settings
from index.processor_budget import _current, check_processor_budget

COSTLY = "This text takes for ever."


class Reading:
    """Language detection that reads a costly text for as long as it is let."""

    def __init__(self, real):
        self.real = real
        self.began = threading.Event()
        self.ended = threading.Event()
        self.may_end = True
        self.budgets = []

    def detect(self, text):
        if budget := _current.get():
            self.budgets.append(budget.seconds)
        if COSTLY not in text:
            return self.real.detect(text)
        self.began.set()
        try:
            until_s = time.monotonic() + 60
            while time.monotonic() < until_s:
                check_processor_budget()
            return "en"
        finally:
            self.ended.set()

    def __getattr__(self, name):
        return getattr(self.real, name)


@pytest.fixture
def reading(archive):
    reading = Reading(archive.check_statements.languages)
    object.__setattr__(archive.check_statements, "languages", reading)
    object.__setattr__(archive.check_document, "languages", reading)
    return reading


def caller_with(archive, **settings):
    return TestClient(create_app(archive, Settings(**settings)), headers=client(archive).headers)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/checks", {"text": COSTLY}),
        ("/v1/checks/batch", {"checks": [{"text": GRAIN}, {"text": COSTLY}]}),
        ("/v1/documents", {"text": f"{COSTLY} {STAGED} {GRAIN}"}),
    ],
)
def test_what_takes_more_processor_time_than_a_request_may_is_refused_and_says_so(archive, reading, path, body):
    caller = caller_with(archive, processor_budget_s=0.1)
    answer = caller.post(path, json=body, headers={"Idempotency-Key": "one"})
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/too-costly")
    assert "shorter parts" in answer.json()["detail"]
    assert caller.get("/v1/checks").json()["items"] == []
    assert caller.post("/v1/checks", json={"text": GRAIN}, headers={"Idempotency-Key": "one"}).status_code == 201


def test_a_page_says_so_as_well(archive, reading):
    reader = signed_in(archive)
    app = create_app(archive, Settings(processor_budget_s=0.1))
    browser = TestClient(app, headers=reader.headers, cookies=dict(reader.cookies), follow_redirects=False)
    answer = browser.post("/check", data={"csrf": reader.csrf, "text": COSTLY})
    assert answer.status_code == 422
    assert "text/html" in answer.headers["content-type"]
    assert "shorter parts" in answer.text


def test_batches_and_articles_have_more_time(archive, reading):
    caller = caller_with(archive, processor_budget_s=7)
    caller.post("/v1/checks", json={"text": GRAIN})
    caller.post("/v1/checks/batch", json={"checks": [{"text": GRAIN}]})
    caller.post("/v1/documents", json={"text": GRAIN})
    assert reading.budgets[:2] == [7, 21]
    assert set(reading.budgets[2:]) == {21}


def test_what_was_answered_as_too_slow_ends(archive, reading, caplog):
    caller = caller_with(archive, request_timeout_s=0.3, processor_budget_s=100)
    with caller, caplog.at_level(logging.INFO, logger="refrain.request"):
        answer = caller.post("/v1/checks", json={"text": COSTLY})
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/too-slow")
        assert reading.ended.wait(20)
        until(lambda: "ended after it was answered" in caplog.text)
        assert caller.get("/v1/checks").json()["items"] == []
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("method", ["POST", "GET"])
def test_what_nobody_waits_for_any_more_ends_without_an_error(archive, reading, caplog, method):
    authorised = client(archive).headers["Authorization"]
    body = json.dumps({"text": COSTLY}).encode()
    head = f"POST /v1/checks HTTP/1.1\r\nHost: x\r\nAuthorization: {authorised}\r\nContent-Length: {len(body)}\r\n\r\n"
    app = create_app(archive, Settings(processor_budget_s=100))
    if method == "GET":

        @app.get("/v1/reading")
        def read():
            reading.detect(COSTLY)

        head, body = f"GET /v1/reading HTTP/1.1\r\nHost: x\r\nAuthorization: {authorised}\r\n\r\n", b""
    with (
        caplog.at_level(logging.INFO, logger="refrain.request"),
        serving_app(app, log_level="warning", lifespan="off") as url,
    ):
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
            connection.sendall(head.encode() + body)
            assert reading.began.wait(20)
        assert reading.ended.wait(20)
        until(lambda: "its client is gone" in caplog.text)
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert client(archive).get("/v1/checks").json()["items"] == []


def test_a_costly_line_of_a_job_is_rejected_and_the_others_are_answered(archive, desk, reading, monkeypatch):
    monkeypatch.setattr(job_parts, "PART_BUDGET_S", 0.2)
    monkeypatch.setattr(job_parts, "LINE_BUDGET_S", 0.2)
    lines = "\n".join(json.dumps({"text": text}) for text in (STAGED, COSTLY, GRAIN))
    job = desk.post("/v1/bulk-checks", content=lines).json()
    archive.run_jobs(job["id"], 0)
    done = desk.get(f"/v1/bulk-checks/{job['id']}").json()
    assert (done["state"], done["counts"]["answered"], done["counts"]["rejected"]) == ("done", 2, 1)
    results = [json.loads(line) for line in desk.get(f"/v1/bulk-checks/{job['id']}/results").text.splitlines()]
    assert [result["line"] for result in results if "problem" in result] == [2]
    [refused] = [result["problem"]["detail"] for result in results if "problem" in result]
    assert "processor time" in refused
    assert {result["line"]: result["check"]["text"] for result in results if "check" in result} == {1: STAGED, 3: GRAIN}


def test_a_costly_line_of_an_import_is_rejected_and_the_others_are_recorded(archive, desk, monkeypatch):
    monkeypatch.setattr(job_parts, "PART_BUDGET_S", 0.2)
    monkeypatch.setattr(job_parts, "LINE_BUDGET_S", 0.2)
    real = type(archive.record_statements.encode).__call__

    def encode(self, texts, *arguments, **options):
        while any(COSTLY in text.text for text in texts):
            check_processor_budget()
        return real(self, texts, *arguments, **options)

    monkeypatch.setattr(type(archive.record_statements.encode), "__call__", encode)
    lines = "\n".join(json.dumps({"text": text}) for text in (STAGED, COSTLY, GRAIN))
    job = desk.post("/v1/imports", content=lines).json()
    archive.run_jobs(job["id"], 0)
    done = desk.get(f"/v1/imports/{job['id']}").json()
    assert (done["state"], done["counts"]["new"], done["counts"]["rejected"]) == ("done", 2, 1)
    [refused] = done["rejected"]
    assert refused["line"] == 2
    assert "processor time" in refused["reason"]
    assert {one["text"] for one in desk.get("/v1/statements").json()["items"]} == {STAGED, GRAIN}
