"""Files of the index of terms: what is in them, and that none are left behind."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from index.contract import Attributes, WrongShape
from index.search.engines.bm25 import Bm25Index
from index.search.engines.id_set import IdSet


def put(index: Bm25Index, texts: dict[int, str]) -> None:
    attributes = Attributes(np.tile([0, 1], (len(texts), 1)))
    index.upsert(np.array(list(texts), np.int64), list(texts.values()), attributes)


def content_of(index: Bm25Index) -> bytes:
    return b"".join(array.tobytes() for name, array in index.state().items() if name.startswith("file "))


def test_an_index_without_entries_writes_nothing(tmp_path: Path) -> None:
    index = Bm25Index(tmp_path / "cache")
    assert index.search(["attack"], 9) == []
    assert not (tmp_path / "cache").exists()


def test_only_this_user_may_enter_the_folder_which_goes_away_with_the_index(tmp_path: Path) -> None:
    index = Bm25Index(tmp_path)
    put(index, {1: "attack"})
    [folder] = tmp_path.iterdir()
    assert folder.stat().st_mode & 0o077 == 0
    del index
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_a_process_that_was_killed_goes_away_at_the_next_start(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; import numpy as np; from index.contract import Attributes;"
        "from index.search.engines.bm25 import Bm25Index; index = Bm25Index(Path(sys.argv[1]));"
        "index.upsert(np.array([1]), ['attack'], Attributes(np.array([[0, 1]]))); os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(tmp_path)], check=False, env=os.environ, cwd=Path.cwd())
    [abandoned] = tmp_path.iterdir()
    index = Bm25Index(tmp_path)
    put(index, {1: "attack"})
    [folder] = tmp_path.iterdir()
    assert folder != abandoned


def test_a_state_has_nothing_of_what_was_removed() -> None:
    index = Bm25Index()
    put(index, {number: f"attack t{number}" for number in range(50)})
    put(index, {7: "attack secretword"})
    assert b"secretword" in content_of(index)
    index.remove(np.array([7]))
    assert b"secretword" not in content_of(index)
    assert len(index) == len(index.search(["attack"], 99)) == 49


def test_changes_during_a_compaction_are_kept() -> None:
    index = Bm25Index()
    put(index, {number: f"attack t{number}" for number in range(3_000)})
    index.remove(np.array([0]))
    compacted = threading.Thread(target=index.state)
    compacted.start()
    written = 0
    while (compacted.is_alive() and written < 900) or written < 5:
        put(index, {5_000 + written: "wheat", 10 + written: "rain"})
        index.remove(np.array([1_000 + written]))
        written += 1
    compacted.join()
    index.state()
    assert len(index.search(["wheat"], 9_999)) == len(index.search(["rain"], 9_999)) == written
    assert index.search([f"t{10}"], 9) == []
    assert index.terms_of([1_000, 1_000 + written - 1, 0]) == [frozenset()] * 3
    assert len(index) == 3_000 - 1


def test_files_that_are_no_index_of_terms_or_lie_elsewhere_are_refused(tmp_path: Path) -> None:
    index = Bm25Index()
    put(index, {1: "attack"})
    state = index.state()
    bytes_ = np.frombuffer(b"{}", np.uint8)
    wrong = [
        {**state, "file meta.json": bytes_},
        {**state, f"file {tmp_path}/elsewhere": bytes_},
        {**state, "file ../elsewhere": bytes_},
        {**state, "ids": np.array([1, 2])},
        {name: array for name, array in state.items() if not name.startswith("file ")},
    ]
    for one in wrong:
        with pytest.raises(WrongShape):
            index.restore(one)
    assert list(tmp_path.iterdir()) == []
    assert len(index.search(["attack"], 9)) == 1


def test_a_set_of_ids_holds_what_a_set_would() -> None:
    random = np.random.default_rng(0)
    ids, expected = IdSet(np.arange(0, 40_000, 2)), set(range(0, 40_000, 2))
    for entry in random.integers(0, 40_000, 30_000).tolist():
        if entry in expected:
            assert entry in ids
            ids.remove(entry)
            expected.remove(entry)
        else:
            assert entry not in ids
            ids.add(entry)
            expected.add(entry)
    assert len(ids) == len(expected)
    assert set(ids.array().tolist()) == expected
