"""Long texts are cut between words, lose nothing, and are weighed by length."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.embedders.windows import combine, cut, unit_rows


def words(text: str) -> list[tuple[int, int]]:
    return [match.span() for match in re.finditer(r"\S+", text)]


def characters(text: str) -> list[tuple[int, int]]:
    return [(at, at + 1) for at in range(len(text)) if not text[at].isspace()]


def test_a_text_that_fits_is_one_window_as_it_is() -> None:
    assert cut(3, " a b ", words(" a b "), 2) == [(3, " a b ", 2, 0)]
    assert cut(0, "", [], 2) == [(0, "", 0, 0)]


def test_a_cut_comes_before_a_word_where_it_can() -> None:
    text = "abcd efghi jk"
    assert [window.text.strip() for window in cut(0, text, characters(text), 7)] == ["abcd", "efghi jk"]


def test_a_text_without_spaces_is_cut_between_tokens() -> None:
    assert [window.text for window in cut(0, "六罐氯气被运到", characters("六罐氯气被运到"), 3)] == [
        "六罐氯",
        "气被运",
        "到",
    ]


@given(text=st.text(alphabet="abç六 \n", max_size=200), limit=st.integers(1, 20))
def test_no_token_is_lost_or_read_twice(text: str, limit: int) -> None:
    spans = characters(text)
    windows = cut(0, text, spans, limit)
    assert sum(window.tokens for window in windows) == len(spans)
    assert all(window.tokens <= limit for window in windows)
    assert re.sub(r"\s", "", "".join(window.text for window in windows)) == re.sub(r"\s", "", text)


def test_windows_count_by_their_tokens() -> None:
    vectors = np.eye(3, dtype=np.float32)
    found = combine(vectors, np.array([0, 0, 1]), np.array([3, 1, 5]), 2)
    np.testing.assert_allclose(found, unit_rows(np.array([[3, 1, 0], [0, 0, 1]], np.float32)), rtol=1e-6)
