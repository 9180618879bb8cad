"""Narratives: named in three ways, under their parents, never under themselves."""

import pytest
from builders import STAGED, draft

from app.domain.core.errors import InvalidInput, NotFound
from app.domain.statements.statements import NarrativeDraft, NarrativeLabel, StatementDraft


def make(archive, title, parent=None, external_id=None):
    narrative, _ = archive.edit_narrative.record(NarrativeDraft(title, external_id, None, parent))
    return narrative


def test_a_parent_is_named_by_id_external_id_or_title(archive):
    broad = make(archive, "Broad", external_id="N1")
    for number, name in enumerate((broad.id, "N1", "Broad")):
        assert make(archive, f"Narrow {number}", parent=name).parent.id == broad.id


def test_an_id_goes_before_an_external_id_and_that_before_a_title(archive):
    first = make(archive, "First")
    second = make(archive, "Second", external_id=first.id)
    third = make(archive, second.external_id + " ", external_id="N3")
    make(archive, "N3", external_id="N4")
    with archive.store.reading() as tx:
        assert tx.narratives.resolve(first.id).id == first.id
        assert tx.narratives.resolve("N3").id == third.id


def test_an_unknown_parent_is_refused(archive):
    with pytest.raises(InvalidInput, match="/parent names no narrative"):
        make(archive, "Narrow", parent="Nothing")


def test_a_narrative_recorded_twice_is_one_with_what_was_said_last(archive):
    first, new = archive.edit_narrative.record(NarrativeDraft("Title", "N1", "Described."))
    again, new_again = archive.edit_narrative.record(NarrativeDraft("New title", "N1"))
    assert (new, new_again, again.id) == (True, False, first.id)
    assert (again.title, again.description) == ("New title", "Described.")


def test_without_an_external_id_the_title_is_the_identity(archive):
    assert make(archive, "Title").id == make(archive, "Title").id
    assert make(archive, "Title").id != make(archive, "Other").id


@pytest.mark.parametrize("below", ["A", "B", "C"])
def test_a_narrative_cannot_come_under_itself_or_one_below_it(archive, below):
    top = make(archive, "A")
    make(archive, "B", parent="A")
    make(archive, "C", parent="B")
    with pytest.raises(InvalidInput, match="/parent is this narrative itself or one below it"):
        archive.edit_narrative.change(top.id, {"parent": below})
    assert archive.edit_narrative.get(top.id).parent is None


def test_recording_again_under_one_below_makes_no_circle(archive):
    make(archive, "A")
    make(archive, "B", parent="A")
    for parent in ("A", "B"):
        with pytest.raises(InvalidInput, match="/parent"):
            make(archive, "A", parent=parent)
    archive.record_statements([StatementDraft(STAGED, narratives=(NarrativeLabel("A", "B"),))])
    with archive.store.reading() as tx:
        a, b = tx.narratives.resolve("A"), tx.narratives.resolve("B")
        assert not tx.narratives.is_below(a.key, b.key)
        assert tx.narratives.is_below(b.key, a.key)


def test_the_parent_can_be_changed_and_taken_away(archive):
    make(archive, "A")
    narrow = make(archive, "B", parent="A")
    make(archive, "C")
    assert archive.edit_narrative.change(narrow.id, {"parent": "C"}).parent.title == "C"
    assert archive.edit_narrative.change(narrow.id, {"title": "B2"}).parent.title == "C"
    assert archive.edit_narrative.change(narrow.id, {"parent": None}).parent is None
    with pytest.raises(NotFound):
        archive.edit_narrative.change("nothing", {"title": "x"})


def test_statements_bring_their_narratives_with_parents(archive):
    labels = (NarrativeLabel("Script", "Broad"), NarrativeLabel("Beside"))
    [recorded] = archive.record_statements([StatementDraft(STAGED, narratives=labels)])
    assert {one.title for one in recorded.statement.narratives} == {"Script", "Beside"}
    with archive.store.reading() as tx:
        script = tx.narratives.by_id(tx.narratives.resolve("Script").id)
    assert (script.parent.title, script.statement_count) == ("Broad", 1)


def test_a_narrative_named_by_its_external_id_is_the_one_that_has_it(archive):
    known = make(archive, "A long title", external_id="N1")
    [recorded] = archive.record_statements([draft(STAGED, narratives=["N1", "A long title"])])
    assert [one.id for one in recorded.statement.narratives] == [known.id]


def test_a_title_that_comes_later_is_given_to_the_narrative_that_was_named_first(archive):
    archive.record_statements([draft(STAGED, narratives=["N1"])])
    named = make(archive, "The title of N1", external_id="N1")
    assert named.statement_count == 1
    assert named.title == "The title of N1"


def test_recording_again_adds_narratives_and_a_change_sets_them(archive):
    [recorded] = archive.record_statements([draft(STAGED, narratives=["A"])])
    [again] = archive.record_statements([draft(STAGED, narratives=["B"])])
    assert again.outcome == "updated"
    assert [one.title for one in again.statement.narratives] == ["A", "B"]
    changed = archive.edit_statement.change(recorded.statement.id, {}, ["B"])
    assert [one.title for one in changed.narratives] == ["B"]
    with pytest.raises(InvalidInput, match="/narratives/1"):
        archive.edit_statement.change(recorded.statement.id, {}, ["B", "nothing"])


def test_a_withdrawn_statement_is_not_counted(archive):
    [recorded] = archive.record_statements([draft(STAGED, narratives=["A"])])
    archive.edit_statement.withdraw(recorded.statement.id)
    [(_, narrative)] = archive.edit_narrative.find("a", None, 10)
    assert narrative.statement_count == 0
