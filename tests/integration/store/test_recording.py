"""Recording: what is new, what is the same, and what a second telling adds."""

from datetime import UTC, datetime

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, period, request

from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.statements.statements import Finding, Source
from app.services.statements.merge_drafts import Outcome
from app.services.statements.ports import StatementFilter


def record(services, *drafts):
    return [one.outcome.value for one in services.record_statements(drafts)]


def found(services, text=STAGED, **fields):
    """External ids (or texts) of the statements that a check finds, the best first."""
    [check] = services.check_statements([request(text, **fields)])
    return [match.precedent.external_id or match.precedent.text for match in check.matches]


def count(services):
    with services.store.reading() as tx:
        return tx.statements.count()


def test_a_statement_is_new_once_and_then_unchanged(archive):
    assert record(archive, draft(STAGED, "2021-04-24")) == ["new"]
    assert record(archive, draft(STAGED, "2021-04-24")) == ["unchanged"]
    assert count(archive) == 1


def test_recording_again_with_more_updates(archive):
    record(archive, draft(STAGED, "2021-04-24"))
    assert record(archive, draft(STAGED, "2021-04-24", title="A title")) == ["updated"]
    [one] = archive.record_statements([draft(STAGED, "2021-04-24")])
    assert one.outcome is Outcome.UNCHANGED
    assert one.statement.title == "A title"


def test_without_an_external_id_another_date_or_speaker_is_another_statement(archive):
    same = [draft(STAGED, "2021-04-24"), draft(STAGED, "2021-04"), draft(STAGED), draft(STAGED, speaker="Karpov")]
    assert record(archive, *same) == ["new"] * 4
    assert count(archive) == 4


def test_different_external_ids_are_never_merged(archive):
    same = {"text": STAGED, "said_at": "2021-04-24", "speaker": "Karpov"}
    assert record(archive, draft(**same, external_id="1"), draft(**same, external_id="2"), draft(**same)) == ["new"] * 3
    assert sorted(found(archive)) == ["1", "2", STAGED]


def test_a_known_external_id_takes_the_new_text_and_is_found_by_it_alone(archive):
    record(archive, draft(STAGED, "2021-04-24", external_id="1"))
    assert record(archive, draft(GRAIN, "2021-04-24", external_id="1")) == ["updated"]
    assert found(archive, STAGED) == []
    assert found(archive, GRAIN) == ["1"]


def test_the_same_statement_twice_in_one_batch_is_one(archive):
    twice = [draft(STAGED, "2021-04-24"), draft(STAGED, "2021-04-24"), draft(STAGED, "2021-04-24", title="Title")]
    assert record(archive, *twice) == ["new", "unchanged", "updated"]
    assert count(archive) == 1
    assert len(found(archive)) == 1


def test_everything_that_was_said_of_a_statement_is_kept(archive):
    sent = draft(
        STAGED, "2021-04", title="Title", language="ru", speaker="Karpov", external_id="1",
        learned_at=datetime(2021, 5, 1, tzinfo=UTC), narratives=["Staged attacks"], metadata={"country": "Italy"},
        source=Source("Outlet", "https://example.org/1", "https://archive.example.org/1"),
        findings=(Finding("false", "Desk", "https://example.org/f", period("2021-05"), "No."),),
    )  # fmt: skip
    [recorded] = archive.record_statements([sent])
    kept = archive.edit_statement.get(recorded.statement.id)
    assert (kept.text, kept.title, kept.language, kept.speaker) == (STAGED, "Title", "ru", "Karpov")
    assert (kept.external_id, kept.said_at, kept.source) == ("1", sent.said_at, sent.source)
    assert (kept.learned_at, kept.metadata) == (sent.learned_at, {"country": "Italy"})
    assert [one.title for one in kept.narratives] == ["Staged attacks"]
    assert kept.findings[0].same_content(sent.findings[0])
    assert kept.findings[0].learned_at == sent.learned_at
    assert kept.findings[0].published_at == period("2021-05")


