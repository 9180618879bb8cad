"""Narratives merged, split, and their statements moved in bulk; each undone, on both databases."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft
from overview_data import DeskWithHistory

from app.domain.access.contributors import NotContributor
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.desk.flags import Flag
from app.domain.statements.statements import NarrativeDraft
from app.services.desk.ports import FlagFilter

ANALYST = Actor("11111111-1111-1111-1111-111111111111", "Ana")


@pytest.fixture
def two(archive):
    """Two narratives: the first with two statements, one of which is under the second too; that has one more."""
    [first, second, third] = archive.record_statements(
        [
            draft(STAGED, "2020-01-01", narratives=["First"]),
            draft(STAGED_ELSEWHERE, "2021-01-01", narratives=["First", "Second"]),
            draft(GRAIN, "2022-01-01", narratives=["Second"]),
        ]
    )
    one, other = (archive.edit_narrative.resolve(title) for title in ("First", "Second"))
    return one, other, [stored.statement.id for stored in (first, second, third)]


def under(archive, statement):
    return sorted(ref.title for ref in archive.edit_statement.get(statement).narratives)


def test_a_merge_takes_all_along_and_the_old_names_lead_on(archive, two):
    one, other, [first, second, third] = two
    child, _ = archive.edit_narrative.record(NarrativeDraft("Child", None, None, "First"))
    archive.edit_counter_examples.record(one.id, "Not it.", "en")
    change = archive.reorganise_narratives.merge(one.id, "Second", by=ANALYST)
    assert change.count == 2
    assert [under(archive, each) for each in (first, second, third)] == [["Second"]] * 3
    assert archive.edit_narrative.get(one.id).id == other.id
    assert archive.edit_narrative.resolve("First").id == other.id
    assert archive.edit_narrative.get(child.id).parent.id == other.id
    assert [each.text for each in archive.edit_counter_examples.find(other.id, None, 9)] == ["Not it."]
    assert [narrative.title for _, narrative in archive.edit_narrative.find(None, None, 9)] == ["Child", "Second"]


def test_a_merge_is_undone_and_what_was_filed_meanwhile_stays(archive, two):
    one, _other, [first, second, third] = two
    child, _ = archive.edit_narrative.record(NarrativeDraft("Child", None, None, "First"))
    archive.edit_counter_examples.record(one.id, "Not it.", "en")
    change = archive.reorganise_narratives.merge(one.id, "Second", by=ANALYST)
    archive.edit_statement.change(first, {}, [child.id])
    archive.reorganise_narratives.undo(change.id, by=ANALYST)
    assert under(archive, first) == ["Child"]
    assert under(archive, second) == ["First", "Second"]
    assert under(archive, third) == ["Second"]
    assert archive.edit_narrative.get(one.id).title == "First"
    assert archive.edit_narrative.get(child.id).parent.id == one.id
    assert [each.text for each in archive.edit_counter_examples.find(one.id, None, 9)] == ["Not it."]
    with pytest.raises(Conflict, match="undone already"):
        archive.reorganise_narratives.undo(change.id)
    [known] = archive.reorganise_narratives.changes(one.id)
    assert (known.kind, known.by, known.undone_by) == ("merged", ANALYST, ANALYST)


def test_names_lead_through_merges_one_after_the_other(archive, two):
    one, other, _ = two
    last, _ = archive.edit_narrative.record(NarrativeDraft("Last"))
    first = archive.reorganise_narratives.merge(one.id, other.id)
    second = archive.reorganise_narratives.merge(other.id, last.id)
    assert archive.edit_narrative.get(one.id).id == last.id
    with pytest.raises(Conflict, match="merged again"):
        archive.reorganise_narratives.undo(first.id)
    archive.reorganise_narratives.undo(second.id)
    assert archive.edit_narrative.get(one.id).id == other.id
    archive.reorganise_narratives.undo(first.id)
    assert archive.edit_narrative.get(one.id).id == one.id


def test_importing_under_the_old_title_files_under_the_new_narrative(archive, two):
    one, other, _ = two
    archive.reorganise_narratives.merge(one.id, other.id)
    [stored] = archive.record_statements([draft("A new one of it.", "2023-01-01", narratives=["First"])])
    assert under(archive, stored.statement.id) == ["Second"]
    known, new = archive.edit_narrative.record(NarrativeDraft("First"))
    assert (known.id, new) == (other.id, False)


def test_statements_are_moved_and_brought_back(archive, two):
    one, _other, [first, second, _] = two
    change = archive.reorganise_narratives.move(one.id, [first, second], "Second", by=ANALYST)
    assert change.count == 2
    assert [under(archive, each) for each in (first, second)] == [["Second"]] * 2
    assert archive.statement_history(first)[0].by == ANALYST
    archive.reorganise_narratives.undo(change.id)
    assert under(archive, first) == ["First"]
    assert under(archive, second) == ["First", "Second"]


def test_a_new_narrative_is_split_off_and_goes_back(archive, two):
    one, _, [first, second, _] = two
    change = archive.reorganise_narratives.split(one.id, [second], "Elsewhere")
    assert under(archive, second) == ["Elsewhere", "Second"]
    assert under(archive, first) == ["First"]
    archive.reorganise_narratives.undo(change.id)
    assert under(archive, second) == ["First", "Second"]
    assert archive.edit_narrative.get(change.other.id).id == one.id


def test_what_is_shown_as_one_moves_as_one(archive, two):
    one, _, _ = two
    same = archive.record_statements(
        [draft("Said once more.", "2020-02-02", narratives=["First"], external_id=f"x{number}") for number in (1, 2)]
    )
    change = archive.reorganise_narratives.move(one.id, [same[0].statement.id], "Second")
    assert change.count == 2


def test_an_edit_is_undone_unless_another_came_after(archive, two):
    one, _, _ = two
    archive.edit_narrative.change(one.id, {"title": "Renamed"}, by=ANALYST)
    [first] = archive.reorganise_narratives.changes(one.id)
    archive.edit_narrative.change(one.id, {"description": "Said again."})
    with pytest.raises(Conflict, match="undo the later change first"):
        archive.reorganise_narratives.undo(first.id)
    archive.reorganise_narratives.undo(archive.reorganise_narratives.changes(one.id)[0].id)
    archive.reorganise_narratives.undo(first.id)
    assert archive.edit_narrative.get(one.id).title == "First"


def test_what_does_not_go_together_is_refused(archive, two):
    one, _other, [first, _, third] = two
    archive.edit_narrative.record(NarrativeDraft("Below", None, None, "First"))
    for into, said in (("Nothing", "names no narrative"), ("First", "itself"), ("Below", "below this narrative")):
        with pytest.raises(InvalidInput, match=said):
            archive.reorganise_narratives.merge(one.id, into)
    with pytest.raises(InvalidInput, match="no statement of this narrative"):
        archive.reorganise_narratives.move(one.id, [third], "Second")
    with pytest.raises(InvalidInput, match="choose 1 to"):
        archive.reorganise_narratives.move(one.id, [], "Second")
    with pytest.raises(InvalidInput, match="title of another"):
        archive.reorganise_narratives.split(one.id, [first], "Second")
    with pytest.raises(NotFound):
        archive.reorganise_narratives.merge("nothing", "Second")


def test_who_brought_none_of_it_changes_none_of_it(archive, two):
    one, _, [first, *_] = two
    archive.manage_organisations.create("Operator", operator=True)
    others = archive.manage_organisations.create("Others")
    with pytest.raises(NotContributor):
        archive.reorganise_narratives.merge(one.id, "Second", others)
    with pytest.raises(NotContributor):
        archive.reorganise_narratives.move(one.id, [first], "Second", others)
    assert under(archive, first) == ["First"]


def flags_under(archive, desk, narrative):
    """Ids of the flags under a narrative, their number by the counter, and that in the list of filters."""
    with archive.store.reading() as tx:
        assert not tx.consistency._wrong_facets()
        page = tx.flags.grouped(desk.organisation, FlagFilter(narrative=narrative), "newest", None, 9)
        facets = {facet.label: facet.count for facet in tx.flags.facets(desk.organisation, None).narratives}
    return {group.first.check.id for _, group in page.rows}, page.count.any_state, facets


def test_flags_of_a_merged_narrative_are_found_under_the_other_until_the_merge_is_undone(archive):
    desk = DeskWithHistory(archive)
    first, second, both = (
        desk.statement(text, 40, under) for text, under in ((STAGED, ["A"]), (GRAIN, ["B"]), ("Of both.", ["A", "B"]))
    )
    of_first, of_second, of_both = (
        desk.flag(f"Flag number {number}, about something else.", precedent, number)
        for number, precedent in enumerate((first, second, both))
    )
    one, other = (archive.edit_narrative.resolve(title) for title in ("A", "B"))
    change = archive.reorganise_narratives.merge(one.id, other.id, by=ANALYST)
    everything = {of_first.id, of_second.id, of_both.id}
    for name in ("A", one.id, "B"):
        assert flags_under(archive, desk, name) == (everything, 3, {"B": 3})
    exported = archive.export_records.flags(FlagFilter(narrative="B"), desk.organisation)
    assert {record.check.id for record in exported.records if isinstance(record, Flag)} == everything

    desk.judge(of_first, desk.analyst(), "confirmed")
    meanwhile = desk.flag("A flag of the time after the merge.", archive.edit_statement.get(first.id), 0)
    assert flags_under(archive, desk, "B")[1:] == (4, {"B": 4})

    archive.reorganise_narratives.undo(change.id, by=ANALYST)
    assert flags_under(archive, desk, "A")[0] == {of_first.id, of_both.id}
    assert flags_under(archive, desk, "B")[0] == {of_second.id, of_both.id, meanwhile.id}
    assert flags_under(archive, desk, "A")[1:] == (2, {"A": 2, "B": 3})
    with archive.store.writing() as tx:
        tx.erasures.check(desk.organisation, of_both.id, desk.now)
    assert flags_under(archive, desk, "A")[1:] == (1, {"A": 1, "B": 2})
