"""Background jobs over each database: done once in effect, whoever begins them and however often."""

import json

import pytest
from builders import GRAIN, STAGED, draft
from fakes import HeldClock

from app.domain.core.errors import Conflict, InvalidInput, NotFound, TooLarge
from app.domain.jobs.jobs import JOBS_AT_ONCE, JobKind, JobState
from app.services.jobs.requeue_stalled import UPLOADED_WITHIN, RequeueStalled
from app.services.jobs.run_jobs import HELD_FOR, JobCannotBeRetried


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    """Services whose wake-ups are kept in `signals`, instead of being sent to a worker."""
    built = process(clock=clock)
    built.store.on_signal = signals.append
    signals.clear()
    return built


signals = []


@pytest.fixture
def desk(archive):
    return archive.manage_keys.organisation("Desk")


def lines(count, first=0):
    return [
        json.dumps({"id": f"n{n}", "text": f"Statement number {n}.", "date": "2021-01-01"})
        for n in range(first, first + count)
    ]


def upload(archive, desk, some, kind=JobKind.IMPORT, **options):
    receiving = archive.accept_upload.begin(kind, desk, "some.jsonl", **options)
    content = "\n".join(some).encode()
    for start in range(0, len(content), 1_000):
        receiving.put(content[start : start + 1_000])
    return receiving.finish()


def work(archive, most=1_000):
    """Does what workers are woken for, until there is nothing, or so many times."""
    done = 0
    while signals and done < most:
        one = signals.pop(0)
        assert one.what == "job"
        archive.run_jobs(one.id, one.part)
        done += 1
    return done


def stored(archive):
    with archive.store.reading() as tx:
        return tx.statements.count()


def job_of(archive, desk, job):
    return archive.run_jobs.get(desk, job.kind, job.id)


def test_an_import_is_read_part_by_part_and_counted(archive, desk, clock):
    archive.record_statements([draft("Statement number 3.", "2021-01-01", external_id="n3")])
    job = upload(archive, desk, [*lines(300), "", "no json", '{"text": ""}', *lines(1)])
    assert (job.state, job.lines, job.done, job.name) == (JobState.QUEUED, 303, 0, "some.jsonl")
    work(archive, most=1)
    half = job_of(archive, desk, job)
    assert half.state is JobState.RUNNING
    assert 0 < half.done < 303
    assert stored(archive) == half.counts["new"] + 1
    work(archive)
    done = job_of(archive, desk, job)
    assert (done.state, done.done, done.finished_at) == (JobState.DONE, 303, clock())
    assert dict(done.counts) == {"new": 299, "unchanged": 2, "rejected": 2}
    rejected = archive.run_jobs.lines(done, 0, 10, rejected=True)
    assert [line.number for line in rejected] == [302, 303]
    assert "is not JSON" in rejected[0].problem
    assert "/text is empty" in rejected[1].problem
    assert stored(archive) == 300


def test_what_was_imported_can_be_found_at_once(archive, desk):
    upload(archive, desk, [json.dumps({"text": STAGED, "date": "2021-01-01"})])
    work(archive)
    from builders import request

    [check] = archive.check_statements([request(STAGED)])
    assert [match.precedent.text for match in check.matches] == [STAGED]


def test_a_part_signalled_to_two_workers_is_done_once(archive, process, desk, clock):
    other = process("two", clock=clock)
    other.store.on_signal = signals.append
    upload(archive, desk, lines(300))
    first = signals.pop()
    for one in (archive, other, archive):
        one.run_jobs(first.id, first.part)
    assert [one.part for one in signals] == [1]
    work(archive)
    assert stored(archive) == 300


def test_a_part_in_hand_is_left_to_its_worker_until_its_time_is_over(archive, desk, clock):
    job = upload(archive, desk, lines(10))
    signals.clear()
    with archive.store.writing() as tx:  # a worker that is killed has claimed it, and no more
        assert tx.jobs.claim(job.id, 0, clock(), clock() + HELD_FOR)
    archive.run_jobs(job.id, 0)
    assert stored(archive) == 0
    sweep = RequeueStalled(archive.store, clock)
    assert sweep() == []
    clock.advance(seconds=HELD_FOR.total_seconds())
    assert [(one.id, one.part) for one in sweep()] == [(job.id, 0)]
    signals.extend(sweep())
    work(archive)
    assert stored(archive) == 10
    assert job_of(archive, desk, job).state is JobState.DONE


def test_a_worker_that_comes_back_late_changes_nothing(archive, process, desk, clock):
    """The first worker's part takes longer than it may; a second one does it; then the first is finished."""
    other = process("two", clock=clock)
    job = upload(archive, desk, lines(10))
    slow = archive.run_jobs.work[JobKind.IMPORT]

    class Overtaken:
        prepare, after_commit = slow.prepare, slow.after_commit

        def commit(self, tx, job, prepared):
            raise AssertionError("the part is not there any more")

    class Slow(Overtaken):
        def prepare(self, job, part):
            clock.advance(seconds=HELD_FOR.total_seconds() + 1)
            other.run_jobs(job.id, part.number)
            return slow.prepare(job, part)

    archive.run_jobs.work[JobKind.IMPORT] = Slow()
    archive.run_jobs(job.id, 0)
    done = job_of(archive, desk, job)
    assert (done.state, dict(done.counts), done.done) == (JobState.DONE, {"new": 10}, 10)


