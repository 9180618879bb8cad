"""PostgreSQL hangs, is killed and comes back: requests are refused at once, and the service goes on by itself."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from taken_away import WORD, refused, seconds_of
from waiting import until

HANGS_S = 5  # far above what is wanted, for machines that are busy with other tests


@pytest.fixture
def service(serve, postgres):
    return serve(database_url=postgres.database()).wait_until_ready()


def test_a_server_that_hangs_and_one_that_is_restarted(service, postgres):
    assert service.statement("before").status_code == 201
    lines = "".join(json.dumps({"id": f"{n}", "text": f"Line {n} of the {WORD}."}) + "\n" for n in range(700))
    job = service.upload(lines)

    postgres.hang()
    with ThreadPoolExecutor(8) as callers:
        answers = list(callers.map(lambda _: seconds_of(service.check), range(8)))
    assert all(refused(answer) for answer, _ in answers)
    assert max(took_s for _, took_s in answers) < HANGS_S
    until(lambda: not service.readiness()["ready"])
    answer, took_s = seconds_of(lambda: service.caller.get("/v1/statements"))
    assert refused(answer)
    assert took_s < HANGS_S
    postgres.go_on()
    until(lambda: service.check().status_code == 201)

    postgres.kill()
    until(lambda: not service.readiness()["ready"])
    ends = time.monotonic() + 3
    asked = 0
    while time.monotonic() < ends:
        assert refused(service.check(record=True))
        asked += 1
    assert service.caller.get("/livez").status_code == 200
    postgres.start()
    until(lambda: service.readiness()["ready"])
    assert service.check(record=True).status_code == 201

    until(lambda: service.job(job)["state"] not in ("queued", "running"), 90)
    ended = service.job(job)
    assert (ended["state"], ended["counts"]["new"], service.statement_count()) == ("done", 700, 701)
    assert asked > 3
    assert "Traceback" not in service.written
    assert len(service.unusual) < 50, service.unusual
