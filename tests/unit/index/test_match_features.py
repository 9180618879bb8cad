"""What speaks for two texts following one script, a number a signal."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.contract import Attributes
from index.embedders.hashing import HashingEmbedder
from index.factory import open_lexical_index
from index.search.features import FEATURES, FeatureInput, match_features
from index.search.projection import Projection
from index.text.names import NameRecognizer
from index.text.terms import TermAnalyzer

READER = TermAnalyzer(NameRecognizer())
EMBEDDER = HashingEmbedder()
LENS = Projection.identity(EMBEDDER.dimension)
PLANNED = "Militants are planning a chlorine attack in Idlib with 400 litres."


def side(*texts):
    """Texts, each with its language."""
    return FeatureInput(
        [text for text, _ in texts],
        [language for _, language in texts],
        [frozenset(READER.terms(text, language).split()) for text, language in texts],
        LENS.project(EMBEDDER.embed([text for text, _ in texts])),
    )


def seen(statement, *candidates, archive=()):
    """The signals of each candidate, with terms as rare as they are among these and the rest of an archive."""
    one, others = side(statement), side(*candidates)
    index = open_lexical_index()
    stored = [" ".join(sorted(terms)) for terms in others.terms] + [READER.terms(*text) for text in archive]
    index.upsert(np.arange(len(stored)), stored, Attributes(np.tile([0, 1], (len(stored), 1))))
    found = match_features(one, others, index.idf(list(one.terms[0])), LENS)
    assert list(found) == list(FEATURES)
    assert all(values.shape == (len(candidates),) for values in found.values())
    return [{name: float(values[at]) for name, values in found.items()} for at in range(len(candidates))]


def en(text):
    return text, "en"


def test_the_same_text_has_all_that_it_can_have():
    [same] = seen(en(PLANNED), en(PLANNED))
    assert [same[name] for name in ("dense", "lexical", "names", "numbers", "wording")] == pytest.approx([1] * 5)
    assert (same["across"], same["themes"]) == (0, 0)


def test_a_text_about_something_else_has_nothing():
    [other] = seen(en(PLANNED), en("Grain exports rose."))
    assert (other["lexical"], other["names"], other["numbers"], other["across"]) == (0, 0, 0, 0)
    assert other["wording"] < 0.6


def test_across_languages_words_and_letters_say_nothing_and_names_and_numbers_do():
    [russian, same] = seen(en(PLANNED), ("Боевики готовят атаку в Идлибе: 400 литров.", "ru"), (PLANNED, "de"))
    assert (russian["across"], russian["lexical"], russian["wording"]) == (1, 0, 0)
    assert (same["across"], same["lexical"], same["wording"]) == (1, 0, 0)
    assert (russian["names"], russian["numbers"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "language"),
    [("قال كاربوف في إدلب", "ar"), ("А. Карпов сообщил об Идлибе", "ru"), ("Karpow sprach über Idlib", "de")],
)
def test_names_are_shared_across_scripts(text, language):
    [one] = seen(en("It was in Idlib, he said."), (text, language))
    assert one["names"] == 1


def test_a_shared_rare_word_tells_more_than_a_shared_common_one_and_both_more_than_one():
    common = [en("A plan of an attack was found there.")] * 20
    some = seen(en("attack with chlorine"), en("an attack"), en("some chlorine"), en("chlorine attack"), archive=common)
    by_common, by_rare, by_both = (one["lexical"] for one in some)
    assert 0 < by_common < by_rare < by_both <= 1


def test_one_more_shared_word_never_lowers_what_words_tell():
    without, with_it = seen(en(PLANNED), en("an attack in the west"), en("an attack in the west with chlorine"))
    assert with_it["lexical"] > without["lexical"]


def test_wording_does_not_go_by_the_order_of_words():
    [turned, edited, other] = seen(
        en("chlorine was brought by militants"),
        en("by militants chlorine was brought"),
        en("chlorine was brougt by militants"),
        en("grain exports rose by ten percent"),
    )
    assert turned["wording"] == 1
    assert 0.9 < edited["wording"] < 1
    assert other["wording"] < 0.6


def test_a_text_is_brief_by_its_words_and_not_by_its_candidates():
    assert [seen(en(text), en("x"))[0]["brevity"] for text in ("chlorine", "", "400 in Idlib")][:2] == [1, 1]
    [first, second] = seen(en(PLANNED), en("x"), en(PLANNED * 3))
    count = len([term for term in READER.terms(*en(PLANNED)).split() if term[0] not in "@#"])
    assert first["brevity"] == second["brevity"] == pytest.approx(1 / math.sqrt(count))


def test_without_names_and_numbers_these_tell_nothing():
    [one] = seen(en("they were planning something"), en("they were planning something"))
    assert (one["names"], one["numbers"], one["lexical"]) == (0, 0, 1)


def test_idf_overlap_is_zero_without_informative_terms():
    one, other = side(en(PLANNED)), side(en(PLANNED), en("x"))
    found = match_features(one, other, dict.fromkeys(one.terms[0], 0.0), LENS)
    assert [found[name].tolist() for name in ("lexical", "names", "numbers")] == [[0, 0]] * 3


def test_themes_are_those_of_the_lens():
    themes = np.zeros((EMBEDDER.dimension, 2), np.float32)
    one, other = side(en(PLANNED)), side(en(PLANNED), en("Grain exports rose."))
    themes[:, 0], themes[:, 1] = one.vectors[0], other.vectors[1]
    clear = Projection.identity(EMBEDDER.dimension)
    projection = Projection(clear.centre, clear.matrix, clear.topic_centre, themes)
    found = match_features(one, other, dict.fromkeys(one.terms[0], 1.0), projection)
    assert found["themes"][0] == pytest.approx(1)
    assert found["themes"][1] < 0.5


TEXTS = st.tuples(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), st.sampled_from(["en", "ru", "ar"]))


@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_every_signal_is_a_share_or_a_cosine(statement, candidates):
    for one in seen(statement, *candidates):
        for name, value in one.items():
            assert (-1 if name in ("dense", "themes") else 0) - 1e-5 <= value <= 1 + 1e-5, name
        assert not one["across"] or one["lexical"] == one["wording"] == 0
