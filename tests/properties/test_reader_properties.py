"""No line of a file, whatever its bytes, ends an import."""

import contextlib
import json

import pytest
from builders import languages
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.formats import claimreview, csv_table, jsonl
from app.formats.lines import Unreadable

STRINGS = st.text(st.characters(), max_size=20)
STRICT_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | STRINGS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(STRINGS, inner, max_size=3),
    max_leaves=8,
)
JSON = STRICT_JSON | st.floats()
FIELDS = st.sampled_from(
    ["text", "title", "date", "said_at", "learned_at", "lang", "language", "speaker", "source", "url", "archive_url",
     "id", "external_id", "fakes", "narratives", "findings", "disproof", "summary", "keywords", "other"]
)  # fmt: skip
REVIEW_FIELDS = st.sampled_from(
    ["claimReviewed", "itemReviewed", "reviewRating", "author", "headline", "url", "inLanguage", "datePublished"]
)
one_folder = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def file(tmp_path):
    return tmp_path / "any"


@given(raw=st.binary(max_size=200).map(lambda raw: raw.replace(b"\n", b" ")))
@one_folder
def test_any_bytes_as_a_line_leave_the_lines_around_them_alone(file, raw):
    file.write_bytes(b'{"text": "Before."}\n' + raw + b'\n{"text": "After."}\n')
    lines = {line.number: line for line in jsonl.read_statements(file)}
    assert (lines[1].draft.text, lines[3].draft.text) == ("Before.", "After.")
    assert 2 not in lines or lines[2].draft or lines[2].reason


@given(record=st.dictionaries(FIELDS, JSON, max_size=5) | JSON)
@one_folder
def test_any_json_as_a_line_is_a_statement_or_has_a_reason_why_not(file, record):
    file.write_text(json.dumps(record), "utf-8")
    for read in (lambda: jsonl.read_statements(file), lambda: jsonl.read_narratives(file)):
        [line] = read()
        assert (line.draft or line.narrative) is not None or line.reason


@given(raw=st.binary(max_size=200))
@one_folder
def test_any_bytes_after_a_tables_header_are_rows_or_have_a_reason_why_not(file, raw):
    file.write_bytes(b"text,date,narratives\n" + raw)
    for line in csv_table.read_statements(file):
        assert line.draft or line.reason


@given(raw=st.binary(max_size=200))
@one_folder
def test_any_bytes_are_a_table_or_are_refused_as_one(file, raw):
    file.write_bytes(raw)
    with contextlib.suppress(Unreadable):
        list(csv_table.read_statements(file))


@given(review=st.dictionaries(REVIEW_FIELDS, STRICT_JSON, max_size=5))
@one_folder
def test_any_review_is_a_statement_or_has_a_reason_why_not(file, review):
    file.write_text(json.dumps([{"@type": "ClaimReview", **review}]), "utf-8")
    [line] = claimreview.read_statements(file)
    assert line.draft or line.reason


@given(tag=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_is_a_language_tag_or_none(tag):
    found = languages().canonical(tag)
    assert found is None or (found and len(found) <= 35)
