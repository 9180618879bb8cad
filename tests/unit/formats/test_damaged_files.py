"""A damaged or hostile file is refused by a reader's documented error, whatever its bytes.

Found by bench/fuzz_parsers.py.
"""

import json

import pytest

from app.formats.evaluation import read_queries
from app.formats.judged_pairs import FILE, has_judged_pairs, read_judged_pairs
from app.formats.lines import Unreadable
from app.formats.new_texts import read_new_texts
from app.formats.pair_cut_offs import read_pair_cut_offs
from app.formats.scoring_file import read_scoring_model
from app.store.backup.manifest import ARCHIVE, MANIFEST, BackupUnusable, Manifest
from app.worker.json_messages import JsonMessages

NESTED = b"[" * 100_000
DAMAGED = [NESTED, b'{"statement": "\x94"}', b"1", b"null", b"[{}]"]


@pytest.mark.parametrize("raw", DAMAGED)
def test_a_damaged_file_of_judged_pairs_is_unreadable(tmp_path, raw):
    (tmp_path / FILE).write_bytes(raw)
    assert not has_judged_pairs(tmp_path)
    with pytest.raises(Unreadable):
        read_judged_pairs(tmp_path)


@pytest.mark.parametrize("read", [read_new_texts, read_scoring_model])
@pytest.mark.parametrize("raw", DAMAGED)
def test_a_damaged_file_of_texts_or_of_a_scoring_model_is_unreadable(tmp_path, read, raw):
    (tmp_path / "file").write_bytes(raw)
    with pytest.raises(Unreadable):
        read(tmp_path / "file")


@pytest.mark.parametrize("raw", DAMAGED)
def test_a_damaged_file_holds_no_cut_offs(tmp_path, raw):
    (tmp_path / "file").write_bytes(raw)
    assert read_pair_cut_offs(tmp_path / "file") is None


def test_an_id_that_is_no_text_does_not_end_an_evaluation_with_a_traceback(tmp_path):
    (tmp_path / "corpus.jsonl").write_text('{"id": ["1"], "text": "a"}\n')
    (tmp_path / "queries.jsonl").write_text('{"id": "q", "text": "b"}\n')
    (tmp_path / "qrels.tsv").write_text("q\t1\t2\n")
    with pytest.raises(Unreadable):
        read_queries(tmp_path)


@pytest.mark.parametrize("raw", [*DAMAGED, b'{"eta": "soon", "args": []}', b'{"args": 1}'])
def test_what_is_no_message_of_the_queue_is_refused(raw):
    with pytest.raises(ValueError):
        JsonMessages()._deserialize(raw)


SOUND = {
    "format": 1,
    "refrain": "1",
    "schema": "1",
    "database": "sqlite",
    "created_at": "2026-11-27T10:00:00+00:00",
    "counts": {"statements": 1},
    "files": {ARCHIVE: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
}
"""The manifest of a backup whose archive is an empty file."""


@pytest.mark.parametrize(
    "raw",
    [
        *DAMAGED,
        json.dumps({**SOUND, "counts": {"statements": "many"}}).encode(),
        json.dumps({**SOUND, "counts": [1]}).encode(),
        json.dumps({**SOUND, "files": {**SOUND["files"], "../outside": "0"}}).encode(),
        json.dumps({**SOUND, "schema": 25}).encode(),
    ],
)
def test_a_damaged_manifest_is_no_backup_and_names_no_file_outside_its_folder(tmp_path, raw):
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / ARCHIVE).touch()
    (folder / MANIFEST).write_text(json.dumps(SOUND))
    assert Manifest.read(folder).counts == {"statements": 1}
    (folder / MANIFEST).write_bytes(raw)
    with pytest.raises(BackupUnusable, match=MANIFEST):
        Manifest.read(folder)
