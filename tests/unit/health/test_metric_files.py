"""Folders in which processes count together: each is removed when nobody counts in it any more."""

import os

import pytest

from app.observability import metric_files


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch, tmp_path):
    """Keeps the folders out of this process's own metrics."""
    monkeypatch.setattr(metric_files, "_NAME", "REFRAIN_TEST_METRICS")
    monkeypatch.setattr(metric_files, "_SHARED_MEMORY", tmp_path)
    monkeypatch.setenv("REFRAIN_TEST_METRICS", "")


def forked(work):
    """Runs work in a process of its own until it ends."""
    process_id = os.fork()
    if not process_id:
        work()
        os._exit(0)
    assert os.waitpid(process_id, 0)[1] == 0


def test_what_a_service_left_is_removed_by_the_next_and_what_is_in_use_is_kept(tmp_path):
    metric_files.make_folder()
    used = metric_files.folder()
    forked(metric_files.make_folder)
    [left] = [one for one in tmp_path.iterdir() if one != used]
    (left / "counter_7.db").write_bytes(bytes(100))
    (tmp_path / "refrain-of-another-program").mkdir()
    metric_files.make_folder()
    assert {one.name for one in tmp_path.iterdir()} == {
        used.name, metric_files.folder().name, "refrain-of-another-program",
    }  # fmt: skip
    metric_files.remove_folder()
    assert used.is_dir()


def test_a_folder_is_in_use_while_a_process_that_was_forked_lives(tmp_path):
    read, write = os.pipe()

    def leave_a_child_behind():
        metric_files.make_folder()
        if os.fork() == 0:
            os.close(write)
            os.read(read, 1)  # until the test closes the pipe
            os._exit(0)

    forked(leave_a_child_behind)
    [used] = tmp_path.iterdir()
    forked(metric_files.make_folder)
    assert used.is_dir()
    os.close(write)
    os.close(read)
