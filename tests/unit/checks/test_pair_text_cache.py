"""Cache of what pairs are compared by: bounded, and never that of another wording."""

from dataclasses import replace

import numpy as np
from builders import statement

from app.services.checks.pair_text_cache import PairTextCache
from index.pairs.features import PairText
from index.pairs.pair_states import WIDTH, PairStates

ONE = statement("Militants will stage an attack.")


def pair_text(text):
    states = PairStates(np.zeros((4, WIDTH // 2), np.uint8), np.ones(4, np.float32), np.zeros(4, np.uint8), 4, 1.0, 1)
    return PairText(text, "en", frozenset(text.split()), np.zeros(8, np.float32), states)


def test_what_was_put_is_found_for_the_same_wording_alone():
    cache, text = PairTextCache(), pair_text(ONE.text)
    assert cache.get(ONE) is None
    cache.put(ONE, text)
    assert cache.get(ONE) is text
    assert cache.get(replace(ONE, title="A title")) is None
    assert cache.get(replace(ONE, text="Militants will stage attacks.")) is None
    assert cache.get(replace(ONE, language="ru")) is None


def test_what_changed_or_is_gone_is_forgotten():
    cache, other = PairTextCache(), replace(ONE, key=7)
    cache.put(ONE, pair_text(ONE.text))
    cache.put(other, pair_text(ONE.text))
    cache.forget([ONE.key, 8])
    assert cache.get(ONE) is None
    assert cache.get(other) is not None


def test_the_least_recently_used_leave_first():
    one = pair_text(ONE.text)
    cache = PairTextCache(most_bytes=5_000)
    others = [replace(ONE, key=number) for number in range(100, 105)]
    cache.put(ONE, one)
    for other in others:
        cache.put(other, one)
        assert cache.get(ONE) is one, "it was used in between"
    kept = [other for other in others if cache.get(other)]
    assert 0 < len(kept) < len(others)
    assert kept == others[-len(kept) :]


def test_putting_the_same_again_takes_no_more_room():
    cache = PairTextCache(most_bytes=5_000)
    for _ in range(100):
        cache.put(ONE, pair_text(ONE.text))
    other = replace(ONE, key=7)
    cache.put(other, pair_text(ONE.text))
    assert cache.get(ONE) is not None
    assert cache.get(other) is not None
