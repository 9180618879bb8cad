"""Several processes with one folder: one of them builds lists of vectors, and the others take them over."""

from dataclasses import dataclass

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft, request
from filelock import FileLock

from app.services.search import built_elsewhere
from app.services.search.built_elsewhere import PATIENCE_S, BuiltElsewhere
from index.search.engines import faiss as engine

MANY = 60
"""Statements, more than an index compares one by one in these tests."""


@pytest.fixture
def processes(process, monkeypatch):
    """Two processes of one folder, of which each would build lists above 50 vectors."""
    monkeypatch.setattr(engine.FaissIndex.__init__, "__defaults__", (None, MANY - 10, engine.CANDIDATES))
    return process("shared"), process("shared")


def found(services, text=STAGED):
    [check] = services.check_statements([request(text, limit=3)])
    return [match.precedent.external_id for match in check.matches]


def fill(services, begin=0, end=MANY):
    services.record_statements(
        [
            draft(f"{STAGED} Number {number} of them.", "2021-01-01", external_id=str(number))
            for number in range(begin, end)
        ]
    )


def lists_of(services):
    return services.archive.index.builds_in_turn.lists


def test_lists_that_one_process_builds_are_taken_over_by_the_other(processes):
    builder, other = processes
    fill(builder)
    builder.archive.index.builds_in_turn.wait_until_built()
    assert lists_of(builder)
    with FileLock(built_by(builder), timeout=30):
        other.archive.sync()
        waiting = other.archive.index.builds_in_turn
        assert waiting.postponed
        assert waiting.others_build
        assert not other.archive.adopt_lists()
    assert not other.archive.adopt_lists()  # not saved yet
    other.archive.save_where_due()  # which would hide what the builder is to save
    builder.archive.save_where_due()
    assert other.archive.adopt_lists()
    assert lists_of(other)
    assert len(lists_of(other)) == len(lists_of(builder)) == MANY
    assert found(other) == found(builder)
    assert other.archive.index.builds_in_turn.builds == 0


def test_what_changed_since_the_lists_were_saved_is_found_and_what_went_is_not(processes):
    builder, other = processes
    fill(builder)
    builder.archive.index.builds_in_turn.wait_until_built()
    with FileLock(built_by(builder), timeout=30):
        other.archive.sync()
        other.archive.adopt_lists()
    builder.archive.save_where_due()
    builder.record_statements([draft(STAGED_ELSEWHERE, "2021-01-02", external_id="new")])
    builder.edit_statement.withdraw(builder_id(builder, "7"))
    assert other.archive.adopt_lists()
    assert "new" in found(other, STAGED_ELSEWHERE)
    assert other.archive.size == builder.archive.size == MANY
    assert "7" not in found(other, f"{STAGED} Number 7 of them.")


def test_a_process_that_waits_in_vain_builds_for_itself(processes, monkeypatch):
    monkeypatch.setattr(built_elsewhere, "PATIENCE_S", -1.0)
    builder, other = processes
    with FileLock(built_by(builder), timeout=30):
        fill(other)
        assert not lists_of(other)
    other.archive.adopt_lists()
    other.archive.index.builds_in_turn.wait_until_built()
    assert len(lists_of(other)) == MANY


def built_by(services):
    """The lock of whoever builds."""
    return services.archive._snapshot.parent / "index.build.lock"


def builder_id(services, external_id):
    with services.store.reading() as tx:
        keys = tx.statements.by_keys(range(MANY + 10))
    return next(one.id for one in keys.values() if one.external_id == external_id)


@dataclass
class Builds:
    """Stands for an index of which somebody else builds lists."""

    postponed: bool = True
    others_build: bool = False
    builds: int = 0
    resumed: int = 0

    def resume(self):
        self.resumed += 1


def test_the_snapshot_is_read_after_the_build_and_only_where_it_is_another(tmp_path):
    now = [0.0]
    path = tmp_path / "index.snapshot"
    path.write_bytes(b"old")
    watch, vectors = BuiltElsewhere(path, lambda: now[0]), Builds(others_build=True)
    assert not watch.ready(vectors)
    vectors.others_build = False
    assert not watch.ready(vectors)
    now[0] = PATIENCE_S
    assert not watch.ready(vectors)
    assert vectors.resumed == 0
    path.rename(tmp_path / "former")
    path.write_bytes(b"new")
    assert watch.ready(vectors)
    vectors.postponed = False
    assert not watch.ready(vectors)


def test_nobody_waits_for_a_snapshot_for_ever(tmp_path):
    now = [0.0]
    watch, vectors = BuiltElsewhere(tmp_path / "index.snapshot", lambda: now[0]), Builds()
    assert not watch.ready(vectors)
    now[0] = PATIENCE_S + 1
    assert not watch.ready(vectors)
    assert vectors.resumed == 1
