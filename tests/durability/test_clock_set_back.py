"""A clock that is set back holds nothing up for as long as it was set back, and breaks no order."""

from datetime import timedelta

import pytest
from builders import PASSWORD, STAGED, account, draft, request, services
from fakes import HeldClock

from app.domain.access.accounts import SignInRefused, TooManyAttempts
from app.domain.access.rate_limits import Quota
from app.domain.jobs.jobs import JobKind
from app.services.access.idempotency import Claim
from app.services.statements.ports import StatementFilter


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(clock, tmp_path, empty_url):
    made = services(tmp_path, database_url=empty_url, clock=clock)
    yield made
    made.store.close()


@pytest.fixture
def desk(archive):
    return archive.manage_organisations.create("Desk")


def test_a_job_whose_worker_was_killed_goes_on(archive, desk, clock):
    upload = archive.accept_upload.begin(JobKind.IMPORT, desk)
    upload.put(b'{"text": "The harbour was closed.", "lang": "en"}\n')
    job = upload.finish()
    with archive.store.writing() as tx:
        tx.jobs.claim(job.id, 0, clock(), clock() + timedelta(seconds=30))
    assert archive.background.requeue_stalled() == []
    clock.advance(days=-1)
    [signal] = archive.background.requeue_stalled()
    archive.run_jobs(signal.id, signal.part)
    assert archive.run_jobs.get(desk, JobKind.IMPORT, job.id).state == "done"


def test_a_used_up_quota_is_renewed_within_the_hour(archive, clock):
    limits, quota = archive.rate_limit.limits, [Quota("key", "key:1", 2)]
    assert limits.take(quota, 2, clock()).granted
    assert not limits.take(quota, 1, clock()).granted
    clock.advance(seconds=-30)  # as clocks of two processes differ
    assert not limits.take(quota, 1, clock()).granted
    clock.advance(days=-1)
    assert limits.take(quota, 1, clock()).granted


def test_nobody_waits_for_attempts_at_signing_in_that_were_made_later(archive, clock):
    user = account(archive)
    for _ in range(9):
        with pytest.raises((SignInRefused, TooManyAttempts)):
            archive.sign_in(user.login, "wrong", address="192.0.2.1")
    with pytest.raises(TooManyAttempts):
        archive.sign_in(user.login, PASSWORD, address="192.0.2.1")
    clock.advance(days=-1)
    session = archive.sign_in(user.login, PASSWORD, address="192.0.2.1")
    clock.advance(hours=-2)
    assert archive.sign_in.session(session.token) is not None


def test_a_request_whose_process_was_killed_can_be_sent_again(archive, desk, clock):
    assert isinstance(archive.idempotency.begin(desk, "one", "hash"), Claim)
    assert archive.idempotency.begin(desk, "one", "hash") is None
    clock.advance(days=-1)
    assert isinstance(archive.idempotency.begin(desk, "one", "hash"), Claim)


def test_what_is_recorded_later_stays_later_in_lists_and_in_the_index(archive, desk, clock):
    [first] = archive.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    one = archive.check_statements([request()], desk)[0].id
    clock.advance(days=-400)
    [second] = archive.record_statements([draft(f"{STAGED} Again.", "2021-01-02", external_id="2")])
    [answer] = archive.check_statements([request()], desk)
    assert {match.precedent.external_id for match in answer.matches} == {"1", "2"}
    with archive.store.reading() as tx:
        listed = [statement.id for statement in tx.statements.find(StatementFilter(), None, 10)]
    assert listed == [second.statement.id, first.statement.id]
    assert [check.id for _, check in archive.browse_checks.find(desk, None, None, 10)] == [answer.id, one]
