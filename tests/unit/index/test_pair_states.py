"""What is stored of a text for comparing it with others, and the model that compares."""

import numpy as np
import pytest

from index.alignment.chunked_text import ChunkedText
from index.contract import TokenStates
from index.pairs.features import FEATURES, PairText, pair_features
from index.pairs.pair_states import MOST_TOKENS, WIDTH, PairStates, restored
from index.pairs.probability import shipped_pair_model
from index.text.names import NameRecognizer

MODEL = shipped_pair_model("multilingual-e5-small (onnx, int8)")
NAMES = NameRecognizer()


def tokens_of(text, seed=0):
    """A token a word, with states drawn by lot."""
    drawn = np.random.default_rng(seed)
    spans, begin = [], 0
    for word in text.split():
        begin = text.index(word, begin)
        spans.append((begin, begin + len(word)))
        begin += len(word)
    states = drawn.normal(size=(len(spans), 384)).astype(np.float32)
    surprisals = drawn.uniform(2, 14, len(spans)).astype(np.float32)
    return TokenStates(np.array(spans, np.int64).reshape(-1, 2), states, states, surprisals)


def states_of(text, begins=0, tokens=None):
    tokens = tokens_of(text) if tokens is None else tokens
    content = ChunkedText.from_tokens(text, "en", tokens, NAMES, begins)
    return PairStates.from_tokens(text, "en", tokens, content, MODEL.state_mean, MODEL.state_projection, begins)


def pair_text(text, tokens=None):
    drawn = np.random.default_rng(len(text))
    vector = drawn.normal(size=384).astype(np.float32)
    return PairText(text, "en", frozenset(text.lower().split()), vector, states_of(text, tokens=tokens))


@pytest.mark.parametrize("text", ["", "Wolves", "Six tanks of gas were brought to Idlib in 2021.", "word " * 400])
def test_what_is_packed_comes_back(text):
    states = states_of(text)
    again = PairStates.unpack(states.pack())
    assert len(states.codes) == min(len(text.split()), MOST_TOKENS)
    np.testing.assert_array_equal(again.codes, states.codes)
    np.testing.assert_array_equal(again.kinds, states.kinds)
    np.testing.assert_allclose(again.rarities, states.rarities, atol=1 / 32)
    assert (again.words, again.checksum) == (states.words, states.checksum)
    assert again.rarity == pytest.approx(states.rarity)
    assert again.is_of(text)
    assert not again.is_of(text + "!")
    assert len(states.pack()) == 12 + len(states.codes) * (WIDTH // 2 + 2)


@pytest.mark.parametrize("spoilt", [b"", b"\x01", b"\x02" + bytes(11), b"\x01\x05" + bytes(30)])
def test_other_bytes_are_refused(spoilt):
    with pytest.raises(ValueError):
        PairStates.unpack(spoilt)


def test_rounded_states_keep_their_direction():
    states = tokens_of("one two three four")
    expected = (states.last - MODEL.state_mean) @ MODEL.state_projection
    found = restored(states_of("one two three four").codes)
    cosines = (found * expected).sum(axis=1) / np.linalg.norm(expected, axis=1)
    assert cosines.min() > 0.97


def test_a_title_is_not_compared_and_makes_another_text_of_it():
    titled = states_of("Rumours\nWolves were released", begins=8)
    assert len(titled.codes) == 3
    assert titled.is_of("Rumours\nWolves were released")
    assert not titled.is_of("Wolves were released")


def test_a_text_of_which_no_token_is_known_is_compared_all_the_same():
    none = pair_text("Wolves were released", tokens=TokenStates.none())
    known = pair_text("Wolves were released in the forest")
    for statement, candidates in ((none, [known, none]), (known, [none, known])):
        assert np.isfinite(pair_features(statement, candidates, MODEL.vector_mean)).all()
        assert (
            (MODEL.probabilities(statement, candidates) >= 0) & (MODEL.probabilities(statement, candidates) <= 1)
        ).all()
    assert MODEL.probabilities(known, []).shape == (0,)


def test_a_candidate_scores_the_same_alone_and_among_others():
    statement = pair_text("Six tanks of toxic gas were brought to Idlib")
    candidates = [pair_text(text) for text in ("Wolves", "Gas was brought to Idlib in tanks", "A long text " * 60)]
    together = pair_features(statement, candidates, MODEL.vector_mean)
    alone = [pair_features(statement, [candidate], MODEL.vector_mean)[0] for candidate in candidates]
    np.testing.assert_allclose(together, alone, atol=1e-5)
    assert together.shape == (3, len(FEATURES))


def test_a_text_covers_itself():
    text = pair_text("Six tanks of toxic gas were brought to Idlib")
    [features] = pair_features(text, [text], MODEL.vector_mean)
    named = dict(zip(FEATURES, features, strict=True))
    for name in ("mean_statement", "content_mean_candidate", "word_mean_lower", "quantile_20_lower", "mutual_lower"):
        assert named[name] == pytest.approx(1, abs=1e-4)
    assert (named["across"], named["length_difference"], named["token_sort"]) == (0, 0, 1)


def test_there_is_no_model_for_another_embedder():
    assert shipped_pair_model("hashing (no model)") is None
