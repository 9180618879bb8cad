"""The passage of a text that a list shows, and the words that are marked in it."""

import pytest

from app.domain.search.snippets import query_terms, snippet_of


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("gas attack", ("gas", "attack")),
        ('"staged attack" Idlib', ("staged attack", "Idlib")),
        ("„химическая атака“ и «газ»", ("химическая атака", "и", "газ")),
        ("gas, gas; attack.", ("gas", "attack")),
        ('an open "quotation', ("an", "open", "quotation")),
        ("  ", ()),
        ("...", ()),
        (" ".join(map(str, range(20))), tuple(map(str, range(12)))),
    ],
)
def test_a_query_is_words_and_whole_phrases(query, words):
    assert query_terms(query) == words


def found(text, *words, longest=280):
    passage = snippet_of(text, words, longest)
    return [text[start:end] for start, end in passage.found]


def test_words_are_found_whatever_their_case_and_the_longest_of_two_wins():
    assert found("The GAS attack: a gasoline fire.", "gas", "gasoline") == ["GAS", "gasoline"]
    assert found("ХИМИЧЕСКАЯ атака", "химическая") == ["ХИМИЧЕСКАЯ"]


def test_what_looks_like_a_pattern_is_looked_for_as_it_is():
    assert found("a.c and abc", "a.c") == ["a.c"]


def test_a_short_text_is_shown_whole():
    passage = snippet_of("Short.", ["none"])
    assert (passage.start, passage.end, passage.found, passage.truncated_start, passage.truncated_end) == (
        0,
        6,
        (),
        False,
        False,
    )


def test_a_long_text_is_shown_around_the_first_word_and_cut_between_words():
    text = "before " * 100 + "needle " + "after " * 100
    passage = snippet_of(text, ["needle"])
    shown = text[passage.start : passage.end]
    assert "needle" in shown
    assert len(shown) <= 280
    assert shown.startswith("before")
    assert shown.endswith("after")
    assert passage.truncated_start
    assert passage.truncated_end


def test_a_word_without_end_is_cut_where_the_passage_ends():
    passage = snippet_of("x" * 5_000, ["x" * 400])
    assert (passage.start, passage.end, passage.found) == (0, 280, ((0, 280),))


def test_words_are_marked_where_words_begin_and_within_others_only_where_none_does():
    assert found("In the province, in spring", "in") == ["In", "in"]
    assert found("A provocation.", "vocation") == ["vocation"]
    assert found("Stagings of a staged stage", "stage") == ["stage", "stage"]
