"""Every call of the client, answered by a real service."""

import asyncio
import itertools
import json
from datetime import date, datetime

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE
from receiver import receiving

from refrain_client import (
    AccessDenied,
    AsyncRefrain,
    Check,
    Conflict,
    InvalidRequest,
    InvalidSignature,
    NotFound,
    Problem,
    Refrain,
    RefrainError,
    UnexpectedAnswer,
    verify,
)

_numbers = itertools.count(1)


def text():
    """A statement that no other test has made."""
    return f"The minister promised {next(_numbers):,} new schools before the summer."


def test_a_timeline_has_appearances_and_predictions(refrain):
    said, title = "Saboteurs are preparing to blow up the dam.", "The dam is to be blown up"
    narrative = refrain.narratives.record(title)
    made = refrain.statements.record(said, said_at="2021-04-24", narratives=[narrative.id])
    refrain.findings.record("false", statement=made.id, outcome="did_not_happen", outcome_url="https://example.org/o")
    timeline = refrain.narratives.timeline(narrative.id, include_children=True, limit=1)
    [entry] = timeline.items
    assert (entry.id, entry.sightings, timeline.recurrence.count, timeline.next_cursor) == (made.id, 1, 1, None)
    assert entry.prediction.status.label == "did_not_happen"
    assert entry.prediction.status.evidence.outcome_url == "https://example.org/o"
    assert refrain.narratives.get(narrative.id).predictions.did_not_happen == 1
    assert refrain.narratives.timeline(narrative.id, known_at=date(2020, 1, 1)).items == []
    check = refrain.check(said, said_at="2021-05-23")
    assert (check.narratives[0].title, check.prediction.status) == (title, None)
    refrain.statements.change(made.id, speaker="The minister")
    edited, created = refrain.statements.revisions(made.id)
    assert (edited.what, edited.changes[0].after, created.what) == ("edited", "The minister", "created")


def test_a_check_finds_the_statement_that_was_recorded_before(refrain):
    said = text()
    made = refrain.statements.record(said, said_at=date(2021, 4, 24), speaker="The minister", source={"name": "News"})
    check = refrain.check(said, said_at="2021-05-23", language="en", limit=1)
    assert isinstance(check, Check)
    assert (check.flagged, check.language.code, check.language.detected) == (True, "en", False)
    [match] = check.matches
    assert (match.precedent.id, match.precedent.said_at, match.days_before) == (made.id, "2021-04-24", 29)
    assert (match.tier, match.precedent.source.name, match.review) == ("near_verbatim", "News", None)
    assert check.recurrence.count == 1
    assert isinstance(check.created_at, datetime)
    assert refrain.get_check(check.id) == check


def test_many_checks_are_answered_in_order_with_a_problem_where_one_is_wrong(refrain):
    texts = [GRAIN] * 150
    texts[120] = "   "
    results = refrain.check_many([{"text": one, "record": False, "said_at": "2021"} for one in texts])
    assert len(results) == 150
    problem = results.pop(120)
    assert isinstance(problem, Problem)
    assert (problem.slug, problem.errors[0].pointer) == ("invalid", "/text")
    assert all(isinstance(one, Check) and one.text == GRAIN for one in results)


def test_lists_go_on_over_all_pages(refrain):
    title = f"A narrative number {next(_numbers)}"
    narrative = refrain.narratives.record(title)
    made = [refrain.statements.record(text(), narratives=[title]).id for _ in range(103)]
    listed = [one.id for one in refrain.statements.list(narrative=narrative.id)]
    assert listed == made[::-1]
    before = len(list(refrain.list_checks()))
    refrain.check(STAGED_ELSEWHERE)
    checks = list(refrain.list_checks())
    assert (len(checks) - before, checks[0].text) == (1, STAGED_ELSEWHERE)
    assert not any(one.flagged for one in refrain.list_checks(flagged=False))


