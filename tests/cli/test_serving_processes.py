"""Several processes that serve at one port: any of them answers for all, and one that ends is replaced."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import pytest
from builders import STAGED
from serving import COMMAND, free_port, wait_until_ready
from waiting import until


@dataclass
class Service:
    """A service of several processes: its parent, address, log and a key."""

    parent: subprocess.Popen
    address: str
    log: Path
    headers: dict

    def lines(self, message):
        """Lines of the log with a message."""
        return [line for line in map(json.loads, self.log.read_text().splitlines()) if line["message"] == message]

    def process_ids(self):
        """Ids of the processes that serve, by number, as of their last start."""
        return {line["process_number"]: line["process_id"] for line in self.lines("started")}

    def ask(self, method, path, **more):
        """An answer over a connection of its own."""
        return httpx.request(method, f"{self.address}{path}", timeout=30, headers=self.headers, **more)

    def readiness(self):
        return self.ask("GET", "/readyz").json()

    def metric(self, name):
        """The values of a metric, by its labels."""
        found = re.findall(rf"^{name}(?:{{(.*)}})? (\S+)$", self.ask("GET", "/metrics").text, re.MULTILINE)
        return {labels: float(value) for labels, value in found}

    def checks(self):
        """The number of checks that were answered, as any process says."""
        return self.metric("refrain_requests_total").get('method="POST",route="/v1/checks",status="201"', 0)


def runs(process_id):
    """True while a process runs; one that has ended and is not collected yet does not."""
    try:
        return Path(f"/proc/{process_id}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def connections_of(process_id, ports):
    """The number of connections that a process holds with clients at these ports."""
    held = psutil.Process(process_id).net_connections("tcp")
    return sum(bool(one.raddr) and one.raddr.port in ports for one in held)


def metric_folder(process_id):
    """Where a process counts together with others."""
    maps = Path(f"/proc/{process_id}/maps").read_text()
    return Path(re.search(r"(\S+)/counter_\d+\.db$", maps, re.MULTILINE)[1])


@pytest.fixture
def service(environment, refrain_process, tmp_path):
    made = refrain_process("keys", "create", "Plugin", "--scope", "check", "--scope", "write")
    port, log = free_port(), tmp_path / "log"
    given = {**environment, "REFRAIN_LOG_FORMAT": "json", "REFRAIN_PROCESSES": "2"}
    with log.open("wb") as to:
        # A child of another program, as the first process of a container gets them: its end is nobody's concern.
        command = f"sleep 3 & exec {COMMAND} serve --port {port}"
        parent = subprocess.Popen(["sh", "-c", command], env=given, stdout=to, stderr=to)
    headers = {"Authorization": f"Bearer {made.out.splitlines()[-1]}"}
    started = Service(parent, f"http://127.0.0.1:{port}", log, headers)
    try:
        wait_until_ready(started.address, parent)
        until(lambda: len(started.metric("process_start_time_seconds")) == 2, 120)
        yield started
    finally:
        parent.kill()
        parent.wait(10)
        for process_id in started.process_ids().values():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process_id, signal.SIGKILL)


def test_what_one_process_wrote_every_one_finds_and_counts_are_of_all(service):
    for number in range(20):
        text = f"{STAGED} It is warning {number}."
        wrote = service.ask("POST", "/v1/statements", json={"text": text, "said_at": "2021-02-01"})
        assert wrote.status_code == 201
        found = service.ask("POST", "/v1/checks", json={"text": text, "said_at": "2021-05-23"}).json()
        assert wrote.json()["id"] in [match["precedent"]["id"] for match in found["matches"]]
    until(lambda: {service.checks() for _ in range(10)} == {20})
    assert set(service.metric("process_resident_memory_bytes")) == {'process="1"', 'process="2"'}
    assert set(service.metric("refrain_ready").values()) == {1}
    assert psutil.Process(service.parent.pid).num_threads() == 1  # the others are forked off it


def test_connections_that_come_at_once_are_shared_evenly(service):
    address = ("127.0.0.1", httpx.URL(service.address).port)
    with contextlib.ExitStack() as kept:
        clients = [kept.enter_context(socket.create_connection(address)) for _ in range(40)]
        ports = {client.getsockname()[1] for client in clients}

        def taken():
            return [connections_of(process_id, ports) for process_id in service.process_ids().values()]

        until(lambda: sum(taken()) == 40)
        # One that the system does not wake for some moments may miss a few; left to themselves one takes them all.
        assert min(taken()) >= 12


def test_a_process_that_was_killed_is_replaced_and_nobody_is_refused(service):
    body = {"text": STAGED, "said_at": "2021-05-23"}
    for number in (2, 1):
        before = service.process_ids()[number]
        counted = service.checks()
        os.kill(before, signal.SIGKILL)
        until(lambda: service.lines("a process ended; another takes its place"))
        sent = 0
        while service.process_ids()[number] == before or len(service.metric("process_start_time_seconds")) < 2:
            assert service.ask("POST", "/v1/checks", json=body).status_code == 201
            assert service.readiness()["ready"]
            sent += 1
        assert sent
        expected = counted + sent
        until(lambda expected=expected: service.checks() == expected)
    assert [line["exit_code"] for line in service.lines("a process ended; another takes its place")] == [-9, -9]


def test_a_process_that_hangs_is_said_by_the_other_which_goes_on_and_is_replaced(service):
    hung = service.process_ids()[1]
    os.kill(hung, signal.SIGSTOP)
    reason = until(lambda: service.readiness().get("reason"), 60)
    assert re.fullmatch(r"process 1 has not answered for \d+ seconds", reason)
    assert service.metric("refrain_ready") == {"": 0}
    assert service.ask("POST", "/v1/checks", json={"text": STAGED}).status_code == 201
    until(lambda: not runs(hung), 120)
    until(lambda: service.readiness()["ready"] and service.process_ids()[1] != hung, 120)
    assert [line["process_id"] for line in service.lines("a process ended; another takes its place")] == [hung]


def test_a_signal_ends_all_after_what_they_have_in_hand(service):
    ids = service.process_ids().values()
    folder = metric_folder(min(ids))
    assert folder.is_dir()
    with httpx.Client(base_url=service.address, headers=service.headers) as kept:
        assert kept.post("/v1/checks", json={"text": STAGED}).status_code == 201
        service.parent.send_signal(signal.SIGTERM)
        assert service.parent.wait(60) == 0
    assert not any(map(runs, ids))
    assert not folder.exists()
    with pytest.raises(httpx.ConnectError):
        service.ask("GET", "/livez")
    assert "Traceback" not in service.log.read_text()


def test_processes_end_when_the_one_that_watches_over_them_was_killed(service):
    ids = service.process_ids().values()
    service.parent.kill()
    until(lambda: not any(map(runs, ids)), 60)
    assert "Traceback" not in service.log.read_text()


def test_a_start_that_fails_ends_in_a_line(refrain_process):
    unreachable = "postgresql://someone@127.0.0.1:1/archive"
    ran = refrain_process("serve", "--processes", "2", "--port", str(free_port()), REFRAIN_DATABASE_URL=unreachable)
    assert (ran.code, ran.out) == (1, "")
    assert "cannot open the database postgresql://someone@127.0.0.1:1/archive" in ran.err
    assert "Traceback" not in ran.err
