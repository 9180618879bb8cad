"""A snapshot is whole and ours, or refused; an index is filled by it, or left as it was."""

import mmap
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.contract import Attributes, Checkpoint, SnapshotUnusable, State, VectorIndex
from index.factory import open_index
from index.search import snapshots
from index.search.engines.faiss import FaissIndex
from index.search.snapshots import read_snapshot, write_snapshot

MADE = Checkpoint(sequence=41, fingerprint="e5")


def filled(engine: str = "faiss:", size: int = 5, dimension: int = 4) -> VectorIndex:
    index = FaissIndex(dimension, approximate_above=0) if engine == "lists" else open_index(engine, dimension)
    vectors = np.eye(dimension, dtype=np.float32)[np.arange(size) % dimension]
    index.upsert(np.arange(size), vectors, Attributes(np.tile([3, 4], (size, 1))))
    if isinstance(index, FaissIndex):
        index.wait_until_built()
    return index


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    path = tmp_path / "cache" / "index.snapshot"
    write_snapshot(path, filled(), MADE)
    return path


def test_what_lists_were_read_from_may_be_replaced(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "s", filled("lists", 300), MADE)
    found = open_index("faiss:", 4)
    read_snapshot(tmp_path / "s", found, "e5")
    write_snapshot(tmp_path / "s", filled("lists", 2), MADE)
    query = np.eye(4, dtype=np.float32)[1]
    assert [hit.id for hit in found.search(query, 3)] == [1, 5, 9]
    found.upsert(np.array([5, 900]), np.eye(4, dtype=np.float32)[[2, 1]], Attributes(np.tile([3, 4], (2, 1))))
    found.remove(np.array([1]))
    assert [hit.id for hit in found.search(query, 3)] == [9, 13, 17]
    write_snapshot(tmp_path / "s", found, MADE)
    again = open_index("faiss:", 4)
    read_snapshot(tmp_path / "s", again, "e5")
    assert again.search(query, 1000) == found.search(query, 1000)
    assert len(again) == len(found) == 300


def assert_untouched_by(path: Path, fingerprint: str = "e5") -> str:
    """Reading the file is refused, and the index keeps what it had; gives the reason."""
    index = filled(size=2)
    with pytest.raises(SnapshotUnusable) as refusal:
        read_snapshot(path, index, fingerprint)
    assert len(index) == 2
    return str(refusal.value)


@pytest.mark.parametrize("engine", ["faiss:", "exact:", "lists"])
@pytest.mark.parametrize("size", [0, 1, 2, 100])
def test_what_was_written_is_read(tmp_path: Path, engine: str, size: int) -> None:
    index = filled(engine, size)
    write_snapshot(tmp_path / "s", index, MADE)
    found = filled(engine, 7)
    assert read_snapshot(tmp_path / "s", found, "e5") == MADE
    query = np.eye(4, dtype=np.float32)[1]
    assert found.search(query, 1000) == index.search(query, 1000)


def test_writing_again_replaces_the_file_and_leaves_nothing_else(snapshot: Path) -> None:
    write_snapshot(snapshot, filled(size=9), Checkpoint(50, "e5"))
    index = open_index("faiss:", 4)
    assert read_snapshot(snapshot, index, "e5").sequence == 50
    assert len(index) == 9
    assert [entry.name for entry in snapshot.parent.iterdir()] == [snapshot.name]


@pytest.mark.skipif(sys.platform != "linux", reason="resident memory is read as Linux tells it")
def test_writing_keeps_no_page_of_a_mapped_array_in_memory(tmp_path: Path) -> None:
    size = 256 << 20
    with (tmp_path / "mapped").open("wb+") as file:
        file.truncate(size)
        mapped = np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    highest = 0

    class Mapped:
        def state(self) -> State:
            return {"first": mapped, "last": mapped[:1]}

        def restore(self, state: State) -> None:
            raise NotImplementedError

    def watch() -> None:
        nonlocal highest
        while not done.wait(0.01):
            highest = max(highest, resident())

    def resident() -> int:
        return int(Path("/proc/self/statm").read_text().split()[1]) * mmap.PAGESIZE

    before, done = resident(), threading.Event()
    watching = threading.Thread(target=watch)
    watching.start()
    write_snapshot(tmp_path / "s", Mapped(), MADE)
    done.set()
    watching.join()
    assert (tmp_path / "s").stat().st_size > size
    assert highest - before < size // 2


def test_a_write_that_fails_leaves_the_old_file(snapshot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(snapshots.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_snapshot(snapshot, filled(size=9), MADE)
    assert [entry.name for entry in snapshot.parent.iterdir()] == [snapshot.name]
    assert read_snapshot(snapshot, open_index("faiss:", 4), "e5") == MADE


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert "There is no snapshot" in assert_untouched_by(tmp_path / "none")


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in assert_untouched_by(tmp_path)


def test_another_embedders_snapshot_is_refused(snapshot: Path) -> None:
    assert "another embedder" in assert_untouched_by(snapshot, fingerprint="minilm")


def test_another_dimension_is_refused(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "s", filled(dimension=3), MADE)
    assert "another index" in assert_untouched_by(tmp_path / "s")


def test_an_empty_snapshot_of_another_dimension_is_refused(tmp_path: Path) -> None:
    write_snapshot(tmp_path / "s", filled(size=0, dimension=3), MADE)
    assert "another index" in assert_untouched_by(tmp_path / "s")


def test_another_kind_of_index_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index = filled()
    state = index.state()
    monkeypatch.setattr(index, "state", lambda: {**state, "kind": np.array("graph")})
    write_snapshot(tmp_path / "s", index, MADE)
    assert "another index" in assert_untouched_by(tmp_path / "s")


def test_another_version_is_refused(snapshot: Path) -> None:
    snapshot.write_bytes(snapshot.read_bytes().replace(b"snapshot 2", b"snapshot 1", 1))
    assert "another version" in assert_untouched_by(snapshot)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_flipped_bit_anywhere_is_refused(snapshot: Path, data: st.DataObject) -> None:
    content = bytearray(snapshot.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    content[at] ^= 1 << data.draw(st.integers(0, 7))
    damaged = snapshot.with_name("damaged")
    damaged.write_bytes(content)
    assert_untouched_by(damaged)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_cut_short_anywhere_is_refused(snapshot: Path, data: st.DataObject) -> None:
    content = snapshot.read_bytes()
    damaged = snapshot.with_name("damaged")
    damaged.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    assert_untouched_by(damaged)
