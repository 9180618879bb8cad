"""Batches stay within their bound, and every text is in exactly one."""

import threading

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.contract import TokenStates
from index.embedders.batching import MAX_PADDED_TOKENS, MAX_PADDING, batches, embed_in_batches, embed_tokens_in_batches


@given(lengths=st.lists(st.integers(0, 600)), bound=st.integers(1, 3000))
def test_every_text_is_in_one_batch_within_the_bound(lengths: list[int], bound: int) -> None:
    made = list(batches(lengths, bound))
    assert all(max(lengths[at] for at in batch) - min(lengths[at] for at in batch) <= MAX_PADDING for batch in made)
    assert sorted(at for batch in made for at in batch) == list(range(len(lengths)))
    assert all(len(batch) == 1 or len(batch) * max(lengths[at] for at in batch) <= bound for batch in made)


def test_texts_of_like_length_share_a_batch() -> None:
    assert list(batches([5, 500, 6, 490, 4], 1000)) == [[1, 3], [2, 0, 4]]


def test_a_text_over_the_bound_is_a_batch_of_its_own() -> None:
    assert list(batches([10, 2, 2], 5)) == [[0], [1, 2]]


class _Model:
    """A model whose vector of a text is its length, and whose tokens are its words; counts the batches at once."""

    dimension, limit, overhead = 2, 500, 4

    def __init__(self, batches_at_once):
        self.batches_at_once = batches_at_once
        self.most = self._running = 0
        self._lock = threading.Lock()
        self.both = threading.Barrier(batches_at_once)

    def spans(self, texts):
        return [[(at, at + 1) for at, letter in enumerate(text) if letter != " "] for text in texts]

    def encode(self, texts):
        with self._lock:
            self._running += 1
            self.most = max(self.most, self._running)
        self.both.wait(10)
        with self._lock:
            self._running -= 1
        return np.array([(len(text), 1) for text in texts], np.float32)

    def encode_tokens(self, texts):
        states = [TokenStates(np.array([(0, len(text))]), np.full((1, 2), len(text), np.float32)) for text in texts]
        return self.encode(texts), states


@pytest.mark.parametrize("at_once", [1, 2])
def test_batches_that_are_computed_side_by_side_come_in_order(at_once):
    texts = ["x " * (247 + number % 4) for number in range(32)]
    assert len(list(batches([4 + len(text) // 2 for text in texts], MAX_PADDED_TOKENS))) == 4
    model, done = _Model(at_once), []
    vectors = embed_in_batches(model, texts, done.append)
    again, tokens = embed_tokens_in_batches(model, texts)
    assert vectors[:, 0].tolist() == again[:, 0].tolist() == [len(text) for text in texts]
    assert [int(one.states[0, 0]) for one in tokens] == [len(text) for text in texts]
    assert sum(done) == len(texts)
    assert model.most == at_once


def test_an_error_of_one_batch_is_the_calls():
    class Failing(_Model):
        def encode(self, texts):
            raise RuntimeError("out of memory")

    with pytest.raises(RuntimeError):
        embed_in_batches(Failing(2), ["x " * 400] * 20)
