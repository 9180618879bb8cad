"""The index is a cache of the database: saved, caught up, and built anew when it is no use."""

import logging
import shutil

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft, request
from sqlalchemy import text

from app.domain.audit.erasures import ErasureKind
from app.domain.core.errors import NotReady
from app.services.search import index_sync
from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import migrate
from index.contract import Checkpoint
from index.embedders.hashing import HashingEmbedder
from index.search.snapshots import write_snapshot


class Unwanted(HashingEmbedder):
    """Stands for a model that nobody may call: what is stored is enough."""

    def embed(self, texts, progress=None):
        raise AssertionError(f"embedded again: {texts}")


def found(services, text=STAGED):
    [check] = services.check_statements([request(text, limit=50)])
    return sorted(match.precedent.external_id for match in check.matches)


@pytest.fixture
def saved(process):
    """A process with two statements, its index saved."""
    first = process("first")
    first.record_statements([draft(STAGED, "2021-01-01", external_id="1")])
    first.record_statements([draft(STAGED_ELSEWHERE, "2021-01-01", external_id="2")])
    first.archive.save()
    return first


def test_a_restart_loads_the_snapshot_and_asks_the_model_nothing(saved, process, tmp_path):
    assert (tmp_path / "first" / "index.snapshot").is_file()
    again = process("first", embedder=Unwanted(), opened=False)
    again.archive.open()
    again.archive.backfill()
    assert (again.archive.size, again.archive.checkpoint, again.archive.backlog()) == (2, 2, 0)
    assert found(process("first")) == ["1", "2"]


def test_a_snapshot_is_what_a_restart_answers_from(saved, process, tmp_path, store):
    with writing(store.engine) as connection:  # behind everybody's back, so that only the snapshot can know
        connection.execute(text("UPDATE vectors SET vector = :nothing, terms = ''"), {"nothing": bytes(4 * 256)})
    with store.reading() as tx:
        sequence = tx.statements.sequence()
    again = process("first")
    assert (again.archive.size, again.archive.checkpoint) == (2, sequence)
    assert found(again) == ["1", "2"]


def test_a_check_before_the_index_is_open_does_not_take_in_the_whole_archive(saved, process):
    again = process("first", opened=False)
    with pytest.raises(NotReady):
        again.check_statements([request(STAGED)])
    again.record_statements([draft(GRAIN, "2021-03-01", external_id="3")])
    again.archive.sync()
    assert (again.archive.size, again.archive.checkpoint) == (0, 0)
    again.archive.open()
    again.archive.make_searchable()
    assert again.archive.size == 3
    assert found(again) == ["1", "2"]
    assert found(again, GRAIN) == ["3"]


@pytest.mark.parametrize("opened", [True, False])
def test_what_is_erased_leaves_the_snapshots_of_all_processes_though_little_has_changed(process, tmp_path, opened):
    first, other = process("first"), process("other")
    texts = [f"The bank in street {number} will close on Friday." for number in range(300)]
    records = first.record_statements([draft(text, "2021-01-01") for text in texts])
    first.archive.save()
    [withdrawn, erased] = [records[number].statement for number in (5, 6)]
    snapshot = tmp_path / "first" / "index.snapshot"
    known = first.archive.index.vectors([erased.key]).tobytes()
    assert known in snapshot.read_bytes()

    other.edit_statement.withdraw(withdrawn.id)
    first.archive.sync()
    first.archive.save_where_due()
    assert known in snapshot.read_bytes()  # a withdrawal alone is no reason to write all
    if not opened:
        first = process("first", opened=False)
    (other if opened else first).erase(ErasureKind.STATEMENT, erased.id, "asked for")
    if not opened:
        first.archive.open()
    first.archive.sync()
    first.archive.save_where_due()
    written = snapshot.stat().st_ino
    assert known not in snapshot.read_bytes()
    first.archive.save_where_due()
    assert snapshot.stat().st_ino == written


def test_a_snapshot_that_another_process_writes_while_this_one_opens_is_believed(saved, process, monkeypatch, caplog):
    read = index_sync.read_snapshot

    def read_after_a_change(*given):
        monkeypatch.setattr(index_sync, "read_snapshot", read)
        saved.record_statements([draft(GRAIN, "2021-03-01", external_id="3")])
        saved.archive.save()
        return read(*given)

    monkeypatch.setattr(index_sync, "read_snapshot", read_after_a_change)
    again = process("first", opened=False)
    with caplog.at_level(logging.INFO):
        again.archive.open()
    assert again.archive.size == 3
    assert "rebuil" not in caplog.text


def test_a_snapshot_that_lacks_statements_is_rebuilt_at_the_start(saved, process, store, caplog):
    with writing(store.engine) as connection:  # without the sequence that every change has
        connection.execute(text("DELETE FROM vectors WHERE statement_key = 1"))
    again = process("first", opened=False)
    again.archive.open()
    assert again.archive.size == 1
    assert "index is rebuilt from the database: The index snapshot holds 2 vectors and 2 texts, not 1." in caplog.text


def test_a_restart_catches_up_with_what_was_added_changed_and_withdrawn_meanwhile(saved, process):
    other = process("other")
    [one, two] = other.record_statements([draft(STAGED, external_id="1"), draft(STAGED_ELSEWHERE, external_id="2")])
    other.edit_statement.withdraw(one.statement.id)
    other.edit_statement.change(two.statement.id, {"text": GRAIN}, None)
    other.record_statements([draft(STAGED, "2021-02-01", external_id="3")])
    again = process("first")
    assert found(again) == ["3"]
    assert found(again, GRAIN) == ["2"]


