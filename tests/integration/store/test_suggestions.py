"""Suggested narratives over real databases: made of scored pairs, accepted, refused, taken back."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft

from app.domain.access.contributors import Contributor
from app.domain.audit.erasures import ErasureKind
from app.domain.checks.checks import CheckRequest
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.jobs.background_runs import RunKind
from app.domain.suggestions.suggestions import GroupDraft, SuggestionState
from app.services.suggestions import suggest_narratives

STAGED_AGAIN = "The White Helmets are preparing a staged chemical attack in Aleppo to blame the government."
STAGED_TODAY = "The White Helmets are preparing a staged chemical attack in Homs to blame the government."


@pytest.fixture
def desk(archive):
    with archive.store.writing() as tx:
        return tx.access.ensure_organisation("Desk")


@pytest.fixture
def other(archive, desk):
    with archive.store.writing() as tx:
        return tx.access.ensure_organisation("Other")


def recorded(archive, *drafts):
    return [one.statement for one in archive.record_statements(drafts)]


def run(archive):
    ended = archive.archive_runs.finish(RunKind.SUGGESTIONS)
    assert ended.error is None
    return ended


def staged(archive, *, count=3, **fields):
    texts = (STAGED, STAGED_ELSEWHERE, STAGED_AGAIN, STAGED_TODAY)[:count]
    days = ("2021-04-24", "2021-05-01", "2021-05-20", "2021-05-22")
    return recorded(archive, *(draft(text, day, **fields) for text, day in zip(texts, days, strict=False)))


def texts_of(group):
    return {one.text for one in group.statements}


def test_statements_that_repeat_each_other_and_are_in_no_narrative_are_offered(archive, desk):
    staged(archive)
    recorded(archive, draft(GRAIN), draft(STAGED_TODAY, narratives=["Filed"]))
    ended = run(archive)
    assert ended.done == ended.total == 4
    [group] = archive.decide_suggestion.find(desk)
    assert texts_of(group) == {STAGED, STAGED_ELSEWHERE, STAGED_AGAIN}
    assert group.suggestion.strength > 0.5
    assert any("staged chemical attack" in phrase.text for phrase in group.suggestion.phrases)


def test_a_second_run_scores_what_is_new_alone_and_keeps_the_id(archive, desk):
    staged(archive)
    run(archive)
    [before] = archive.decide_suggestion.find(desk)
    recorded(archive, draft(STAGED_TODAY, "2021-05-22"))
    assert run(archive).total == 1
    [after] = archive.decide_suggestion.find(desk)
    assert after.suggestion.id == before.suggestion.id
    assert len(after.statements) == 4


def test_each_statement_that_is_scored_waits_for_requests_first(archive, monkeypatch):
    staged(archive)
    waits = []
    work = archive.archive_runs.work[RunKind.SUGGESTIONS]
    monkeypatch.setattr(type(work.slots), "wait_until_idle", lambda _, most_s: waits.append(most_s))
    assert run(archive).total == 3
    assert len(waits) >= 3
    assert max(waits) <= 1


def test_checks_are_the_requests_that_it_waits_for(archive, desk, monkeypatch):
    staged(archive)
    slots = archive.archive_runs.work[RunKind.SUGGESTIONS].slots
    under_way = []
    decide = archive.check_statements.find_candidates.index.search
    monkeypatch.setattr(
        archive.check_statements.find_candidates.index,
        "search",
        lambda *given, **named: under_way.append(slots._requests) or decide(*given, **named),
    )
    archive.check_statements([CheckRequest(STAGED_TODAY)], desk)
    assert under_way == [1]
    assert slots._requests == 0


def test_a_run_that_stops_at_each_step_goes_on_and_ends_with_the_same_groups(archive, desk, monkeypatch):
    monkeypatch.setattr(suggest_narratives, "_SLICE_S", 0.0)
    monkeypatch.setattr(suggest_narratives, "_AT_ONCE", 2)
    staged(archive)
    archive.archive_runs.request(RunKind.SUGGESTIONS)
    seen = []
    while archive.archive_runs(RunKind.SUGGESTIONS):
        now = archive.archive_runs.get(RunKind.SUGGESTIONS)
        seen.append((now.done, now.total, now.going_on))
        assert archive.decide_suggestion.find(desk) == []
    assert seen[0] == (2, 4, True)
    assert seen[-1] == (3, 4, True)
    assert archive.archive_runs.get(RunKind.SUGGESTIONS).done == 3
    [group] = archive.decide_suggestion.find(desk)
    assert texts_of(group) == {STAGED, STAGED_ELSEWHERE, STAGED_AGAIN}


def test_a_reworded_statement_leaves_its_group(archive, desk):
    statements = staged(archive, count=4)
    run(archive)
    archive.edit_statement.change(statements[3].id, {"text": GRAIN}, None)
    assert run(archive).total == 1
    [group] = archive.decide_suggestion.find(desk)
    assert texts_of(group) == {STAGED, STAGED_ELSEWHERE, STAGED_AGAIN}


def test_accepting_files_the_chosen_statements_in_one_narrative_and_can_be_taken_back(archive, desk):
    statements = staged(archive, count=4)
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    chosen = [one.id for one in statements[:3]]
    accepted = archive.decide_suggestion.accept(group.suggestion.id, "Staged attacks", chosen, desk)
    assert (accepted.narrative.title, accepted.made, accepted.filed) == ("Staged attacks", True, 3)
    filed = [archive.edit_statement.get(one.id).narratives for one in statements]
    assert [[ref.title for ref in refs] for refs in filed] == [["Staged attacks"]] * 3 + [[]]
    assert archive.decide_suggestion.find(desk) == []
    with pytest.raises(Conflict):
        archive.decide_suggestion.accept(group.suggestion.id, "Again", [statements[3].id], desk)

    assert archive.decide_suggestion.reopen(group.suggestion.id, desk)
    assert not archive.decide_suggestion.reopen(group.suggestion.id, desk)
    assert [archive.edit_statement.get(one.id).narratives for one in statements] == [()] * 4
    assert archive.edit_narrative.resolve("Staged attacks") is None
    [again] = archive.decide_suggestion.find(desk)
    assert again.suggestion.state is SuggestionState.OPEN
    assert len(again.statements) == 4


def test_a_narrative_that_something_else_refers_to_outlives_an_undo(archive, desk):
    statements = staged(archive)
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    archive.decide_suggestion.accept(group.suggestion.id, "Staged attacks", [one.id for one in statements], desk)
    recorded(archive, draft(GRAIN, narratives=["Staged attacks"]))
    archive.decide_suggestion.reopen(group.suggestion.id, desk)
    narrative = archive.edit_narrative.resolve("Staged attacks")
    assert archive.edit_narrative.get(narrative.id).statement_count == 1


def test_a_title_that_there_is_files_under_that_narrative_which_an_undo_keeps(archive, desk):
    recorded(archive, draft(GRAIN, narratives=["Staged attacks"]))
    statements = staged(archive)
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    accepted = archive.decide_suggestion.accept(group.suggestion.id, "Staged attacks", [statements[0].id], desk)
    assert not accepted.made
    archive.decide_suggestion.reopen(group.suggestion.id, desk)
    assert archive.edit_narrative.get(accepted.narrative.id).statement_count == 1


def test_nothing_chosen_no_title_and_no_suggestion_are_refused(archive, desk):
    statements = staged(archive)
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    for title, chosen in (("", [statements[0].id]), ("x" * 501, [statements[0].id]), ("Title", ["nothing"])):
        with pytest.raises(InvalidInput):
            archive.decide_suggestion.accept(group.suggestion.id, title, chosen, desk)
    with pytest.raises(NotFound):
        archive.decide_suggestion.accept("nothing", "Title", [statements[0].id], desk)
    assert archive.edit_narrative.resolve("Title") is None


def test_a_refused_group_stays_away_when_the_next_run_finds_nearly_the_same(archive, desk, other):
    staged(archive)
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    refusal = archive.decide_suggestion.refuse(group.suggestion.id, desk)
    assert archive.decide_suggestion.find(desk) == []
    recorded(archive, draft(STAGED_TODAY, "2021-05-22"))
    run(archive)
    assert archive.decide_suggestion.find(desk) == []
    assert len(archive.decide_suggestion.find(other)) == 1, "what one organisation refuses, another may want"
    [shown] = archive.decide_suggestion.refused(desk, 10)
    assert len(shown.statements) == 3
    assert archive.decide_suggestion.withdraw_refusal(refusal, desk)
    assert not archive.decide_suggestion.withdraw_refusal(refusal, desk)
    assert len(archive.decide_suggestion.find(desk)) == 1


def test_private_statements_are_grouped_among_themselves_and_offered_to_their_owner_alone(archive, desk, other):
    staged(archive, owner=desk.key)
    recorded(archive, draft(STAGED_TODAY))
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    assert STAGED_TODAY not in texts_of(group)
    assert archive.decide_suggestion.find(other) == []
    with pytest.raises(NotFound):
        archive.decide_suggestion.get(group.suggestion.id, other)
    accepted = archive.decide_suggestion.accept(group.suggestion.id, "Ours", [one.id for one in group.statements], desk)
    assert archive.edit_narrative.get(accepted.narrative.id, desk).private
    with pytest.raises(NotFound):
        archive.edit_narrative.get(accepted.narrative.id, other)


def test_statements_of_another_contributor_are_shown_and_not_filed(archive, desk, other):
    own = staged(archive, count=2)
    [foreign] = recorded(archive, draft(STAGED_AGAIN, "2021-05-20", contributor=Contributor.of(other)))
    run(archive)
    [group] = archive.decide_suggestion.find(desk)
    assert archive.decide_suggestion.get(group.suggestion.id, desk).foreign == {foreign.key}
    chosen = [*(one.id for one in own), foreign.id]
    assert archive.decide_suggestion.accept(group.suggestion.id, "Staged", chosen, desk).filed == 2
    assert archive.edit_statement.get(foreign.id).narratives == ()


def test_withdrawn_and_filed_statements_are_left_out_of_what_is_shown(archive, desk):
    statements = staged(archive, count=4)
    run(archive)
    archive.edit_statement.withdraw(statements[0].id)
    [group] = archive.decide_suggestion.find(desk)
    assert len(group.statements) == 3
    recorded(archive, draft(STAGED_ELSEWHERE, "2021-05-01", narratives=["Filed"]))
    [group] = archive.decide_suggestion.find(desk)
    assert len(group.statements) == 2


def test_erasing_a_statement_takes_what_was_made_of_its_text(archive, desk):
    statements = staged(archive)
    run(archive)
    archive.erase(ErasureKind.STATEMENT, statements[0].id, "asked for")
    with archive.store.reading() as tx:
        assert tx.suggestions.open(desk) == []
        assert len(list(tx.suggestions.pairs(0))) == 1


def test_groups_that_are_not_found_any_more_are_dropped(archive, desk):
    statements = staged(archive)
    with archive.store.writing() as tx:
        keys = tuple(one.key for one in statements)
        tx.suggestions.offer([(None, GroupDraft(keys, 0.9))], archive.archive_runs.clock())
    assert len(archive.decide_suggestion.find(desk)) == 1
    with archive.store.writing() as tx:
        tx.suggestions.offer([], archive.archive_runs.clock())
    assert archive.decide_suggestion.find(desk) == []


def test_a_run_is_due_once_the_archive_changed_and_not_held(archive):
    runs = archive.archive_runs

    def due():
        with archive.store.reading() as tx:
            return [one.id for one in runs.due(tx, runs.clock()) if one.id == RunKind.SUGGESTIONS]

    assert due() == []
    staged(archive)
    assert due() == [RunKind.SUGGESTIONS]
    run(archive)
    assert due() == []
    runs.request(RunKind.SUGGESTIONS)
    assert due() == [RunKind.SUGGESTIONS]
