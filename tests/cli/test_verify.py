"""`refrain verify` says in sentences what is wrong, and mends it."""

import json
import sqlite3

import numpy as np
import pytest
from builders import STAGED, write_jsonl
from sqlalchemy import text

from app.store.connections import writing
from app.store.database import open_database


@pytest.fixture
def filled(refrain, tmp_path):
    """A data folder with thirty statements and a snapshot of their index."""
    lines = [{"id": str(n), "text": f"{STAGED} Number {n}.", "date": "2021-01-01", "lang": "en"} for n in range(30)]
    assert refrain("import", write_jsonl(tmp_path / "lines.jsonl", *lines)).code == 0
    assert refrain("reindex").code == 0
    return tmp_path / "data"


def change(folder, statement, **values):
    engine = open_database(f"sqlite:///{folder / 'refrain.sqlite3'}")
    with writing(engine) as connection:
        connection.execute(text(statement), values)
    engine.dispose()


def test_a_sound_archive_is_said_to_be_sound(filled, refrain):
    ran = refrain("verify")
    assert ran.code == 0, ran.out
    assert "30 statements, 30 in the index; 30 embedded again, lowest cosine 1.0000." in ran.out
    assert "All is as it should be." in ran.out
    result = json.loads(refrain("verify", "--json").out)
    assert (result["sound"], result["statements"], result["faults"]) == (True, 30, [])


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ("DELETE FROM vectors WHERE statement_key IN (1, 2)", "2 statements cannot be found yet: no vector."),
        ("UPDATE vectors SET vector = x'00' WHERE statement_key = 3", "1 statement cannot be found: the vector"),
        ("UPDATE vectors SET vector = (SELECT zeroblob(length(vector))) WHERE statement_key = 3", "vector is damaged"),
        (
            ("UPDATE vectors SET vector = (SELECT v.vector FROM vectors v WHERE v.statement_key = 5) "
            "WHERE statement_key = 4"),
            "The index snapshot differs from the database for 1 statement.",
        ),
        (
            "UPDATE statements SET said_begins = 7 WHERE key = 9",
            "The index snapshot differs from the database for 1 statement.",
        ),
        ("UPDATE statements SET withdrawn_at = '2021-01-01' WHERE key = 9", "The index snapshot holds 30 vectors"),
        (
            "INSERT INTO flag_counts SELECT key, 'open', 7 FROM organisations",
            "Counters of flags that are wrong: 1.",
        ),
        (
            "INSERT INTO flag_facets SELECT key, 'open', 'tier', 'related', 'related', 7 FROM organisations",
            "Counters of flags that are wrong: 1.",
        ),
    ],
)  # fmt: skip
def test_a_fault_is_said_and_mended(filled, refrain, fault, sentence):
    refrain("organisations", "create", "Desk")
    change(filled, fault)
    found = refrain("verify")
    assert found.code == 1, found.out
    assert sentence in found.out
    assert "Mend it with: refrain verify --repair" in found.out
    mended = refrain("verify", "--repair")
    assert mended.code == 0, mended.out
    assert "Mended." in mended.out
    assert refrain("verify").code == 0


def test_vectors_of_another_text_are_found_by_embedding_again(filled, refrain):
    other = np.zeros(256, np.float32)
    other[7] = 1
    change(filled, "UPDATE vectors SET vector = :other", other=other.tobytes())
    found = refrain("verify")
    assert "Of 30 statements embedded again, 30 have the vector of something else." in found.out
    assert refrain("verify", "--repair").code == 0
    assert refrain("verify").code == 0


def test_a_flipped_bit_in_the_snapshot_is_said_and_mended(filled, refrain):
    snapshot = filled / "index.snapshot"
    content = bytearray(snapshot.read_bytes())
    content[len(content) // 2] ^= 4
    snapshot.write_bytes(content)
    found = refrain("verify")
    assert found.code == 1
    assert "is damaged: its checksum is wrong." in found.out
    assert refrain("verify", "--repair").code == 0
    assert refrain("verify").code == 0


def test_a_row_whose_parent_is_gone_is_said(filled, refrain):
    engine = open_database(f"sqlite:///{filled / 'refrain.sqlite3'}")
    with engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("DELETE FROM statements WHERE key = 1")
    engine.dispose()
    found = refrain("verify", "--repair")
    assert found.code == 1
    assert "The database is damaged: rows of vectors whose row of statements is gone: 1." in found.out
    assert "restore a backup" in found.out


def test_a_database_with_a_page_overwritten_is_said_to_be_damaged(filled, refrain):
    database = filled / "refrain.sqlite3"
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'vectors'").fetchone()
    connection.close()
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = bytes(4096)
    database.write_bytes(content)
    found = refrain("verify")
    assert found.code == 1
    assert "damaged" in found.out + found.err
    assert "Traceback" not in found.out + found.err
