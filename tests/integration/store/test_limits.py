"""A limit is exact: over both databases, from many threads and from several processes."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from builders import NOW

from app.domain.access.rate_limits import Quota
from app.store.access.rate_limits import open_limits

PROCESS = """
import sys
from datetime import UTC, datetime
from app.domain.access.rate_limits import Quota
from app.store.database import open_database
from app.store.access.rate_limits import open_limits
limits = open_limits(open_database(sys.argv[1]))
quotas = [Quota("organisation", "organisation:o", 1_000_000), Quota("key", "key:k", 100)]
sys.stdin.readline()
print(sum(limits.take(quotas, 1, datetime.now(UTC)).granted for _ in range(int(sys.argv[2]))))
limits.close()
"""


@pytest.fixture
def limits(store):
    opened = open_limits(store.engine)
    yield opened
    opened.close()


def key_quota(per_hour):
    return Quota("key", "key:k", per_hour)


@pytest.mark.parametrize("processes", [1, 3])
def test_of_a_thousand_requests_exactly_a_hundred_get_through(url, processes):
    shares = [1_000 // processes + (number < 1_000 % processes) for number in range(processes)]
    started = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, url, str(share)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for share in shares
    ]
    for one in started:
        one.stdin.write("now\n")
        one.stdin.flush()
    granted = [int(one.communicate(timeout=120)[0]) for one in started]
    assert [one.returncode for one in started] == [0] * processes
    assert sum(granted) == 100


def test_threads_at_once_take_exactly_what_there_is_of_two_quotas(limits):
    keys = [[Quota("organisation", "organisation:o", 50), Quota("key", f"key:{n}", 20)] for n in range(4)]
    together = threading.Barrier(4)

    def take(quotas):
        together.wait(10)
        return sum(limits.take(quotas, 1, NOW).granted for _ in range(40))

    with ThreadPoolExecutor(4) as threads:
        granted = list(threads.map(take, keys))
    assert sum(granted) == 50
    assert max(granted) <= 20
    left = [limits.take(quotas, 1_000, NOW).standings[1].remaining for quotas in keys]
    assert [20 - one for one in left] == granted


def test_a_refused_cost_is_taken_from_no_quota(limits):
    quotas = [Quota("organisation", "organisation:o", 100), key_quota(10)]
    assert limits.take(quotas, 6, NOW).granted
    refused = limits.take(quotas, 6, NOW)
    assert (refused.granted, [one.remaining for one in refused.standings]) == (False, [94, 4])
    assert limits.take(quotas, 4, NOW).granted


def test_a_window_opens_with_its_first_request_and_is_renewed_an_hour_later(limits):
    assert limits.take([key_quota(1)], 1, NOW).standings[0].resets_in_s == 3_600
    almost = limits.take([key_quota(1)], 1, NOW + timedelta(seconds=3_599))
    assert (almost.granted, almost.standings[0].resets_in_s) == (False, 1)
    assert limits.take([key_quota(1)], 1, NOW + timedelta(seconds=3_600)).granted


def test_a_limit_that_is_raised_or_lowered_holds_at_once(limits):
    assert limits.take([key_quota(5)], 4, NOW).granted
    assert not limits.take([key_quota(3)], 1, NOW).granted
    raised = limits.take([key_quota(10)], 1, NOW)
    assert (raised.granted, raised.standings[0].remaining) == (True, 5)


def test_what_is_used_is_known_after_a_restart(store, limits):
    limits.take([key_quota(5)], 5, NOW)
    again = open_limits(store.engine)
    assert not again.take([key_quota(5)], 1, NOW).granted
    again.close()


def test_counting_does_not_wait_for_somebody_who_writes_to_the_archive(store, limits):
    with store.writing() as tx:
        tx.statements.next_sequence()
        assert limits.take([key_quota(5)], 1, NOW).granted
