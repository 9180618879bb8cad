"""Statements are remembered between checks; whatever changes what is shown of one is seen by the next check."""

import pytest

from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import parse_period
from app.domain.statements.statements import Finding, NarrativeDraft, NarrativeLabel, StatementDraft

TEXT = "Militants are about to stage a chemical attack in Idlib to blame the government."


@pytest.fixture
def two(process):
    """Two processes over one database, both of which have answered a check from it."""
    one, other = process("one"), process("other")
    said_at = parse_period("2021-04-24")
    draft = StatementDraft(TEXT, speaker="A speaker", said_at=said_at, narratives=(NarrativeLabel("script"),))
    [recorded] = one.record_statements([draft])
    for services in (one, other):
        assert shown(services).text == TEXT
    return one, other, recorded.statement


def shown(services):
    """The precedent that a check of the same words shows now, or None."""
    request = CheckRequest(TEXT, said_at=parse_period("2021-05-23"), record=False)
    [check] = services.check_statements([request])
    return check.matches[0].precedent if check.matches else None


def both(one, other):
    return shown(one), shown(other)


def test_a_finding_about_a_statement_is_shown_by_the_next_check_and_gone_when_it_is_taken_back(two):
    one, other, statement = two
    finding, _ = one.edit_finding.record(Finding("false", statement=statement.id))
    assert [[found.verdict for found in each.findings] for each in both(one, other)] == [["false"]] * 2
    one.edit_finding.remove(finding.id)
    assert [each.findings for each in both(one, other)] == [()] * 2


def test_a_finding_about_a_narrative_is_shown_with_its_statements_by_the_next_check(two):
    one, other, _ = two
    one.edit_finding.record(Finding("unfounded", narrative="script"))
    assert [[found.verdict for found in each.findings] for each in both(one, other)] == [["unfounded"]] * 2


def test_a_narratives_new_title_is_shown_by_the_next_check(two):
    one, other, _ = two
    one.edit_narrative.record(NarrativeDraft("A staged attack", external_id="script"))
    assert [each.narratives[0].title for each in both(one, other)] == ["A staged attack"] * 2
    [narrative] = [found for _, found in one.edit_narrative.find(None, None, 10)]
    other.edit_narrative.change(narrative.id, {"title": "A staged chemical attack"})
    assert [each.narratives[0].title for each in both(one, other)] == ["A staged chemical attack"] * 2


def test_a_corrected_speaker_is_shown_and_a_withdrawn_statement_is_not(two):
    one, other, statement = two
    one.edit_statement.change(statement.id, {"speaker": "Another speaker"}, None)
    assert [each.speaker for each in both(one, other)] == ["Another speaker"] * 2
    one.edit_statement.withdraw(statement.id)
    assert both(one, other) == (None, None)
