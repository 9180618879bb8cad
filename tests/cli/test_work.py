"""Background work in real processes, which are killed in the middle of it."""

import json
import signal
import sqlite3
import subprocess
import time
from collections import Counter

import httpx
import pytest
from receiver import receiving
from serving import COMMAND, free_port, wait_until_ready
from waiting import until

LINES = 10_000


@pytest.fixture
def environment(environment):
    return {**environment, "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1"}


@pytest.fixture
def start(environment, tmp_path):
    """Starts processes of the command, which end with the test."""
    started = []

    def run(*arguments, **more):
        with (tmp_path / f"log-{len(started)}").open("wb") as log:
            process = subprocess.Popen([COMMAND, *arguments], env={**environment, **more}, stdout=log, stderr=log)
        started.append(process)
        return process

    yield run
    for one in started:
        one.kill()
        one.wait(10)


@pytest.fixture
def serve(start):
    def run(**more):
        port = free_port()
        process = start("serve", "--port", str(port), **more)
        address = f"http://127.0.0.1:{port}"
        wait_until_ready(address, process)
        return address, process

    return run


@pytest.fixture
def key(refrain_process):
    made = refrain_process("keys", "create", "Of a test", "--scope", "write", "--scope", "check", "--scope", "admin")
    assert made.code == 0, made.err
    return {"Authorization": f"Bearer {made.out.splitlines()[-1]}"}


def corpus():
    return "".join(
        json.dumps({"id": f"n{number}", "text": f"Statement number {number} about grain.", "date": "2021-01-01"}) + "\n"
        for number in range(LINES)
    )


def test_an_import_killed_in_the_middle_is_in_the_archive_exactly_once_after_a_restart(serve, key, tmp_path):
    address, process = serve()
    begun = httpx.post(f"{address}/v1/imports", content=corpus(), headers=key, timeout=180).json()

    def job():
        return httpx.get(f"{address}/v1/imports/{begun['id']}", headers=key, timeout=180).json()

    kills = []
    for portion in (0.2, 0.5):
        before = until(lambda portion=portion: (one := job())["done"] >= portion * LINES and one, most_s=120)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        kills.append(before["done"])
        assert before["state"] == "running"
        address, process = serve()
        assert kills[-1] <= job()["done"] < LINES
    done = until(lambda: (one := job())["state"] == "done" and one, most_s=120)
    assert (done["done"], done["counts"]) == (LINES, {"new": LINES})
    database = sqlite3.connect(tmp_path / "data" / "refrain.sqlite3")
    ids = [row[0] for row in database.execute("SELECT external_id FROM statements")]
    assert len(ids) == LINES
    assert set(ids) == {f"n{number}" for number in range(LINES)}
    assert database.execute("SELECT count(*) FROM job_parts").fetchone() == (0,)
    database.close()
    status = until(lambda: (one := httpx.get(f"{address}/v1/status", headers=key).json())["ready"] and one)
    assert status["index"]["size"] == LINES
    text = {"text": "Statement number 7 about grain.", "record": False}
    [best, *_] = httpx.post(f"{address}/v1/checks", json=text, headers=key).json()["matches"]
    assert best["precedent"]["external_id"] == "n7"


def test_every_event_reaches_its_receiver_with_one_id_though_the_service_is_killed_while_it_tells(serve, key):
    count = 60
    with receiving(delay_s=0.02) as receiver:
        address, process = serve(REFRAIN_WORK_IN_BACKGROUND="0")
        hook = {"url": receiver.url, "events": ["narrative.created"]}
        made = httpx.post(f"{address}/v1/webhooks", json=hook, headers=key).json()
        for number in range(count):
            httpx.post(f"{address}/v1/narratives", json={"title": f"Script {number}"}, headers=key)
        assert receiver.received == []
        process.kill()
        process.wait(10)
        address, process = serve()
        until(lambda: len(receiver.received) >= count // 4)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
        at_the_kill = len(receiver.received)
        assert at_the_kill < count
        address, _ = serve()
        log = f"{address}/v1/webhooks/{made['id']}/deliveries"

        def delivered():
            some = httpx.get(log, params={"limit": 100, "state": "delivered"}, headers=key).json()["items"]
            return some if len(some) == count else None

        deliveries = until(delivered)
    event_ids = {one.event["data"]["title"]: one.id for one in receiver.received}
    assert set(event_ids) == {f"Script {number}" for number in range(count)}
    ids = Counter(one.id for one in receiver.received)
    assert set(ids) == {one["event_id"] for one in deliveries} == set(event_ids.values())
    assert len(receiver.received) <= count + 1  # at most what was in hand is told twice


def test_workers_of_their_own_share_the_work_that_the_service_leaves_to_them(serve, start, key):
    address, _ = serve(REFRAIN_WORK_IN_BACKGROUND="0")
    jobs = [
        httpx.post(
            f"{address}/v1/imports",
            content="".join(json.dumps({"id": f"{job}-{n}", "text": f"{job} {n}"}) + "\n" for n in range(500)),
            headers=key,
        ).json()
        for job in range(3)
    ]
    time.sleep(1)
    states = [httpx.get(f"{address}/v1/imports/{one['id']}", headers=key).json()["state"] for one in jobs]
    assert states == ["queued"] * 3
    workers = [start("work"), start("work")]

    def done():
        now = [httpx.get(f"{address}/v1/imports/{one['id']}", headers=key).json() for one in jobs]
        return all(one["state"] == "done" for one in now) and now

    for one in until(done, most_s=120):
        assert one["counts"] == {"new": 500}
    for worker in workers:
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
