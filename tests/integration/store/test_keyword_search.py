"""What is found by its words: at once, by every process, after a restart and after an upgrade, and no longer once it
is gone. The embedder gives every text the same vector, so that meaning finds the first fifty statements and no others.
"""

from dataclasses import replace

import numpy as np
import pytest
from builders import WORDS, draft, request
from sqlalchemy import text

from app.store.connections import writing
from index.contract import TokenStates
from index.embedders.hashing import HashingEmbedder

SAID = "Sarin canisters were carried to a warehouse in Sarmada."
ASKED = "They say that sarin canisters reached a warehouse."


class Blind(HashingEmbedder):
    """Every text means the same to it."""

    def __init__(self):
        super().__init__(8)
        self.fingerprint = "blind"

    def embed(self, texts, progress=None):
        if texts and progress:
            progress(len(texts))
        return np.tile(np.eye(1, self.dimension, dtype=np.float32), (len(texts), 1))

    def embed_tokens(self, texts, progress=None):
        return self.embed(texts, progress), [TokenStates.none()] * len(texts)


class BlindOnce(Blind):
    """Stands for a model that nobody may call to fill the archive: what is stored is enough."""

    def embed(self, texts, progress=None):
        assert len(texts) <= 1, f"embedded again: {texts}"
        return super().embed(texts, progress)


@pytest.fixture
def start(process):
    """Starts a process that goes by words."""

    def services(name="one", **options):
        return process(name, **{"embedder": Blind(), "policy": WORDS, **options})

    return services


@pytest.fixture
def others(start):
    """A process over an archive of sixty statements about something else, which meaning finds first."""
    services = start()
    services.record_statements([draft(f"Harvest number {number} was good.", "2020-01-01") for number in range(60)])
    return services


def first(services, asked=ASKED, **fields):
    """The external id of the first of the precedents, where one of them shares a word; else None."""
    [check] = services.check_statements([request(asked, record=False, **{"language": "en", **fields})])
    match = check.matches[0]
    return match.precedent.external_id if match.signals["lexical"] or match.signals["names"] else None


def record(services, said=SAID, external_id="said", said_at="2021-01-01", **fields):
    [recorded] = services.record_statements([draft(said, said_at, external_id=external_id, **fields)])
    return recorded.statement.id


def test_a_statement_is_found_by_its_words_as_soon_as_it_is_recorded_and_not_once_it_is_withdrawn(others):
    assert first(others) is None
    for number in range(3):
        statement = record(others, external_id=f"said {number}")
        assert first(others) == f"said {number}"
        others.edit_statement.withdraw(statement)
        assert first(others) is None
        others.edit_statement.change(statement, {"withdrawn_at": None}, None)
        assert first(others) == f"said {number}"
        others.edit_statement.withdraw(statement)


def test_a_policy_that_counts_vectors_only_looks_up_no_words(others, start):
    record(others)
    assert first(others) == "said"
    by_meaning = start("other", policy=replace(WORDS, weights={"dense": 1.0}))
    [check] = by_meaning.check_statements([request(ASKED, record=False, limit=50, minimum_tier="any")])
    assert len(check.matches) == 50
    assert {match.precedent.external_id for match in check.matches} == {None}
    assert {match.signals["lexical"] for match in check.matches} == {0}


def test_a_corrected_text_is_found_by_its_new_words_and_not_by_the_old(others):
    statement = record(others)
    others.edit_statement.change(statement, {"text": "Locusts ate the wheat near Sarmada."}, None)
    assert first(others) is None
    assert first(others, "A plague of locusts") == "said"
    others.edit_statement.change(statement, {"title": "Sarin"}, None)
    assert first(others) == "said"


def test_a_corrected_language_gives_other_words(others):
    statement = record(others, "Carabinieri trovano bombole", language="en")
    assert first(others, "Le bombole del carabiniere", language="it") is None
    others.edit_statement.change(statement, {"language": "it"}, None)
    assert first(others, "Le bombole del carabiniere", language="it") == "said"


