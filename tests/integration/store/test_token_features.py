"""What matches are explained by is stored beside the vectors, filled in where it is missing, and never in the way."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, request
from sqlalchemy import text

from app.store.connections import writing
from app.store.database import open_database
from index.contract import TokenEmbedder
from index.embedders.hashing import HashingEmbedder


class Wordless:
    """An embedder that tells nothing of tokens."""

    def __init__(self):
        self._inner = HashingEmbedder()
        self.name, self.fingerprint, self.dimension = "wordless", "wordless-1", self._inner.dimension

    def embed(self, texts, progress=None):
        return self._inner.embed(texts, progress)

    def close(self):
        """Nothing is held open."""


@pytest.fixture
def archive(process):
    services = process("one")
    services.record_statements([draft(STAGED_ELSEWHERE, "2021-04-24", title="A warning")])
    return services


def forget_words(url):
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE vectors SET words = NULL, words_version = NULL"))
    engine.dispose()


def explained(services):
    [check] = services.check_statements([request(STAGED)])
    [match] = check.matches
    return [(slot.statement.exact, slot.precedent.exact) for slot in match.changed]


def test_a_match_says_what_was_changed_in_the_text_without_its_title(archive):
    assert explained(archive) == [("Idlib", "Hama")]
    [check] = archive.check_statements([request(STAGED)])
    [match] = check.matches
    for slot in (*match.repeated, *match.changed):
        for quote, whole in ((slot.statement, check.text), (slot.precedent, match.precedent.text)):
            assert whole[quote.start : quote.end] == quote.exact


def test_a_precedent_without_words_is_shown_without_spans(archive, url):
    forget_words(url)
    assert explained(archive) == []


def test_words_that_are_missing_are_read_again_and_nothing_else_changes(archive, url):
    forget_words(url)
    checkpoint = archive.archive.checkpoint
    archive.archive.backfill()
    assert explained(archive) == [("Idlib", "Hama")]
    assert archive.archive.checkpoint == checkpoint
    assert archive.archive.backfill_token_features() == 0


def test_words_of_another_version_are_read_again_too(archive, url):
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE vectors SET words_version = 'words-0'"))
    engine.dispose()
    assert explained(archive) == []
    assert archive.archive.backfill_token_features() == 1
    assert explained(archive) == [("Idlib", "Hama")]


def test_damaged_words_do_not_fail_a_check(archive, url):
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(text("UPDATE vectors SET words = :damaged"), {"damaged": b"\x01\x01"})
    engine.dispose()
    assert explained(archive) == []


def test_without_token_states_chunks_have_names_and_stems(process):
    assert not isinstance(Wordless(), TokenEmbedder)
    services = process("two", embedder=Wordless())
    services.record_statements([draft(STAGED_ELSEWHERE, "2021-04-24"), draft(GRAIN, "2021-04-25")])
    assert explained(services) == [("Idlib", "Hama")]
