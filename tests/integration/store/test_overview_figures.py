"""The figures of the overview, and predictions to work off, over both databases."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from builders import account, draft
from builders import services as build
from fakes import HeldClock
from overview_data import PREDICTED, UNDATED, DeskWithHistory
from sqlalchemy import event

from app.domain.core.errors import Conflict
from app.domain.statements.statements import Finding, NarrativeDraft
from app.services.desk.ports import FlagFilter
from app.services.narratives.ports import NarrativeFilter
from app.services.predictions.ports import lapsed_by


@pytest.fixture
def services(tmp_path, url):
    built = build(tmp_path, database_url=url, clock=HeldClock())
    yield built
    built.store.close()


@pytest.fixture
def desk(services):
    return DeskWithHistory(services)


def queries(services, use):
    """Statements that the database is sent while `use` runs."""
    sent = []
    event.listen(services.store.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    use()
    return [one for one in sent if one.lstrip().upper().startswith(("SELECT", "WITH"))]


def test_flags_are_counted_by_day_and_state_and_the_oldest_wait_is_found(services, desk):
    precedent = desk.statement("A staged attack is being prepared.", 40)
    flags = [desk.flag(f"Attack number {at} is staged.", precedent, back) for at, back in enumerate((31, 20, 20, 1, 0))]
    desk.judge(flags[2], desk.analyst(), "confirmed")
    read = services.read_overview(desk.organisation)
    by_day = {day.day.isoformat(): dict(day.counts) for day in read.days if day.total}
    assert by_day == {desk.day(20): {"open": 1, "confirmed": 1}, desk.day(1): {"open": 1}, desk.day(0): {"open": 1}}
    assert len(read.days) == 30
    assert read.counts == {"open": 4, "confirmed": 1, "dismissed": 0}
    assert read.oldest.id == flags[0].id
    assert (read.at - read.oldest.since).days == 31


def test_the_list_of_a_day_has_the_flags_that_its_figure_counts(services, desk):
    precedent = desk.statement("A staged attack is being prepared.", 40)
    flags = [desk.flag(f"Attack number {at} is staged.", precedent, back) for at, back in enumerate((20, 20, 1))]
    found, _ = services.browse_flags.find(desk.organisation, FlagFilter(flagged_on=desk.day(20)), "newest", None, 10)
    assert [flag.check.id for _, flag in found] == [flags[1].id, flags[0].id]


def test_a_deleted_flag_is_not_counted_and_verify_finds_the_counters_right(services, desk):
    precedent = desk.statement("A staged attack is being prepared.", 40)
    gone, kept = (desk.flag(f"Attack number {at} is staged.", precedent, 2) for at in range(2))
    with services.store.writing() as tx:
        tx.erasures.check(desk.organisation, gone.id, desk.now)
    [day] = [one for one in services.read_overview(desk.organisation).days if one.total]
    assert day.counts == {"open": 1}
    assert kept.id == services.read_overview(desk.organisation).oldest.id
    with services.store.reading() as tx:
        assert not tx.consistency._wrong_facets()


def fill_narratives(desk):
    """Narratives in every state, some of whose statements are under others below them, private, or dated to a year."""
    for back in (5, 6, 70, 100):
        desk.statement(f"Grows, said {back} days ago.", back, ["Growing"])
    for back in (85, 266):
        desk.statement(f"Came back, said {back} days ago.", back, ["Returned"])
    desk.services.edit_narrative.record(NarrativeDraft("Below", None, None, "Returned"))
    desk.statement("Below, said 80 days ago.", 80, ["Below", "Returned"])
    for back in (5, 184):
        desk.statement(f"Just not back, said {back} days ago.", back, ["Paused"])
    for back in (3, 4, 5, 95, 96, 97):
        desk.statement(f"As ever, said {back} days ago.", back, ["Steady"])
    desk.statement("Long ago.", 400, ["Dormant"])
    desk.statement("New, said two days ago.", 2, ["New"])
    year = draft("Some time in the year.", str(desk.now.year), ["Returned"])
    desk.services.record_statements([year, draft("Ahead.", "2999-01-01", ["Dormant"])])


def listed_in(services, reader, state):
    found = services.browse_narratives.overview(NarrativeFilter(sort="recent"), state, 1, reader)
    return [(line.narrative.ref.title, line.narrative.activity) for line in found.lines], found.total


def test_narratives_grow_and_come_back_by_the_rule_of_their_list(services, desk):
    fill_narratives(desk)
    read = services.read_overview(desk.organisation)
    reader = account(services, "reader", desk.organisation.name)
    for state, of in (("growing", read.growing), ("back", read.returned)):
        shown = [(one.ref.title, one.activity) for one in of.most_active]
        assert (shown, of.count) == listed_in(services, reader, state)
    assert [one.ref.title for one in read.growing.most_active] == ["Growing"]
    assert [(one.ref.title, one.activity.pause.days) for one in read.returned.most_active] == [("Returned", 181)]


def test_numbers_of_recent_narratives_are_those_of_the_list_to_the_day(services, desk):
    fill_narratives(desk)
    others = services.manage_organisations.create("Others")
    services.record_statements([draft("Own.", desk.day(1), ["Paused"], owner=others.key)])
    for viewer in (desk.organisation, others):
        for moment in (desk.now, desk.now - timedelta(days=3), desk.now + timedelta(days=30, hours=5)):
            with services.store.reading() as tx:
                whole = tx.narratives.overview(NarrativeFilter(), moment, viewer, None)
                seen = tx.narratives.recently_seen(moment, viewer)
            assert {one.ref.title: one.activity for one in seen} == {
                one.ref.title: one.activity for one in whole if one.activity.recent
            }


def test_another_organisation_sees_nothing_of_it(services, desk):
    precedent = desk.statement("A staged attack is being prepared.", 40)
    check = desk.flag("An attack is staged.", precedent, 1)
    desk.judge(check, desk.analyst(), "confirmed")
    services.record_statements(
        [draft(PREDICTED.format(1), desk.day(40), ["Secret"], owner=desk.organisation.key)]
        + [draft(f"Secret {at}.", desk.day(at), ["Secret"], owner=desk.organisation.key) for at in (1, 2, 3)]
    )
    assert services.read_overview(desk.organisation).predictions.lapsed == 1
    other = services.read_overview(services.manage_organisations.create("Others"))
    assert not any(day.total for day in other.days)
    assert (other.oldest, other.growing.count, other.agreement.judged, other.predictions.lapsed) == (None, 0, 0, 0)


def test_agreement_is_computed_from_decisions_that_were_not_taken_back(services, desk):
    precedent = desk.statement("A staged attack is being prepared.", 40)
    agreed, differed = (desk.flag(f"Attack number {at} is staged.", precedent, 1) for at in range(2))
    ann, bob = desk.analyst(), desk.analyst()
    for check, of_bob in ((agreed, "confirmed"), (differed, "dismissed")):
        desk.judge(check, ann, "confirmed")
        desk.judge(check, bob, of_bob)
    read = services.read_overview(desk.organisation)
    assert (read.agreement.judged, read.agreement.agreed) == (2, 1)
    assert [flag.id for flag in read.disputed] == [differed.id]


def test_the_number_of_queries_does_not_grow_with_what_is_shown(services, desk):
    few = len(queries(services, lambda: services.read_overview(desk.organisation)))
    precedent = desk.statement("A staged attack is being prepared.", 40)
    for at in range(12):
        desk.flag(f"Attack number {at} is staged.", precedent, at, outlet=f"Outlet {at}")
        desk.statement(f"Said {at} days ago.", at, [f"Narrative {at % 3}"])
        desk.statement(PREDICTED.format(at), 60 + at)
    many = queries(services, lambda: services.read_overview(desk.organisation))
    assert len(many) <= few + 1  # titles of narratives, where there are any
    listed = [queries(services, partial(settle, services, desk, size)) for size in (1, 10)]
    assert len(listed[0]) == len(listed[1])


def settle(services, desk, limit, listed="lapsed", **filters):
    return services.settle_predictions.page(desk.organisation, listed, 0, limit, **filters)


def test_lapsed_predictions_are_listed_until_an_outcome_is_recorded(services, desk):
    long_ago = desk.statement(UNDATED.format(1), 91, ["Collapse"], speaker="Karpov")
    desk.statement(UNDATED.format(2), 60, speaker="Lavrov")  # the horizon is ninety days
    soon = desk.statement(UNDATED.format(3), 85, speaker="Lavrov")
    dated = desk.statement(PREDICTED.format(4), 20, ["Offensive"], speaker="Lavrov")  # "the coming days" are seven
    desk.statement("It rained, said witness 5.", 200)
    page = settle(services, desk, 10)
    assert [(entry.statement.id, entry.dated) for entry in page.entries] == [(long_ago.id, False), (dated.id, True)]
    assert page.entries[0].lapses_at > page.entries[1].lapses_at
    assert (page.left, page.other) == (2, 1)
    assert (page.speakers, page.narratives) == (["Karpov", "Lavrov"], ["Collapse", "Offensive"])
    assert [entry.statement.id for entry in settle(services, desk, 10, "soon").entries] == [soon.id]
    assert settle(services, desk, 10, speaker="lavrov").left == 1
    assert settle(services, desk, 10, narrative="Collapse").left == 1

    by, found = desk.analyst(), Finding("it happened", "A publisher", "https://one.example", outcome="happened")
    finding = services.settle_predictions.settle(dated.id, found, desk.organisation, by)
    assert [entry.statement.id for entry in settle(services, desk, 10).entries] == [long_ago.id]
    with pytest.raises(Conflict):
        services.settle_predictions.settle(dated.id, replace(found, verdict="no"), desk.organisation, by)
    services.edit_finding.remove(finding, desk.organisation)
    assert settle(services, desk, 10).left == 2


def test_a_changed_or_withdrawn_statement_predicts_what_it_says_now(services, desk):
    kept = desk.statement(UNDATED.format(1), 100)
    change = services.edit_statement.change
    change(kept.id, {"text": "It rained."}, None, desk.organisation)
    assert settle(services, desk, 10).left == 0
    change(kept.id, {"text": UNDATED.format(2)}, None, desk.organisation)
    assert settle(services, desk, 10).left == 1
    services.edit_statement.withdraw(kept.id, desk.organisation)
    assert settle(services, desk, 10).left == 0


def test_counting_stops_at_a_bound(services, desk):
    for at in range(3):
        desk.statement(UNDATED.format(at), 100)
    with services.store.reading() as tx:
        lapsed = lapsed_by(desk.now, services.settle_predictions.horizon)
        assert tx.predictions.count(desk.organisation, lapsed, 2) == 2
