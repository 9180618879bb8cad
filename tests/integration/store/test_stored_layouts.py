"""The layout of stored answers: what goes to disk comes back, and what was stored without a version is read."""

import gzip
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.checks.checks import Check, Match
from app.domain.documents.documents import CheckedClaim, Claim, Document, OmittedClaims, ParsedDocument
from app.store.checks.stored_check import check_as_json, check_from_json, match_as_json, match_from_json
from app.store.documents.stored_document import document_as_json, document_from_json
from app.store.stored_values import VERSION, NewerLayout

_DATABASE = Path(__file__).resolve().parent / "golden" / "data_folder.sqlite3.gz"
_QUERIES = {
    "check": "SELECT answer FROM checks UNION ALL SELECT answer FROM job_lines WHERE answer IS NOT NULL",
    "match": "SELECT found_by_hand FROM matches WHERE found_by_hand IS NOT NULL",
    "document": "SELECT answer FROM documents",
}
_WAYS = {
    "check": (check_from_json, check_as_json),
    "match": (match_from_json, match_as_json),
    "document": (document_from_json, document_as_json),
}

st.register_type_strategy(str, st.text(st.characters(exclude_categories=["Cs"]), max_size=8))
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(datetime, st.datetimes(timezones=st.just(UTC)))
matches = st.builds(Match, review=st.none(), signals=st.dictionaries(st.text(max_size=4), st.floats(0, 1), max_size=3))
checks = st.builds(Check, matches=st.lists(matches, max_size=2).map(tuple))


def several(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


claims = st.builds(Claim)
spans = several(st.tuples(st.integers(0, 9), st.integers(0, 9)))
readings = st.builds(
    ParsedDocument,
    sentences=spans,
    quotations=spans,
    claims=several(claims),
    left_out=several(st.builds(OmittedClaims)),
    dates_unresolved=st.just(()),
)
documents = st.builds(Document, read=readings, statements=several(st.builds(CheckedClaim, check=checks)))


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """What the release before stored, by kind: JSON without a version."""
    file = tmp_path_factory.mktemp("layouts") / "refrain.sqlite3"
    file.write_bytes(gzip.decompress(_DATABASE.read_bytes()))
    with closing(sqlite3.connect(file)) as database:
        return {kind: [json.loads(row) for (row,) in database.execute(query)] for kind, query in _QUERIES.items()}


ADDED = {
    "notice": None,
    "own": False,
    "author": None,
    "attributions_read": True,
    "reason": None,
    "relation": "repeats",
    "claim": None,
    "contributor": None,
    "contributor_key": None,
    "said_before": None,
}
"""Fields that later releases added, with what they are where nothing was stored."""


def without_versions(stored):
    """Stored JSON without the versions, and without the place that an attached review had, which was always empty."""
    if isinstance(stored, dict):
        assert stored.get("review") is None
        kept = {name: value for name, value in stored.items() if name not in ("v", "review")}
        added = {name for name in kept if name in ADDED and kept[name] == ADDED[name]}
        added |= {"stance"} if "precedent" in kept and kept.get("stance") is None else set()
        return {name: without_versions(value) for name, value in kept.items() if name not in added}
    return [without_versions(value) for value in stored] if isinstance(stored, list) else stored


@settings(max_examples=30, deadline=None)
@given(checks)
def test_a_check_comes_back_from_disk_as_it_was(check):
    assert check_from_json(check_as_json(check)) == check


@settings(max_examples=30, deadline=None)
@given(matches)
def test_a_match_found_by_hand_comes_back_from_disk_as_it_was(match):
    assert match_from_json(match_as_json(match)) == match


@settings(max_examples=20, deadline=None)
@given(documents)
def test_a_document_comes_back_from_disk_as_it_was(document):
    assert document_from_json(document_as_json(document)) == document


@pytest.mark.parametrize("kind", _WAYS)
def test_what_was_stored_without_a_version_is_read_whole_and_has_a_version_when_it_is_written(kind, before):
    read, written = _WAYS[kind]
    assert before[kind]
    for stored in before[kind]:
        assert "v" not in stored
        again = json.loads(written(read(json.dumps(stored))))
        assert again["v"] == VERSION
        assert without_versions(again) == without_versions(stored)


@pytest.mark.parametrize("kind", _WAYS)
def test_a_layout_of_a_newer_release_is_refused_and_not_misread(kind, before):
    read, _ = _WAYS[kind]
    with pytest.raises(NewerLayout, match="upgrade"):
        read(json.dumps({**before[kind][0], "v": VERSION + 1}))


def test_what_a_release_long_before_did_not_store_is_read_as_absent(before):
    late = ("prediction", "narratives", "document", "phrased_in", "known_at")
    stored = {name: value for name, value in before["check"][0].items() if name not in late}
    check = check_from_json(json.dumps(stored))
    assert check == replace(check, prediction=None, narratives=(), document=None, phrased_in="en", known_at=None)
