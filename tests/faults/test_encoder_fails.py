"""The encoder fails or hangs: 503 without a text in the log, the index as it was, and `/readyz` tells."""

import sys
import threading
from pathlib import Path

import pytest
from waiting import until

HERE = Path(__file__).parent


@pytest.fixture
def fault(tmp_path):
    """The file that says what the encoder does."""
    return tmp_path / "fault"


@pytest.fixture
def service(serve, fault):
    command = [sys.executable, str(HERE / "broken_encoder.py"), str(fault)]
    paths = f"{HERE.parents[1]}:{HERE.parents[1] / 'client'}"
    return serve(command=command, PYTHONPATH=paths).wait_until_ready()


def unready(service, words):
    said = service.readiness()
    return not said["ready"] and any(words in reason for reason in said["reasons"])


def assert_refused(answer):
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/not-ready"), answer.text
    assert int(answer.headers["Retry-After"]) > 0


def test_an_encoder_that_fails_and_one_that_hangs(service, fault):
    assert service.statement(0).status_code == 201
    fault.write_text("fail")
    for number in range(1, 4):
        assert_refused(service.statement(number))
        assert_refused(service.check(f"Check number {number} of nothing"))
    until(lambda: unready(service, "the model failed"))
    assert service.caller.get("/v1/statements").status_code == 200
    fault.unlink()
    until(lambda: service.readiness()["ready"])
    assert service.check().status_code == 201

    fault.write_text("hang")
    stuck = threading.Thread(target=service.check, args=("The one that hangs",))
    stuck.start()
    until(lambda: unready(service, "the model has not answered"))
    assert_refused(service.check("Another one"))
    assert service.check().status_code == 201, "it was encoded before, and needs no model"
    assert service.caller.get("/livez").status_code == 200
    fault.unlink()
    stuck.join()
    until(lambda: service.readiness()["ready"])

    assert service.statement(4).status_code == 201
    assert service.statement_count() == 2
    assert service.readiness()["index_size"] == 2
    assert "Traceback" not in service.written