def test_texts_outside_latin_and_outside_the_basic_plane_come_back_whole(archive):
    text = "Белые каски 𝄞 готовят прово\u0301кацию. الخوذ البيضاء"
    [recorded] = archive.record_statements([draft(text, language=None)])
    assert archive.edit_statement.get(recorded.statement.id).text == text


def test_the_longest_names_and_texts_that_are_taken_can_be_stored(archive):
    long = "".join(chr(0x4E00 + (number * 7919) % 20_000) for number in range(5_000))
    sent = draft(
        long, speaker=long[:500], title=long[:2_000], external_id=long[:500], narratives=[long[:500]],
        source=Source(long[:500], "https://example.org/" + long[:1_900]),
    )  # fmt: skip
    assert record(archive, sent) == ["new"]


def test_an_equal_finding_is_kept_once_and_a_new_one_is_added(archive):
    false = Finding("false", "Desk", summary="No.")
    record(archive, draft(STAGED, findings=(false, false)))
    assert record(archive, draft(STAGED, findings=(false,))) == ["unchanged"]
    assert record(archive, draft(STAGED, findings=(false, Finding("misleading", "Desk")))) == ["updated"]
    [one] = archive.record_statements([draft(STAGED)])
    assert [finding.verdict for finding in one.statement.findings] == ["false", "misleading"]


def test_a_finding_about_a_statement_put_twice_is_one(archive):
    [recorded] = archive.record_statements([draft(STAGED)])
    finding = Finding("false", "Desk", statement=recorded.statement.id)
    first, new = archive.edit_finding.record(finding)
    again, new_again = archive.edit_finding.record(finding)
    assert (new, new_again, first.id) == (True, False, again.id)


def test_a_finding_about_a_narrative_is_shown_with_its_statements(archive):
    [recorded] = archive.record_statements([draft(STAGED, narratives=["Staged attacks"])])
    finding, _ = archive.edit_finding.record(Finding("disproved", narrative="Staged attacks"))
    assert [one.id for one in archive.edit_statement.get(recorded.statement.id).findings] == [finding.id]
    archive.edit_finding.remove(finding.id)
    assert archive.edit_statement.get(recorded.statement.id).findings == ()


def test_a_finding_about_nothing_is_refused(archive):
    with pytest.raises(InvalidInput, match="/statement names no statement"):
        archive.edit_finding.record(Finding("false", statement="nothing"))
    with pytest.raises(InvalidInput, match="/narrative names no narrative"):
        archive.edit_finding.record(Finding("false", narrative="nothing"))
    with pytest.raises(NotFound):
        archive.edit_finding.remove("nothing")


def test_a_withdrawn_statement_is_not_found_and_stored_checks_mark_it(archive):
    [recorded] = archive.record_statements([draft(STAGED, "2021-04-24")])
    organisation = archive.manage_keys.organisation("desk")
    [check] = archive.check_statements([request(STAGED)], organisation)
    archive.edit_statement.withdraw(recorded.statement.id)
    archive.edit_statement.withdraw(recorded.statement.id)
    assert found(archive) == []
    with archive.store.reading() as tx:
        [match] = tx.checks.by_id(organisation, check.id).matches
        [(_, listed)] = tx.checks.find(organisation, None, None, 10)
    assert match.precedent.withdrawn
    assert match.precedent.text == STAGED
    assert listed.matches[0].precedent.withdrawn


def test_a_stored_check_keeps_what_it_showed_when_the_statement_changes(archive):
    [recorded] = archive.record_statements([draft(STAGED, "2021-04-24")])
    organisation = archive.manage_keys.organisation("desk")
    [check] = archive.check_statements([request(STAGED)], organisation)
    archive.edit_statement.change(recorded.statement.id, {"text": GRAIN}, None)
    with archive.store.reading() as tx:
        assert tx.checks.by_id(organisation, check.id) == check


def test_importing_a_withdrawn_statement_again_does_not_bring_it_back(archive):
    [recorded] = archive.record_statements([draft(STAGED, "2021-04-24")])
    archive.edit_statement.withdraw(recorded.statement.id)
    assert record(archive, draft(STAGED, "2021-04-24", title="Again")) == ["withdrawn"]
    assert found(archive) == []
    archive.edit_statement.change(recorded.statement.id, {"withdrawn_at": None}, None)
    assert found(archive) == [STAGED]


