"""What was known on a day, kept and told by both databases, in few questions."""

import json

from builders import GRAIN, NOW, STAGED, STAGED_ELSEWHERE, draft, period, request
from fakes import HeldClock
from sqlalchemy import event, text

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.statements.statements import Finding

NARRATIVE = "A staged attack is being prepared"
BY = Actor("key-1", "An editor")
THEN = "2021-05-24"


def recorded(process, clock, *drafts):
    """An archive with these statements, and their ids."""
    services = process(clock=clock)
    recorded = services.record_statements(drafts, by=BY)
    return services, [one.statement.id for one in recorded]


def found(services, wording=STAGED, **fields):
    [check] = services.check_statements([request(wording, record=False, **fields)])
    return [match.precedent for match in check.matches]


def test_a_statement_is_found_as_of_a_day_with_its_text_date_narratives_and_findings(process):
    clock = HeldClock()
    first = draft(STAGED, "2021-04-01", [NARRATIVE], findings=(Finding("unfounded", outcome="unknown"),))
    services, [statement] = recorded(process, clock, first)
    clock.advance(days=2)
    [finding] = services.edit_finding.find(statement, None, None, 10)
    services.edit_finding.remove(finding[1].id)
    changes = {"text": GRAIN, "said_at": period("2021-06"), "speaker": "B"}
    services.edit_statement.change(statement, changes, [], by=BY)
    clock.advance(days=1)
    services.edit_statement.withdraw(statement, by=BY)
    assert found(services) == found(services, GRAIN) == []
    [then] = found(services, known_at=period(THEN))
    assert (then.text, then.said_at.text, then.speaker, then.withdrawn) == (STAGED, "2021-04-01", None, True)
    assert [ref.title for ref in then.narratives] == [NARRATIVE]
    assert [(one.verdict, one.outcome) for one in then.findings] == [("unfounded", "unknown")]
    assert then.prediction.status.label == "unknown"
    history = services.statement_history(statement)
    assert [(one.what, one.by) for one in history] == [("withdrawn", BY), ("edited", BY), ("created", BY)]
    assert {change.name for change in history[1].changes} == {"text", "said_at", "speaker", "narratives"}


def test_membership_of_a_narrative_is_known_for_each_interval(process):
    clock = HeldClock()
    services, [statement] = recorded(process, clock, draft(STAGED, "2021-04-01", [NARRATIVE]))
    for names in ([], [NARRATIVE], []):
        clock.advance(days=1)
        services.edit_statement.change(statement, {}, names)
    filed = [
        [ref.title for ref in found(services, known_at=period(f"2021-05-{day}"))[0].narratives]
        for day in (23, 24, 25, 26)
    ]
    assert filed == [[NARRATIVE], [], [NARRATIVE], []]


def test_a_timeline_and_a_tally_follow_what_another_process_does(process):
    clock = HeldClock()
    services, [statement, _] = recorded(
        process, clock, draft(STAGED, "2021-04-01", [NARRATIVE]), draft(STAGED_ELSEWHERE, "2021-04-02", [NARRATIVE])
    )
    [(_, narrative)] = services.edit_narrative.find(None, None, 10)
    assert services.narrative_timeline.tally(narrative).open == 2
    other = process("two", clock=clock)
    other.edit_finding.record(Finding("false", statement=statement, outcome="did_not_happen"))
    assert services.narrative_timeline.tally(narrative).did_not_happen == 1
    other.edit_statement.change(statement, {}, [])
    assert services.narrative_timeline.tally(narrative).count == 1
    timeline = services.narrative_timeline(narrative.id, 0, 10)
    assert [entry.text for entry in timeline.entries] == [STAGED_ELSEWHERE]


def test_histories_take_the_same_number_of_queries_whatever_their_length(process):
    services, _ = recorded(
        process, HeldClock(), *(draft(f"{STAGED} {n}", f"2020-01-{n:02}", [NARRATIVE]) for n in range(1, 29))
    )

    def questions():
        services.narrative_timeline.narrative_cache.__init__()
        asked = []
        listening = services.store.engine, "before_cursor_execute", lambda *args: asked.append(args[2])
        event.listen(*listening)
        with services.store.reading() as tx:
            ref = tx.narratives.resolve(NARRATIVE)
            asked.clear()
            [history] = services.narrative_timeline.histories(tx, [ref], period("2021-05-23"), None)
            first = len([one for one in asked if one.startswith("SELECT")])
            asked.clear()
            services.narrative_timeline.histories(tx, [ref], period("2021-05-23"), None)
        event.remove(*listening)
        return history.recurrence.count, first, len([one for one in asked if one.startswith("SELECT")])

    count, first, again = questions()
    assert count == 28
    assert first <= 4
    assert again <= 1


def test_a_stored_answer_of_the_release_before_is_read_with_nothing_in_the_new_places(process):
    services, _ = recorded(process, HeldClock(), draft(STAGED, "2021-04-01", [NARRATIVE], findings=(Finding("false"),)))
    with services.store.writing() as tx:
        organisation = tx.access.ensure_organisation("Desk")
    assert isinstance(organisation, Organisation)
    [check] = services.check_statements([request()], organisation)
    with services.store.engine.begin() as connection:
        answer = json.loads(connection.execute(text("SELECT answer FROM checks")).scalar_one())
        for new in ("known_at", "prediction", "narratives", "explanation", "document"):
            answer.pop(new, None)
        answer["recurrence"].pop("typical_interval_days")
        for match in answer["matches"]:
            match.pop("explanation", None)
            match["precedent"].pop("prediction")
            for finding in match["precedent"]["findings"]:
                del finding["outcome"], finding["outcome_url"]
        connection.execute(text("UPDATE checks SET answer = :answer"), {"answer": json.dumps(answer)})
    with services.store.reading() as tx:
        read = tx.checks.by_id(organisation, check.id)
    assert (read.id, read.text, read.created_at) == (check.id, STAGED, NOW)
    assert (read.prediction, read.narratives, read.known_at) == (None, (), None)
    assert read.matches[0].precedent.findings[0].outcome is None
