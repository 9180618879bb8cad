"""What is one word, and so no statement."""

import pytest

from app.domain.statements.one_word import is_one_word


@pytest.mark.parametrize(
    "text",
    [
        "Breaking", "BREAKING!!!", "Fake!", "#wolves", "wolves #breaking #news", "5G", "12,000", "🔥 Breaking 🔥", "🐺",
        "", "@somebody wolves", "https://example.org/wolves-released wolves", "U.S.", "COVID-19", "don't", "l'Ukraine",
        "Вакцина", "الحرب", "اللَّقاح", "नमक", "戦争", "突发", "ウクライナ", "우크라이나",
    ],
)  # fmt: skip
def test_one_word_or_none(text):
    assert is_one_word(text)


@pytest.mark.parametrize(
    "text",
    ["fake news", "MH17 Ukraine", "5G kills", "#WolvesInTheForest", "Wolves #released in the #forest", "Белые каски",
     "他死了", "ワクチンは危険", "नमक खत्म", "الحرب قادمة"],
)  # fmt: skip
def test_two_words_may_be_a_statement(text):
    assert not is_one_word(text)