def test_a_change_to_an_identity_that_is_taken_is_refused(archive):
    record(archive, draft(STAGED, external_id="1"))
    [other] = archive.record_statements([draft(STAGED, external_id="2")])
    with pytest.raises(Conflict, match="has this identity already"):
        archive.edit_statement.change(other.statement.id, {"external_id": "1"}, None)


def test_a_corrected_date_counts_at_once(archive):
    [recorded] = archive.record_statements([draft(STAGED, "2022-01-01")])
    assert found(archive) == []
    archive.edit_statement.change(recorded.statement.id, {"said_at": period("2021-01-01")}, None)
    assert found(archive) == [STAGED]
    archive.edit_statement.change(recorded.statement.id, {"said_at": None}, None)
    assert found(archive) == []
    assert found(archive, earlier_only=False) == [STAGED]


def test_what_had_not_been_learned_by_then_is_not_known(archive):
    learned = datetime(2021, 3, 1, tzinfo=UTC)
    later = datetime(2021, 4, 1, tzinfo=UTC)
    record(archive, draft(STAGED, "2021-01-01", learned_at=learned, narratives=["Known"], findings=(
        Finding("false", learned_at=later),)))  # fmt: skip
    assert found(archive, known_at=period("2021-02-28")) == []
    [check] = archive.check_statements([request(known_at=period("2021-03-01"))])
    assert check.matches[0].precedent.findings == ()
    assert [one.title for one in check.matches[0].precedent.narratives] == ["Known"]
    [check] = archive.check_statements([request(known_at=period("2021-04"))])
    assert [one.verdict for one in check.matches[0].precedent.findings] == ["false"]


def test_a_check_finds_what_may_be_shown_behind_any_number_of_what_may_not(archive):
    late = datetime(2021, 5, 1, tzinfo=UTC)
    record(archive, *(draft(STAGED, "2021-01-01", external_id=f"late-{n}", learned_at=late) for n in range(120)))
    record(
        archive,
        draft(STAGED_ELSEWHERE, "2021-01-01", external_id="in time", learned_at=datetime(2021, 2, 1, tzinfo=UTC)),
    )
    assert found(archive, known_at=period("2021-03")) == ["in time"]


def filtered(services, **wanted):
    return sorted(one.external_id for one in services.edit_statement.find(StatementFilter(**wanted), None, 10))


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        ({}, ["1", "2", "3"]),
        ({"q": "БЕЛЫЕ каски"}, ["2"]),
        ({"q": "GRAIN"}, ["1", "3"]),
        ({"q": "100%"}, ["3"]),
        ({"q": "1_0"}, []),
        ({"speaker": "ИВАНОВ"}, ["2"]),
        ({"source": "the outlet"}, ["1"]),
        ({"language": "ru"}, ["2"]),
        ({"narrative": "N1"}, ["1"]),
        ({"narrative": "nothing"}, []),
        ({"said_from": period("2021-02")}, ["2"]),
        ({"said_to": period("2021-01")}, ["1"]),
        ({"said_from": period("2021"), "said_to": period("2021"), "q": "e"}, ["1"]),
    ],
)
def test_lists_can_be_narrowed_without_regard_to_letter_case_in_any_script(archive, wanted, ids):
    record(
        archive,
        draft(GRAIN, "2021-01-15", external_id="1", source=Source("The Outlet"), narratives=["N1"]),
        draft("Белые каски готовят провокацию.", "2021-02", external_id="2", speaker="Иванов", language="ru"),
        draft("Nothing but 100% truth.", external_id="3", title="Grain"),
        draft("Withdrawn grain.", external_id="4"),
    )
    with archive.store.reading() as tx:
        gone = tx.statements.by_identities(["id:4"])["id:4"]
    archive.edit_statement.withdraw(gone.id)
    assert filtered(archive, **wanted) == ids