def test_a_part_that_fails_is_tried_five_times_and_then_the_job_has_failed(archive, desk, caplog):
    job = upload(archive, desk, lines(200))
    work(archive, most=1)

    class Broken:
        def prepare(self, job, part):
            raise RuntimeError("of the test")

    archive.run_jobs.work[JobKind.IMPORT] = Broken()
    assert work(archive) == 5
    failed = job_of(archive, desk, job)
    assert (failed.state, failed.done, dict(failed.counts)) == (JobState.FAILED, 128, {"new": 128})
    assert "lines 129 to 200" in failed.error
    assert "of the test" in caplog.text
    assert "of the test" not in failed.error


def test_a_job_that_failed_is_tried_again_from_where_it_failed(archive, desk):
    job = upload(archive, desk, lines(200))
    work(archive, most=1)
    real = archive.run_jobs.work[JobKind.IMPORT]

    class Broken:
        def prepare(self, job, part):
            raise RuntimeError("of the test")

    archive.run_jobs.work[JobKind.IMPORT] = Broken()
    work(archive)
    with pytest.raises(NotFound):
        archive.run_jobs.retry(desk, JobKind.BULK_CHECK, job.id)
    archive.run_jobs.work[JobKind.IMPORT] = real
    assert archive.run_jobs.retry(desk, JobKind.IMPORT, job.id).state is JobState.QUEUED
    with pytest.raises(JobCannotBeRetried) as refused:
        archive.run_jobs.retry(desk, JobKind.IMPORT, job.id)
    assert refused.value.why == "state"
    work(archive)
    done = job_of(archive, desk, job)
    assert (done.state, done.done, dict(done.counts), done.error) == (JobState.DONE, 200, {"new": 200}, None)
    assert stored(archive) == 200


def test_a_job_without_its_lines_or_beside_ten_others_is_not_tried_again(archive, desk):
    class Broken:
        def prepare(self, job, part):
            raise RuntimeError("of the test")

    archive.run_jobs.work[JobKind.IMPORT] = Broken()
    job = upload(archive, desk, lines(3))
    work(archive)
    others = [upload(archive, desk, lines(1)) for _ in range(10)]
    with pytest.raises(JobCannotBeRetried, match="unfinished jobs"):
        archive.run_jobs.retry(desk, JobKind.IMPORT, job.id)
    archive.run_jobs.cancel(desk, JobKind.IMPORT, others[0].id)
    with archive.store.writing() as tx:
        tx.jobs.drop_parts(job)
    with pytest.raises(JobCannotBeRetried, match="send the file again"):
        archive.run_jobs.retry(desk, JobKind.IMPORT, job.id)


def test_while_the_index_is_being_prepared_a_bulk_check_waits(archive, desk, process, clock):
    unready = process("unready", clock=clock, opened=False)
    unready.store.on_signal = signals.append
    job = upload(unready, desk, [json.dumps({"text": STAGED})], JobKind.BULK_CHECK)
    assert work(unready, most=6) == 6
    assert signals[-1].after_s > 0
    assert job_of(unready, desk, job).state is JobState.RUNNING
    unready.archive.open()
    unready.archive.backfill()
    work(unready)
    assert job_of(unready, desk, job).state is JobState.DONE


def test_cancelling_ends_a_job_and_keeps_what_is_done(archive, desk):
    job = upload(archive, desk, lines(300))
    work(archive, most=1)
    cancelled = archive.run_jobs.cancel(desk, JobKind.IMPORT, job.id)
    assert (cancelled.state, cancelled.done) == (JobState.CANCELLED, 128)
    work(archive)
    assert stored(archive) == 128
    assert job_of(archive, desk, job) == cancelled
    with pytest.raises(Conflict, match="cancelled already"):
        archive.run_jobs.cancel(desk, JobKind.IMPORT, job.id)


def test_a_job_cancelled_while_a_part_is_in_hand_gets_no_more_of_it(archive, desk):
    job = upload(archive, desk, lines(10))
    real = archive.run_jobs.work[JobKind.IMPORT]

    class Cancelled:
        commit, after_commit = real.commit, real.after_commit

        def prepare(self, job, part):
            archive.run_jobs.cancel(desk, JobKind.IMPORT, job.id)
            return real.prepare(job, part)

    archive.run_jobs.work[JobKind.IMPORT] = Cancelled()
    work(archive)
    assert stored(archive) == 0
    assert job_of(archive, desk, job).state is JobState.CANCELLED


