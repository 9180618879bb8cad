"""What is stored of a text comes back as it was, but for rounding."""

import numpy as np
import pytest

from index.alignment.chunked_text import MOST_PARTS, ChunkedText
from index.contract import TokenStates
from index.text.names import NameRecognizer

NAMES = NameRecognizer()
TEXT = "Six tanks of toxic gas were brought to Idlib"


def tokens(text, width=7, seed=0):
    spans = [(at, at + 1) for at, letter in enumerate(text) if not letter.isspace()]
    states = np.random.default_rng(seed).normal(size=(len(spans), width)).astype(np.float32)
    return TokenStates(np.array(spans, np.int64).reshape(-1, 2), states)


def test_packing_keeps_everything_and_rounds_the_states():
    content = ChunkedText.from_tokens(TEXT, "en", tokens(TEXT), NAMES)
    again = ChunkedText.unpack(content.pack())
    for column in ("spans", "kinds", "stems", "keys"):
        np.testing.assert_array_equal(getattr(again, column), getattr(content, column))
    assert np.sum(again.states * content.states, axis=1).min() > 0.98
    np.testing.assert_allclose(np.linalg.norm(again.states, axis=1), 1, atol=1e-6)


def test_packing_twice_gives_the_same_bytes():
    packed = ChunkedText.from_tokens(TEXT, "en", tokens(TEXT), NAMES).pack()
    assert ChunkedText.unpack(packed).pack() == packed


def test_a_state_is_the_mean_of_its_tokens_less_the_mean_of_all():
    content = ChunkedText.from_tokens("ab cd", "xx", tokens("ab cd"), NAMES)
    states = tokens("ab cd").states
    first = states[:2].mean(axis=0) - states.mean(axis=0)
    np.testing.assert_allclose(content.states[0], first / np.linalg.norm(first), rtol=1e-4)


def test_offsets_count_from_where_the_text_begins_behind_its_title():
    titled = f"A title\n{TEXT}"
    content = ChunkedText.from_tokens(titled, "en", tokens(titled), NAMES, begins=8)
    np.testing.assert_array_equal(content.spans, ChunkedText.from_tokens(TEXT, "en", tokens(TEXT), NAMES).spans)
    assert content.is_of(TEXT)
    assert not content.is_of(titled)


@pytest.mark.parametrize("text", ["", "...", "a" * 3_000, " " * 300 + "word"])
def test_odd_texts_are_packed_too(text):
    for known in (tokens(text), TokenStates.none()):
        content = ChunkedText.from_tokens(text, "en", known, NAMES)
        assert ChunkedText.unpack(content.pack()).spans.tolist() == content.spans.tolist()


def test_of_a_very_long_text_the_beginning_is_kept():
    text = "word " * 1_000
    assert len(ChunkedText.from_tokens(text, "en", TokenStates.none(), NAMES)) == MOST_PARTS


@pytest.mark.parametrize("damaged", [b"", b"\x00" * 4, b"\xff" * 40])
def test_bytes_of_another_kind_are_refused(damaged):
    with pytest.raises(ValueError, match=r"layout|buffer"):
        ChunkedText.unpack(damaged)
