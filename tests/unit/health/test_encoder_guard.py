"""One text that keeps the model busy refuses nobody else; a model that answers nobody is noticed."""

import threading

import pytest
from waiting import until

from app.domain.core.errors import EncoderUnavailable
from app.services.health.encoder_guard import HANGS_AFTER_S, GuardedEncoder
from index.contract import EncoderInput
from index.embedders.hashing import HashingEmbedder
from index.text.encoder import DefaultTextEncoder


class SlowForSome(HashingEmbedder):
    """Takes as long for one text as the test wants."""

    def __init__(self):
        super().__init__()
        self.reached, self.go_on = threading.Event(), threading.Event()

    def embed(self, texts, progress=None):
        if any("slow" in text for text in texts):
            self.reached.set()
            assert self.go_on.wait(60)
        return super().embed(texts, progress)


class Seconds:
    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def busy():
    """A guard with a call under way that does not advance, the embedder, and the time."""
    embedder, clock = SlowForSome(), Seconds()
    guard = GuardedEncoder(DefaultTextEncoder(embedder), clock=clock)
    call = threading.Thread(target=guard.encode, args=([EncoderInput("slow", "en")],))
    call.start()
    assert embedder.reached.wait(60)
    try:
        yield guard, embedder, clock
    finally:
        embedder.go_on.set()
        call.join()


def test_others_are_answered_beside_a_slow_text(busy):
    guard, _, clock = busy
    for _ in range(10):
        clock.now += HANGS_AFTER_S / 2
        assert guard.failure is None
        assert len(guard.encode([EncoderInput("quick", "en")])) == 1


def test_a_model_that_answers_nobody_is_noticed_until_it_answers(busy):
    guard, embedder, clock = busy
    clock.now += HANGS_AFTER_S + 1
    assert guard.failure == "the model has not answered for 16 seconds"
    for _ in range(3):  # asking again is no sign of life
        with pytest.raises(EncoderUnavailable):
            guard.encode([EncoderInput("quick", "en")])
    embedder.go_on.set()
    until(lambda: guard.failure is None)
    assert len(guard.encode([EncoderInput("quick", "en")])) == 1


def test_a_rest_is_no_silence():
    clock = Seconds()
    guard = GuardedEncoder(DefaultTextEncoder(HashingEmbedder()), clock=clock)
    guard.encode([EncoderInput("quick", "en")])
    clock.now += 10 * HANGS_AFTER_S
    assert guard.failure is None
    assert len(guard.encode([EncoderInput("quick", "en")])) == 1
