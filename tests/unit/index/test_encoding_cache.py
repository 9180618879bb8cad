"""Encodings of texts that were asked for lately: the same as anew, bounded, and forgotten where they would differ."""

import numpy as np
import pytest

from index.contract import EncodedText, EncoderInput
from index.text.encoding_cache import CachingEncoder

TEXT = EncoderInput("Militants will stage an attack.", "en")


class Counting:
    """An encoder whose encodings name the text, and that counts what it is asked for."""

    name = fingerprint = token_features_version = pair_states_version = "counting"
    dimension = 4

    def __init__(self):
        self.asked = []
        self.names = ""

    def encode(self, texts, progress=None):
        self.asked.append(len(texts))
        return [EncodedText(np.zeros(4, np.float32), f"{text.text} {text.language}{self.names}") for text in texts]

    def add_names(self, people):
        self.names += " ".join(people)


@pytest.fixture
def inner():
    return Counting()


def test_a_text_is_encoded_once_and_comes_in_its_place(inner):
    encoder = CachingEncoder(inner)
    other, third = EncoderInput("Grain is cheap.", "en"), EncoderInput("Grain is dear.", "en")
    first = encoder.encode([TEXT, other, TEXT])
    again = encoder.encode([third, other, TEXT])
    assert inner.asked == [2, 1]
    assert [one.terms.split()[0] for one in first] == ["Militants", "Grain", "Militants"]
    assert [one.terms for one in again] == ["Grain is dear. en", "Grain is cheap. en", first[0].terms]
    assert again[2] is first[0]


@pytest.mark.parametrize(
    "other", [TEXT._replace(language="de"), TEXT._replace(text_start=4), TEXT._replace(text=f"{TEXT.text} ")]
)
def test_another_language_start_or_text_is_another_entry(inner, other):
    encoder = CachingEncoder(inner)
    encoder.encode([TEXT])
    encoder.encode([other])
    assert inner.asked == [1, 1]


def test_a_long_call_is_passed_on_and_pushes_nothing_out(inner):
    encoder = CachingEncoder(inner)
    encoder.encode([TEXT])
    many = [EncoderInput(f"Text {number}", "en") for number in range(65)]
    encoder.encode(many)
    encoder.encode(many)
    encoder.encode([TEXT])
    assert inner.asked == [1, 65, 65]


def test_the_least_recently_used_leaves_first(inner):
    encoder = CachingEncoder(inner, most_bytes=3_000)
    encoder.encode([TEXT])
    for number in range(20):
        encoder.encode([EncoderInput(f"Text {number}", "en")])
        encoder.encode([TEXT])
    assert inner.asked == [1] * 21
    encoder.encode([EncoderInput("Text 0", "en")])
    assert inner.asked == [1] * 22


def test_names_that_become_known_change_what_is_encoded(inner):
    encoder = CachingEncoder(inner)
    encoder.encode([TEXT])
    encoder.add_names(["Karpov"])
    assert encoder.encode([TEXT])[0].terms.endswith("Karpov")


def test_a_lone_surrogate_has_a_key(inner):
    assert CachingEncoder(inner).encode([EncoderInput("\ud800 word", "en")])
