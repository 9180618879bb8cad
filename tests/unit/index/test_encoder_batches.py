"""Texts that are encoded in several batches, of which one is embedded while the one before is read."""

import time

import numpy as np
import pytest

from index.contract import EncoderInput
from index.embedders.hashing import HashingEmbedder
from index.processor_budget import ProcessorBudget, ProcessorBudgetExceeded, processor_budget
from index.text import encoder as module
from index.text.encoder import DefaultTextEncoder

TEXTS = [EncoderInput(f"Grain of field {number} is sold in Odesa for {number} dollars.", "en") for number in range(40)]


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(module, "_LETTERS_AT_ONCE", 200)


def test_encodings_are_those_of_one_batch_in_order(monkeypatch):
    encoder = DefaultTextEncoder(HashingEmbedder())
    together = encoder.encode(TEXTS)
    monkeypatch.setattr(module, "_LETTERS_AT_ONCE", 200)
    done = []
    parted = encoder.encode(TEXTS, done.append)
    assert sum(done) == len(TEXTS)
    assert [one.terms for one in parted] == [one.terms for one in together]
    assert [one.token_features for one in parted] == [one.token_features for one in together]
    np.testing.assert_array_equal([one.vector for one in parted], [one.vector for one in together])


@pytest.mark.usefixtures("small_batches")
def test_no_text_and_one_text_are_encoded():
    encoder = DefaultTextEncoder(HashingEmbedder())
    assert encoder.encode([]) == []
    assert len(encoder.encode(TEXTS[:1])) == 1


@pytest.mark.usefixtures("small_batches")
def test_batches_that_are_embedded_beside_are_within_the_budget_of_the_caller():
    class Slow(HashingEmbedder):
        def embed(self, texts, progress=None):
            ends = time.thread_time() + 0.05
            while time.thread_time() < ends:
                pass
            return super().embed(texts, progress)

    budget = ProcessorBudget(0.2)
    with processor_budget(budget), pytest.raises(ProcessorBudgetExceeded):
        DefaultTextEncoder(Slow()).encode(TEXTS)


@pytest.mark.usefixtures("small_batches")
def test_an_error_of_a_later_batch_reaches_the_caller():
    class Failing(HashingEmbedder):
        def embed(self, texts, progress=None):
            if any("field 30 " in text for text in texts):
                raise ValueError("no memory is left")
            return super().embed(texts, progress)

    with pytest.raises(ValueError, match="no memory"):
        DefaultTextEncoder(Failing()).encode(TEXTS)
