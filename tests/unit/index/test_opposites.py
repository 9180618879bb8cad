"""Words of opposite meaning: by the lexicons, whose oppositions have one key in every language."""

import pytest

from index.alignment.opposites import meanings
from index.lexicons import languages, section


def opposed(word, other, language="en", other_language="en"):
    return any(one.opposite() in meanings(other, other_language) for one in meanings(word, language))


@pytest.mark.parametrize(
    ("word", "other"),
    [("prevents", "causes"), ("rescued", "died"), ("released", "arrested"), ("rise", "fall"), ("banned", "allows"),
     ("saved", "spent"), ("denies", "confirmed"), ("northern", "south")],
)  # fmt: skip
def test_english_opposites(word, other):
    assert opposed(word, other)
    assert opposed(other, word)
    assert not opposed(word, word)


@pytest.mark.parametrize(
    ("word", "language"),
    [("предотвращает", "ru"), ("запобігає", "uk"), ("يمنع", "ar"), ("verhindert", "de"), ("empêche", "fr"),
     ("previene", "es"), ("impedisce", "it"), ("impede", "pt"), ("zapobiega", "pl"), ("önlüyor", "tr"),
     ("预防", "zh"), ("防ぐ", "ja")],
)  # fmt: skip
def test_opposites_across_languages(word, language):
    assert opposed(word, "causes", language)


@pytest.mark.parametrize("word", ["risk", "bank", "storm", "savage", "leaf"])
def test_words_that_begin_alike_have_no_such_meaning(word):
    assert not meanings(word, "en")


@pytest.mark.parametrize("language", [one for one in languages() if section(one, "opposites")])
def test_no_word_is_its_own_opposite(language):
    for name in ("opposites", "contrasts"):
        for key, listed in section(language, name).items():
            one, other = (set(pole.split()) for pole in listed.split(" / "))
            assert not one & other, (language, key)


def test_a_language_without_lists_has_no_opposites():
    assert not meanings("prevents", "xx")
