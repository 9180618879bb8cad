"""Looking through the archive, over both databases: lists, searches, names, narratives with what is below them."""

from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, signed_in

from app.domain.statements.statements import NarrativeDraft
from app.services.narratives.ports import NarrativeFilter
from app.services.statements.ports import StatementFilter


def texts(found):
    return [one.statement.text for one in found]


def test_lists_are_in_order_of_time_with_the_undated_at_the_end(archive):
    dates = ["2020", None, "2021-05-01", "1969-01-01", None, "2020-06"]
    archive.record_statements([draft(f"Said {number}.", raw) for number, raw in enumerate(dates)])
    found = archive.search_statements("", "words", StatementFilter(), 0, 10)
    assert texts(found) == ["Said 2.", "Said 5.", "Said 0.", "Said 3.", "Said 4.", "Said 1."]
    assert texts(archive.search_statements("", "words", StatementFilter(), 2, 2)) == ["Said 0.", "Said 3."]


def test_words_are_found_whatever_their_case_and_script(archive):
    archive.record_statements([draft("ХИМИЧЕСКАЯ Атака 100%_a", "2020"), draft(STAGED, "2019"), draft("Ünder", "2018")])
    for query, text in (("химическая атака", "ХИМИЧЕСКАЯ Атака 100%_a"), ("0%_A", "ХИМИЧЕСКАЯ Атака 100%_a"),
                        ("CHEMICAL", STAGED), ("üNDER", "Ünder")):  # fmt: skip
        assert texts(archive.search_statements(query, "words", StatementFilter(), 0, 10)) == [text]
    assert archive.search_statements("%", "words", StatementFilter(speaker="x"), 0, 10) == []


def test_a_search_by_meaning_and_relations_work_over_both(archive):
    archive.record_statements([draft(STAGED, "2019"), draft(STAGED_ELSEWHERE, "2020", ["N"]), draft(GRAIN, "2021")])
    found = archive.search_statements("staged attack in Hama", "meaning", StatementFilter(), 0, 2)
    assert texts(found) == [STAGED_ELSEWHERE, STAGED]
    filtered = archive.search_statements("staged attack in Hama", "meaning", StatementFilter(narrative="N"), 0, 2)
    assert texts(filtered) == [STAGED_ELSEWHERE]
    relations = archive.related_statements(found[1].statement.id)
    assert (relations.precedents, [one.statement.text for one in relations.echoes]) == ((), [STAGED_ELSEWHERE])


def test_narratives_tell_of_all_that_is_below_them(archive):
    archive.edit_narrative.record(NarrativeDraft("Top"))
    archive.edit_narrative.record(NarrativeDraft("Below", parent="Top"))
    archive.edit_narrative.record(NarrativeDraft("Empty"))
    archive.record_statements(
        [draft(STAGED, "2019-02", ["Top", "Below"]), draft(GRAIN, "2021", ["Below"]), draft("x", None, ["Top"])]
    )
    for sort, order in (("last", "Below Top Empty"), ("count", "Top Below Empty"), ("title", "Below Empty Top")):
        lines = archive.browse_narratives.find(NarrativeFilter(sort=sort), 0, 10)
        assert " ".join(line.title for line in lines) == order
    by_title = {line.title: line for line in lines}
    assert {title: line.statement_count for title, line in by_title.items()} == {"Top": 3, "Below": 2, "Empty": 0}
    assert (by_title["Top"].first_said_at.text, by_title["Top"].last_said_at.text) == ("2019-02", "2021")
    [top, _] = archive.browse_narratives.tree(NarrativeFilter(top=True), 0, 10)
    assert (top.line.title, [child.title for child in top.children]) == ("Top", ["Below"])


def test_names_in_use_are_found_by_a_part_of_them(archive):
    archive.record_statements([draft(STAGED, speaker="Alexander Karpov"), draft(GRAIN, speaker="Карпова")])
    with archive.store.reading() as tx:
        assert tx.statements.names("speaker", "KARPOV", 9) == ["Alexander Karpov"]
        assert tx.statements.names("speaker", "карп", 9) == ["Карпова"]
        assert tx.statements.names("source", "", 9) == []


def test_every_page_opens_over_both(archive):
    archive.record_statements([draft(STAGED, "2019", ["N"], speaker="S"), draft(STAGED_ELSEWHERE, "2020-01-01", ["N"])])
    browser = signed_in(archive, "analyst")
    statement = archive.search_statements("", "words", StatementFilter(), 0, 1)[0].statement
    [narrative] = archive.browse_narratives.find(NarrativeFilter(), 0, 1)
    for place in (
        "/archive", "/archive?q=staged", "/archive?q=staged&by=words&speaker=s", "/archive?narrative=N&said_to=2019",
        "/archive?narrative=N&q=x", f"/statements/{statement.id}", f"/statements/{statement.id}/edit", "/narratives",
        "/narratives?view=tree", f"/narratives/{narrative.id}", f"/narratives/{narrative.id}/edit",
        "/archive/options/narrative?q=n",
    ):  # fmt: skip
        assert browser.get(place).status_code == 200, place