def test_a_statement_is_changed_withdrawn_and_restored(refrain):
    made = refrain.statements.record(text(), speaker="The minister", title="A promise")
    changed = refrain.statements.change(made.id, speaker=None, said_at=date(2020, 1, 2))
    assert (changed.speaker, changed.said_at, changed.title) == (None, "2020-01-02", "A promise")
    refrain.statements.withdraw(made.id)
    assert refrain.statements.get(made.id).withdrawn
    with pytest.raises(Conflict, match="withdrawn"):
        refrain.statements.record(made.text, said_at="2020-01-02")
    assert not refrain.statements.change(made.id, withdrawn=False).withdrawn


def test_narratives_and_findings_are_recorded_listed_changed_and_removed(refrain):
    parent = refrain.narratives.record(f"A broader one {next(_numbers)}")
    child = refrain.narratives.record(f"A narrower one {next(_numbers)}", parent=parent.title, description="A script.")
    assert child.parent.id == parent.id
    assert refrain.narratives.change(child.id, description=None).description is None
    assert [one.id for one in refrain.narratives.list(q=child.title)] == [child.id]
    found = refrain.findings.record("false", narrative=child.id, publisher="Desk", published_at="2021-05")
    assert refrain.findings.get(found.id).published_at == "2021-05"
    assert [one.id for one in refrain.findings.list(narrative=child.id)] == [found.id]
    assert refrain.narratives.get(child.id).findings[0].verdict == "false"
    refrain.findings.remove(found.id)
    with pytest.raises(NotFound):
        refrain.findings.get(found.id)


def test_an_import_is_waited_for_with_its_progress(refrain, tmp_path):
    lines = [{"text": text(), "date": "2021-01-01"} for _ in range(300)]
    file = tmp_path / "lines.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in lines) + "{}\n")
    job = refrain.imports.create(file, private=True)
    progress = []
    done = refrain.imports.wait(job.id, on_progress=progress.append, every_s=0.05, most_s=60)
    assert (done.state, done.counts, done.private) == ("done", {"new": 300, "rejected": 1}, True)
    assert progress[-1] == done
    assert [(one.line, "text" in one.reason) for one in done.rejected] == [(301, True)]
    assert list(refrain.imports.rejected(job.id)) == done.rejected
    assert next(refrain.imports.list()).id == job.id
    with pytest.raises(Conflict, match="done already"):
        refrain.imports.cancel(job.id)


def test_a_bulk_check_gives_a_check_or_a_problem_for_each_line(refrain):
    said = text()
    refrain.statements.record(said, said_at="2021-01-01")
    job = refrain.bulk_checks.create([{"text": said, "said_at": date(2021, 5, 23)}, {"text": ""}, {"text": GRAIN}])
    done = refrain.bulk_checks.wait(job.id, every_s=0.05, most_s=60)
    assert (done.lines, done.counts["answered"], done.counts["rejected"]) == (3, 2, 1)
    first, second, third = refrain.bulk_checks.results(job.id)
    assert (first.line, first.check.flagged, first.problem) == (1, True, None)
    assert (second.check, second.problem.slug) == (None, "invalid")
    assert third.check.text == GRAIN
    with pytest.raises(TimeoutError):
        refrain.bulk_checks.wait(refrain.bulk_checks.create([{"text": GRAIN}] * 2_000).id, every_s=0.01, most_s=0)
    refrain.bulk_checks.cancel(next(refrain.bulk_checks.list()).id)


def test_a_webhook_receives_what_verify_says_is_from_the_service(refrain):
    with receiving() as receiver:
        webhook = refrain.webhooks.create(receiver.url, ["narrative.created"], description="Of a test")
        assert webhook.secret not in repr(webhook)
        narrative = refrain.narratives.record(f"A script to tell of {next(_numbers)}")
        [received] = receiver.wait_for(1)
        event = verify(received.body, received.headers, webhook.secret)
        assert (event.type, event.subject) == ("narrative.created", narrative.id)
        assert event.data["title"] == narrative.title
        secret = refrain.webhooks.rotate_secret(webhook.id).secret
        assert refrain.webhooks.test(webhook.id).event_type == "webhook.test"
        tried = receiver.wait_for(2)[1]
        for one in (secret, webhook.secret):  # for a day both are good
            assert verify(tried.body.encode(), tried.headers, one).type == "webhook.test"
        with pytest.raises(InvalidSignature):
            verify(tried.body + " ", tried.headers, secret)
        delivered = [one for one in refrain.webhooks.deliveries(webhook.id) if one.event_id == event.id]
        assert delivered[0].id == refrain.webhooks.resend(webhook.id, delivered[0].id).id
        assert receiver.wait_for(3)[2].id == event.id
    assert not refrain.webhooks.change(webhook.id, active=False).active
    assert webhook.id in [one.id for one in refrain.webhooks.list()]
    refrain.webhooks.remove(webhook.id)
    with pytest.raises(NotFound):
        refrain.webhooks.get(webhook.id)


