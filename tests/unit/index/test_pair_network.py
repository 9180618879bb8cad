"""The shipped cross-encoder over stored token states."""

from pathlib import Path

import numpy as np
import pytest

import index.pairs.network
from index.pairs.network import PairNetwork
from index.pairs.pair_states import MOST_TOKENS, WIDTH, PairStates

NETWORK = PairNetwork(Path(index.pairs.network.__file__).with_name("network.onnx"))


def states(tokens, seed, rarity=None):
    """Of a text of so many tokens, drawn by lot."""
    drawn = np.random.default_rng(seed)
    codes = drawn.integers(1, 16, (tokens, WIDTH // 2)) | drawn.integers(1, 16, (tokens, WIDTH // 2)) << 4
    rarities = drawn.uniform(0.5, 14, tokens) if rarity is None else np.full(tokens, rarity)
    return PairStates(codes.astype(np.uint8), rarities.astype(np.float32), np.zeros(tokens, np.uint8), tokens, 9.0, 0)


def test_pairs_score_the_same_whatever_is_beside_them_and_stay_in_order():
    statement = states(12, 0)
    candidates = [states(tokens, tokens) for tokens in (40, 3, MOST_TOKENS, 1, 17)] + [statement]
    candidates += [states(5 + at, 100 + at) for at in range(30)]
    together = NETWORK.log_odds(statement, candidates)
    alone = np.concatenate([NETWORK.log_odds(statement, [candidate]) for candidate in candidates])
    np.testing.assert_array_equal(together, alone)
    assert np.ptp(alone) > 1
    assert together.argmax() == 5


def test_a_text_without_tokens_conveys_no_message():
    text, empty = states(7, 1), states(0, 0)
    assert NETWORK.log_odds(empty, [text, empty]).tolist() == [-np.inf, -np.inf]
    found = NETWORK.log_odds(text, [empty, text, empty])
    assert np.isneginf(found).tolist() == [True, False, True]
    assert NETWORK.log_odds(text, []).shape == (0,)


@pytest.mark.parametrize("rarity", [0, 0.25])
def test_a_token_of_no_rarity_is_not_taken_for_padding(rarity):
    """Rarities that are stored in steps can come back below the least: they count as the least."""
    commonest = states(9, 2, rarity)
    least = states(9, 2, 0.5)
    candidates = [states(6, 3), commonest]
    np.testing.assert_array_equal(
        NETWORK.log_odds(commonest, candidates), NETWORK.log_odds(least, [*candidates[:1], least])
    )


def test_rarities_count():
    same = states(9, 4)
    rare = PairStates(same.codes, same.rarities[::-1].copy(), same.kinds, same.words, same.rarity, same.checksum)
    other = states(11, 5)
    assert abs(NETWORK.log_odds(same, [other])[0] - NETWORK.log_odds(rare, [other])[0]) > 1e-3