@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "flipped", "nonsense", "folder"])
def test_a_snapshot_missing_or_damaged_is_rebuilt_from_stored_vectors(saved, process, tmp_path, damage):
    file = tmp_path / "first" / "index.snapshot"
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
        case "nonsense":
            file.write_bytes(b"\xff" * 100)
        case "folder":
            file.unlink()
            file.mkdir()
    again = process("first", embedder=Unwanted(), opened=False)
    again.archive.open()
    assert again.archive.size == 2
    assert found(process("first")) == ["1", "2"]


def test_a_snapshot_of_another_archive_is_not_believed(saved, tmp_path, backend, request):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    shutil.copy(tmp_path / "first" / "index.snapshot", folder)
    url = (
        f"sqlite:///{folder / 'other.sqlite3'}"
        if backend == "sqlite"
        else request.getfixturevalue("postgres").database()
    )
    engine = open_database(url)
    migrate(engine)
    engine.dispose()
    from builders import services

    other = services(folder, database_url=url)
    other.record_statements([draft(GRAIN, external_id="other")])
    other.record_statements([draft(GRAIN, external_id="other 2")])
    assert other.archive.size == 2
    assert found(other) == []
    other.store.close()


def test_a_snapshot_ahead_of_a_database_that_was_set_back_is_not_believed(saved, process, store):
    with writing(store.engine) as connection:
        connection.execute(text("DELETE FROM vectors WHERE statement_key = (SELECT max(key) FROM statements)"))
        connection.execute(text("DELETE FROM statements WHERE key = (SELECT max(key) FROM statements)"))
        connection.execute(text("UPDATE archive SET sequence = 1"))
    again = process("first")
    assert (found(again), again.archive.checkpoint) == (["1"], 1)


def test_a_snapshot_that_knows_more_than_the_database_shows_nothing_that_is_not_there(saved, process, tmp_path, store):
    with writing(store.engine) as connection:
        connection.execute(text("DELETE FROM vectors WHERE statement_key = (SELECT max(key) FROM statements)"))
        connection.execute(text("DELETE FROM statements WHERE key = (SELECT max(key) FROM statements)"))
    assert found(process("first")) == ["1"]


def test_a_snapshot_that_cannot_be_written_leaves_the_old_one(saved, tmp_path):
    file = tmp_path / "first" / "index.snapshot"
    before = file.read_bytes()

    class Broken(HashingEmbedder):
        def state(self):
            raise OSError("no space left")

    with pytest.raises(OSError, match="no space left"):
        write_snapshot(file, Broken(), Checkpoint(9, "x"))
    assert file.read_bytes() == before
    assert [one.name for one in file.parent.iterdir() if "snapshot" in one.name] == ["index.snapshot"]


def test_vectors_of_another_model_never_meet_and_are_embedded_before_the_archive_is_ready(saved, process):
    other = process("other", embedder=HashingEmbedder(64), opened=False)
    other.archive.open()
    assert (other.archive.size, other.archive.backlog(), other.archive.ready) == (0, 2, False)
    counts = []
    other.archive.backfill(counts.append)
    assert (other.archive.size, other.archive.backlog(), other.archive.ready) == (2, 0, True)
    assert sum(counts) == 2
    assert found(other) == ["1", "2"]
    assert found(saved) == ["1", "2"]


def test_a_model_that_was_used_before_needs_no_second_embedding(saved, process):
    process("other", embedder=HashingEmbedder(64))
    assert saved.archive.backlog() == 0


def test_what_one_model_records_waits_for_the_other(saved, process):
    other = process("other", embedder=HashingEmbedder(64))
    other.record_statements([draft(STAGED, "2021-03-01", external_id="3")])
    assert saved.archive.backlog() == 1
    assert saved.archive.embed_missing() == 1
    saved.archive.sync()
    assert found(saved) == ["1", "2", "3"]


def test_a_statement_restored_under_another_model_is_found_at_once(saved, process):
    with saved.store.reading() as tx:
        one = tx.statements.by_identities(["id:1"])["id:1"]
    saved.edit_statement.withdraw(one.id)
    other = process("other", embedder=HashingEmbedder(64))
    assert found(other) == ["2"]
    other.edit_statement.change(one.id, {"withdrawn_at": None}, None)
    assert found(other) == ["1", "2"]


def test_a_rebuild_gives_the_same_answers(saved):
    before = saved.check_statements([request()])[0].matches
    saved.archive.rebuild()
    after = saved.check_statements([request()])[0].matches
    assert [(one.precedent, one.score) for one in after] == [(one.precedent, one.score) for one in before]


def test_one_search_over_sizes_nothing_one_and_two(process):
    services = process()
    for number in range(3):
        assert found(services) == [str(n) for n in range(number)]
        services.record_statements([draft(STAGED, "2021-01-01", external_id=str(number))])


def test_saving_without_a_change_writes_nothing(saved, tmp_path):
    file = tmp_path / "first" / "index.snapshot"
    file.unlink()
    saved.archive.save()
    assert not file.exists()
    saved.record_statements([draft(GRAIN, external_id="3")])
    saved.archive.save()
    assert file.exists()