def test_words_are_looked_up_inside_the_window_alone(others):
    record(others, said_at="2021-05-23")
    assert first(others) is None
    assert first(others, said_at="2021-05-24") == "said"
    assert first(others, earlier_only=False) == "said"
    record(others, "Novichok phials were carried to a cellar.", "undated", said_at=None)
    assert first(others, "Novichok phials") is None
    assert first(others, "Novichok phials", earlier_only=False) == "undated"


def test_a_name_is_found_across_scripts(others):
    record(others, "Es geschah in Idlib.", language="de")
    assert first(others, "Это было в Идлибе.", language="ru") == "said"
    assert first(others, "حدث ذلك في إدلب", language="ar") == "said"


def test_what_one_process_records_changes_or_withdraws_the_other_finds_at_once(others, start):
    other = start("other")
    statement = record(others)
    assert (first(others), first(other)) == ("said", "said")
    other.edit_statement.change(statement, {"text": "Locusts ate the wheat near Sarmada."}, None)
    assert [first(one) for one in (others, other)] == [None, None]
    assert [first(one, "A plague of locusts") for one in (others, other)] == ["said", "said"]
    others.edit_statement.withdraw(statement)
    assert [first(one, "A plague of locusts") for one in (others, other)] == [None, None]


@pytest.fixture
def saved(others):
    record(others)
    others.archive.save()
    return others


def test_a_restart_answers_from_the_snapshot_of_words(saved, start, tmp_path, store):
    assert (tmp_path / "one" / "index.terms").is_file()
    with writing(store.engine) as connection:  # behind everybody's back, so that only the snapshot can know
        connection.execute(text("UPDATE vectors SET terms = ''"))
    assert first(start(embedder=BlindOnce())) == "said"


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "of vectors"])
def test_a_snapshot_of_words_missing_or_damaged_is_rebuilt_from_what_is_stored(saved, start, tmp_path, damage):
    file = tmp_path / "one" / "index.terms"
    whole = file.read_bytes()
    match damage:
        case "missing":
            file.unlink()
        case "empty":
            file.write_bytes(b"")
        case "cut":
            file.write_bytes(whole[: len(whole) // 2])
        case "flipped":
            file.write_bytes(whole[:-50] + bytes([whole[-50] ^ 1]) + whole[-49:])
        case "of vectors":
            file.write_bytes((tmp_path / "one" / "index.snapshot").read_bytes())
    again = start(embedder=BlindOnce())
    assert again.archive.size == 61
    assert first(again) == "said"


@pytest.mark.parametrize("older", ["index.terms", "index.snapshot"])
def test_of_two_snapshots_the_older_says_from_where_to_catch_up(saved, start, tmp_path, older):
    file = tmp_path / "one" / older
    before = file.read_bytes()
    statement = record(saved, "Locusts ate the wheat near Sarmada.", "later")
    saved.archive.save()
    file.write_bytes(before)
    again = start(embedder=BlindOnce())
    assert (first(again), first(again, "A plague of locusts")) == ("said", "later")
    again.edit_statement.withdraw(statement)
    assert first(again, "A plague of locusts") is None


def test_what_was_withdrawn_after_the_snapshot_is_not_found_after_a_restart(saved, start):
    other = start("other")
    with other.store.reading() as tx:
        statement = tx.statements.by_identities(["id:said"])["id:said"]
    other.edit_statement.withdraw(statement.id)
    assert first(start()) is None


def test_a_rebuild_finds_the_same_words(saved):
    saved.archive.rebuild()
    assert first(saved) == "said"


def test_speakers_are_learned_when_the_archive_is_opened(start):
    services = start()
    asked = "وقال كونوفالتشوك إن المسلحين يستعدون"
    record(services, "A warehouse was seen, said Konovalchuk.", speaker="Ostap Konovalchuk")
    record(services, "Nothing was seen, he said.", external_id="another")
    again = start("again")
    [check] = again.check_statements([request(asked, record=False, language="ar")])
    assert [match.precedent.external_id for match in check.matches if match.signals["names"]] == ["said"]