def test_a_bulk_check_answers_each_line_and_records_those_that_ask_for_it(archive, desk):
    archive.record_statements([draft(STAGED, "2021-01-01")])
    some = [
        json.dumps({"text": STAGED, "said_at": "2021-05-23"}),
        json.dumps({"text": GRAIN, "record": False}),
        json.dumps({"text": "", "said_at": "2021-13-01"}),
        json.dumps({"text": STAGED, "colour": "red"}),
        json.dumps({"text": STAGED, "language": "klingon-"}),
        '{"text": "\\ud800"}',
        "[]",
        "{",
    ]
    job = upload(archive, desk, some, JobKind.BULK_CHECK)
    work(archive)
    done = job_of(archive, desk, job)
    assert (done.state, dict(done.counts)) == (JobState.DONE, {"answered": 2, "flagged": 1, "rejected": 6})
    results = archive.run_jobs.lines(done, 0, 100)
    assert [one.number for one in results] == list(range(1, 9))
    assert results[0].answer.flagged is True
    problems = [one.problem for one in results[2:]]
    for problem, said in zip(
        problems, ("/said_at", "/colour", "/language", "/text", "object", "not JSON"), strict=True
    ):
        assert said in problem
    with archive.store.reading() as tx:
        recorded = tx.checks.find(desk, None, None, 10)
    assert [check.text for _, check in recorded] == [STAGED]


def test_a_private_import_is_found_by_its_organisation_only(archive, desk):
    from builders import request

    upload(archive, desk, [json.dumps({"text": STAGED, "date": "2021-01-01"})], private=True)
    work(archive)
    other = archive.manage_keys.organisation("Other")
    for whose, found in ((desk, 1), (other, 0), (None, 0)):
        [check] = archive.check_statements([request(STAGED, record=False)], whose)
        assert len(check.matches) == found


def test_another_organisation_sees_nothing_of_a_job(archive, desk):
    other = archive.manage_keys.organisation("Other")
    job = upload(archive, desk, lines(3))
    assert archive.run_jobs.find(other, JobKind.IMPORT, None, 10) == []
    assert [one.id for one in archive.run_jobs.find(desk, JobKind.IMPORT, None, 10)] == [job.id]
    for attempt in (archive.run_jobs.get, archive.run_jobs.cancel):
        with pytest.raises(NotFound):
            attempt(other, JobKind.IMPORT, job.id)
    with pytest.raises(NotFound):
        archive.run_jobs.get(desk, JobKind.BULK_CHECK, job.id)


def test_finished_jobs_and_uploads_that_were_broken_off_are_deleted(archive, desk, clock):
    sweep = RequeueStalled(archive.store, clock)
    done = upload(archive, desk, ["no json"])
    work(archive)
    broken_off = archive.accept_upload.begin(JobKind.IMPORT, desk)
    broken_off.put(b"\n".join(line.encode() for line in lines(200)))
    broken_off._store()
    waiting = upload(archive, desk, lines(3))
    clock.advance(seconds=UPLOADED_WITHIN.total_seconds() + 1)
    sweep()
    assert {one.id for one in archive.run_jobs.find(desk, JobKind.IMPORT, None, 10)} == {done.id, waiting.id}
    clock.advance(days=7)
    sweep()
    assert {one.id for one in archive.run_jobs.find(desk, JobKind.IMPORT, None, 10)} == {waiting.id}


def test_too_many_lines_too_many_jobs_and_no_lines_are_refused(archive, process, desk, clock):
    with pytest.raises(InvalidInput, match="no lines"):
        upload(archive, desk, ["", "  "])
    small = process("small", clock=clock, upload_lines=5)
    with pytest.raises(TooLarge, match="over 5 lines"):
        upload(small, desk, lines(6))
    upload(small, desk, lines(5))
    with archive.store.writing() as tx:
        for one in tx.jobs.find(desk, JobKind.IMPORT, None, 100):
            tx.jobs.remove(one)
    for _ in range(JOBS_AT_ONCE):
        upload(archive, desk, lines(1))
    with pytest.raises(Conflict, match="10 unfinished jobs"):
        upload(archive, desk, lines(1))
    upload(archive, archive.manage_keys.organisation("Other"), lines(1))


def test_a_line_that_is_too_long_is_rejected_and_the_rest_goes_in(archive, desk):
    long = json.dumps({"text": "x" * 1_000_000})
    job = upload(archive, desk, [*lines(1), long, *lines(1, 1)])
    work(archive)
    done = job_of(archive, desk, job)
    assert (done.lines, done.done, dict(done.counts)) == (3, 3, {"new": 2, "rejected": 1})
    [rejected] = archive.run_jobs.lines(done, 0, 10, rejected=True)
    assert (rejected.number, rejected.problem) == (2, "is over 1,000,000 bytes")
    only = upload(archive, desk, [long])
    assert job_of(archive, desk, only).state is JobState.DONE


@pytest.mark.parametrize("size", [1, 7, 64, 100_000])
def test_lines_are_the_same_however_the_bytes_arrive(archive, desk, size):
    content = "\r\n".join([*lines(5), "", '{"text": "Привет, мир."}']).encode() + b"\r\n"
    receiving = archive.accept_upload.begin(JobKind.IMPORT, desk)
    for start in range(0, len(content), size):
        receiving.put(content[start : start + size])
    job = receiving.finish()
    work(archive)
    assert dict(job_of(archive, desk, job).counts) == {"new": 6}
