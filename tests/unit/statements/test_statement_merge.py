"""What a second telling of a statement changes, and what it leaves."""

from datetime import UTC, datetime

from builders import draft, statement

from app.domain.core.dates import parse_period
from app.domain.statements.statements import Finding, Source, indexed_text

KNOWN = statement(
    "Known words.",
    "2021-05-23",
    title="Known title",
    speaker="A",
    source=Source("Outlet", "https://example.org/1", None),
    metadata={"kept": 1, "changed": 1},
)


def test_what_a_draft_does_not_say_stays_as_it_is():
    assert KNOWN.merged(draft("Known words.", language=None)) == KNOWN


def test_what_a_draft_says_replaces_what_was_known():
    learned = datetime(2020, 1, 1, tzinfo=UTC)
    sent = draft(
        "New words.", "2021-05", language="ru", title="New title", speaker="B", learned_at=learned,
        source=Source(None, "https://example.org/2", "https://archive.example.org/2"),
        metadata={"changed": 2, "new": 3},
    )  # fmt: skip
    merged = KNOWN.merged(sent)
    assert (merged.text, merged.title, merged.language, merged.speaker) == ("New words.", "New title", "ru", "B")
    assert merged.said_at == parse_period("2021-05")
    assert merged.learned_at == learned
    assert merged.source == Source("Outlet", "https://example.org/2", "https://archive.example.org/2")
    assert merged.metadata == {"kept": 1, "changed": 2, "new": 3}
    assert (merged.key, merged.id, merged.created_at) == (KNOWN.key, KNOWN.id, KNOWN.created_at)


def test_an_external_id_is_an_identity_of_its_own():
    same = {"text": "Words.", "said_at": "2021", "speaker": "A"}
    assert draft(**same, external_id="1").identity != draft(**same, external_id="2").identity
    assert draft(**same, external_id="1").identity != draft(**same).identity
    assert draft(**same, external_id="1").identity == draft("Other words.", external_id="1").identity


def test_without_an_external_id_text_speaker_and_date_are_the_identity():
    assert draft("Words.", "2021", speaker="A").identity == draft(" Words. ", "2021", speaker="A").identity
    assert draft("Words.", "2021", speaker="A").identity != draft("Words.", "2021-01", speaker="A").identity


def test_an_external_id_cannot_be_written_so_that_it_meets_a_text():
    plain = draft("Words.", "2021")
    assert draft("Else.", external_id=plain.identity).identity != plain.identity


def test_title_and_text_are_searched_together_unless_the_text_has_the_title():
    assert indexed_text("Title", "Text.") == "Title\nText."
    assert indexed_text(None, "Text.") == "Text."
    assert indexed_text("Text", "Text.") == "Text."


def test_findings_that_a_reader_could_not_tell_apart_say_the_same():
    one = Finding("false", "Desk", "https://example.org/1", summary="No.")
    assert one.same_content(Finding("false", "Desk", "https://example.org/1", summary="No.", id="7"))
    assert not one.same_content(Finding("true", "Desk", "https://example.org/1", summary="No."))
    assert not one.same_content(Finding("false", "Other desk", "https://example.org/1", summary="No."))
