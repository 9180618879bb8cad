"""A limit over real HTTP: of a thousand requests exactly as many as it says, on one process and on three."""

import subprocess
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest
from serving import COMMAND, free_port, wait_until_ready

LIMIT, REQUESTS = 100, 1_000


@pytest.mark.parametrize("count", [1, 3])
def test_of_a_thousand_requests_a_hundred_get_through(environment, refrain_process, tmp_path, count):
    made = refrain_process("keys", "create", "Plugin", "--scope", "check", "--limit-per-hour", LIMIT)
    headers = {"Authorization": f"Bearer {made.out.splitlines()[-1]}"}
    with ExitStack() as running:
        addresses = []
        for number in range(count):
            port = free_port()
            log = running.enter_context((tmp_path / f"log-{number}").open("wb"))
            command = [COMMAND, "serve", "--port", str(port)]
            process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            running.callback(process.wait, 10)
            running.callback(process.kill)
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            addresses.append(f"http://127.0.0.1:{port}")

        def ask(worker):
            with httpx.Client(base_url=addresses[worker % count], headers=headers, timeout=180) as caller:
                return [caller.get("/v1/checks") for _ in range(REQUESTS // 10)]

        with ThreadPoolExecutor(10) as workers:
            answers = [answer for some in workers.map(ask, range(10)) for answer in some]
    assert Counter(answer.status_code for answer in answers) == {200: LIMIT, 429: REQUESTS - LIMIT}
    left = [answer.headers["RateLimit"] for answer in answers if answer.status_code == 200]
    assert {int(one.split(";")[1].removeprefix("r=")) for one in left} == set(range(LIMIT))
    assert all(int(answer.headers["Retry-After"]) > 0 for answer in answers if answer.status_code == 429)