def test_a_feed_is_watched(refrain):
    source = refrain.watched_sources.add("http://127.0.0.1:9/feed", name="News", read_from="page")
    assert (source.name, source.read_from, source.found.entries) == ("News", "page", 0)
    assert refrain.watched_sources.change(source.id, active=False, interval_minutes=60).interval_minutes == 60
    with pytest.raises(Conflict):
        refrain.watched_sources.read(source.id)
    assert source.id in [one.id for one in refrain.watched_sources.list()]
    assert list(refrain.watched_sources.entries(source.id)) == []
    refrain.watched_sources.remove(source.id)
    with pytest.raises(NotFound):
        refrain.watched_sources.get(source.id)


def test_a_webhook_of_a_chat_has_its_format(refrain):
    webhook = refrain.webhooks.create("http://127.0.0.1:9/hook", ["flag.created"], format="slack", language="en")
    assert (webhook.format, webhook.language) == ("slack", "en")
    assert refrain.webhooks.change(webhook.id, format="teams", language=None).format == "teams"


def test_a_key_knows_itself_and_the_archive_how_it_stands(served, refrain):
    with Refrain(served.url + "/", served.key("check", limit_per_hour=1000)) as one:
        me = one.me()
        assert (me.scopes, me.organisation.name, me.limits.key_per_hour) == (["check"], "Desk", 1000)
        assert one.status().policy.version == "of the tests"
    assert len(refrain.overview().days) == 30


def test_each_refusal_is_an_error_that_says_what_to_do(served, refrain):
    with pytest.raises(InvalidRequest) as invalid:
        refrain.check("x" * 5_001, said_at="yesterday")
    assert {one.pointer for one in invalid.value.problem.errors} == {"/text", "/said_at"}
    assert "/text" in str(invalid.value)
    with pytest.raises(NotFound) as missing:
        refrain.get_check("../statements")
    assert missing.value.problem.instance
    with Refrain(served.url, "none") as stranger, pytest.raises(AccessDenied, match="401"):
        stranger.me()
    with Refrain(served.url, served.key("read")) as reader, pytest.raises(AccessDenied, match="scope 'check'"):
        reader.check(STAGED)
    with Refrain(served.url + "/elsewhere", served.key()) as lost, pytest.raises(NotFound):
        lost.me()
    with Refrain(served.url + "/docs?", served.key()) as page, pytest.raises(UnexpectedAnswer):
        page.me()
    with pytest.raises(ValueError, match="no address"):
        Refrain("refrain.example.org", "key")
    assert all(issubclass(one, RefrainError) for one in (InvalidRequest, NotFound, AccessDenied, UnexpectedAnswer))


def test_the_client_for_asyncio_answers_the_same(served):
    async def main():
        async with AsyncRefrain(served.url, served.key()) as refrain:
            said = text()
            made = await refrain.statements.record(said, said_at="2021-01-01")
            check, many, me = await asyncio.gather(
                refrain.check(said, said_at="2021-05-23"), refrain.check_many([said, ""]), refrain.me()
            )
            assert check.matches[0].precedent.id == made.id
            assert isinstance(many[1], Problem)
            assert me.organisation.name == "Desk"
            assert check.id in [one.id async for one in refrain.list_checks(flagged=True)]
            job = await refrain.bulk_checks.create([{"text": said, "said_at": "2021-05-23"}])
            await refrain.bulk_checks.wait(job.id, every_s=0.05, most_s=60)
            [result] = [one async for one in refrain.bulk_checks.results(job.id)]
            assert result.check.matches[0].precedent.id == made.id
            with pytest.raises(NotFound):
                await refrain.statements.withdraw("nothing")

    asyncio.run(main())
