"""What the client sends again, and what it does not; through a proxy that fails as planned."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import httpx
import pytest
from builders import GRAIN
from hypothesis import given
from hypothesis import strategies as st
from unsteady import DROP, LOSE, unsteady

from app.web.problems import ALL
from refrain_client import (
    AsyncRefrain,
    Conflict,
    ConnectionFailed,
    InvalidRequest,
    NotFound,
    OverLimit,
    Refrain,
    Retries,
    ServiceFault,
    Unavailable,
    UnexpectedAnswer,
)
from refrain_client.errors import error_of

QUICK = Retries(first_wait_s=0.01, longest_wait_s=0.02, deadline_s=20)


@pytest.fixture
def proxy(served):
    with unsteady(served.url) as one:
        yield one


@pytest.fixture
def refrain(served, proxy):
    with Refrain(proxy.url, served.key(), retries=QUICK) as one:
        yield one


def test_a_check_whose_answer_is_lost_is_sent_again_and_recorded_once(proxy, refrain):
    before = len(list(refrain.list_checks()))
    proxy.passed.clear()
    proxy.plan = [DROP, LOSE, (503, {"retry-after": "0"}), LOSE]
    check = refrain.check(GRAIN)
    [method, key], *others = proxy.passed
    assert (method, len(others)) == ("POST", 4)
    assert key
    assert {one for _, one in others} == {key}
    checks = list(refrain.list_checks())
    assert (len(checks) - before, checks[0].id) == (1, check.id)


def test_each_call_has_an_idempotency_key_of_its_own_unless_the_caller_names_one(proxy, refrain):
    first, second = refrain.check(GRAIN), refrain.check(GRAIN)
    assert first.id != second.id
    named = [refrain.check(GRAIN, idempotency_key="cms-42").id for _ in range(2)]
    assert named[0] == named[1]
    with pytest.raises(InvalidRequest) as mismatch:
        refrain.check("Something else.", idempotency_key="cms-42")
    assert mismatch.value.problem.slug == "idempotency-mismatch"
    keys = [key for _, key in proxy.passed]
    assert keys[2:] == ["cms-42"] * 3
    assert len(set(keys)) == 3


@pytest.mark.parametrize("status", [408, 429, 502, 503, 504])
def test_transient_failures_are_retried(proxy, refrain, status):
    proxy.plan = [(status, {})] * 3
    assert refrain.check_many([GRAIN])[0].text == GRAIN
    assert len(proxy.passed) == 4


def test_reading_and_changing_is_sent_again_too(proxy, refrain):
    made = refrain.narratives.record("A narrative that is told of badly")
    proxy.plan = [DROP, (502, {}), LOSE]
    assert refrain.narratives.change(made.id, description="Told").description == "Told"
    proxy.plan = [LOSE, DROP]
    assert refrain.narratives.get(made.id).description == "Told"
    assert [key for _, key in proxy.passed[1:]] == [None] * 7


def test_what_was_removed_when_the_answer_was_lost_is_removed(proxy, refrain):
    narrative = refrain.narratives.record("A narrative with a finding")
    found = refrain.findings.record("false", narrative=narrative.id)
    proxy.plan = [LOSE]
    refrain.findings.remove(found.id)
    assert [method for method, _ in proxy.passed[-2:]] == ["DELETE", "DELETE"]
    with pytest.raises(NotFound):
        refrain.findings.remove(found.id)


def test_permanent_failures_are_not_retried(proxy, refrain):
    for status, error in ((500, ServiceFault), (409, Conflict), (422, InvalidRequest), (302, UnexpectedAnswer)):
        proxy.passed.clear()
        proxy.plan = [(status, {})]
        with pytest.raises(error):
            refrain.status()
        assert len(proxy.passed) == 1


def test_retry_after_is_read_as_seconds_and_as_a_date_and_waited_for(proxy, refrain):
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for retry_after, least_s in (("3600", 3_600), (in_an_hour, 3_000)):
        proxy.plan, proxy.passed = [(429, {"retry-after": retry_after})], []
        with pytest.raises(OverLimit) as over:  # the wait would end after the deadline
            refrain.status()
        assert least_s <= over.value.retry_after_s <= 3_600
        assert len(proxy.passed) == 1
    long_ago = format_datetime(datetime(2021, 5, 23, tzinfo=UTC), usegmt=True)
    proxy.plan, proxy.passed = [(503, {"retry-after": value}) for value in ("0", long_ago, "in a while")], []
    assert refrain.status().ready
    assert len(proxy.passed) == 4


def test_a_quota_that_is_used_up_for_longer_than_the_deadline_is_an_error_at_once(served):
    with Refrain(served.url, served.key("check", limit_per_hour=1), retries=QUICK) as refrain:
        refrain.check(GRAIN)
        with pytest.raises(OverLimit) as over:
            refrain.check(GRAIN)
    assert over.value.retry_after_s > QUICK.deadline_s
    assert over.value.problem.violated_policies == ["key"]


def test_after_the_deadline_the_last_failure_is_raised(proxy, served):
    with Refrain(proxy.url, served.key(), retries=Retries(deadline_s=0.3, first_wait_s=0.05)) as refrain:
        proxy.plan = [(503, {})] * 1_000
        with pytest.raises(Unavailable):
            refrain.status()
        assert len(proxy.passed) > 1
        proxy.plan = [DROP] * 1_000
        with pytest.raises(ConnectionFailed) as failed:
            refrain.status()
        assert isinstance(failed.value.__cause__, httpx.TransportError)
    with Refrain(proxy.url, served.key(), retries=Retries(deadline_s=0)) as refrain:
        proxy.plan, proxy.passed = [(503, {})], []
        with pytest.raises(Unavailable):
            refrain.status()
        assert len(proxy.passed) == 1
        assert refrain.status().ready
    nowhere = Refrain("http://127.0.0.1:9", "key", retries=Retries(deadline_s=0.1))
    with nowhere, pytest.raises(ConnectionFailed):
        nowhere.status()


def test_the_client_for_asyncio_sends_again_as_well(proxy, served):
    async def main():
        async with AsyncRefrain(proxy.url, served.key(), retries=QUICK) as refrain:
            proxy.plan = [LOSE, (503, {}), DROP]
            check = await refrain.check("Said to a service that is hard to reach.")
            assert (await anext(refrain.list_checks())).id == check.id

    asyncio.run(main())
    assert len({key for method, key in proxy.passed if method == "POST"}) == 1


@given(attempts=st.integers(1, 200), jitter=st.floats(0, 1), retry_after_s=st.none() | st.floats(0, 1e6))
def test_a_wait_is_never_shorter_than_asked_for_and_else_never_longer_than_the_longest(attempts, jitter, retry_after_s):
    retries = Retries()
    wait_s = retries.wait_s(attempts, retry_after_s, jitter)
    if retry_after_s is None:
        assert 0 <= wait_s <= min(retries.longest_wait_s, retries.first_wait_s * 2 ** (attempts - 1))
    else:
        assert retry_after_s <= wait_s <= retry_after_s + retries.first_wait_s


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.slug)
def test_every_problem_type_has_its_error(kind):
    answer = httpx.Response(kind.status, json=kind.problem("what to do").model_dump(by_alias=True))
    error = error_of(answer)
    assert (error.problem.slug, error.problem.detail) == (kind.slug, "what to do")
    assert error.transient == (kind.status in (408, 429, 503) or kind.slug == "still-answering")
