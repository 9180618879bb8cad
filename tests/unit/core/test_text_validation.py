"""What may be kept as a text, and when two texts are the same."""

import pytest

from app.domain.core.text import InvalidText, canonical, clean, identity, unstorable, web_address


def test_white_space_around_a_text_goes_and_inside_it_stays():
    assert clean(" \n A  b\tc \u00a0", 10) == "A  b\tc"


@pytest.mark.parametrize("raw", ["", "   ", "\n\t", "\u200b", "\u00a0\u2028", "\ufeff", "\u200e \u200f", "\x01\x02"])
def test_a_text_with_nothing_visible_in_it_is_empty(raw):
    with pytest.raises(InvalidText, match="is empty"):
        clean(raw, 10)


def test_length_is_counted_in_characters_after_trimming():
    assert clean(f"  {'𝄞' * 10}  ", 10) == "𝄞" * 10
    with pytest.raises(InvalidText, match=r"has 11 characters; the limit is 10"):
        clean("𝄞" * 11, 10)


def test_the_limit_is_said_so_that_a_person_can_read_it():
    with pytest.raises(InvalidText, match=r"has 5,001 characters; the limit is 5,000: send a shorter text"):
        clean("x" * 5_001, 5_000)


@pytest.mark.parametrize(("raw", "fault"), [("a\x00b", "NUL"), ("a\ud800", "lone surrogate"), ("\udfffa", "surrogate")])
def test_text_that_no_database_can_store_is_refused(raw, fault):
    assert fault in unstorable(raw)
    with pytest.raises(InvalidText, match=fault):
        clean(raw, 10)


def test_code_points_beside_the_surrogates_are_kept():
    assert unstorable("\ud7ff\ue000\U0010ffff\x01") is None


def test_texts_that_differ_in_white_space_or_composition_are_the_same():
    assert canonical(" Cafe\u0301 \n  noir ") == canonical("Café noir")
    assert identity("Cafe\u0301  noir", "A  B", "2021") == identity("Café noir", "A B", "2021")


@pytest.mark.parametrize(
    "other",
    [("Another text", "Speaker", "2021"), ("Text", "Someone else", "2021"), ("Text", "Speaker", "2022"),
     ("Text", None, "2021"), ("Text", "Speaker", None), ("text", "Speaker", "2021"), ("Text", "Speaker", "2021-01")],
)  # fmt: skip
def test_another_text_speaker_or_date_is_another_identity(other):
    assert identity(*other) != identity("Text", "Speaker", "2021")


def test_identity_parts_cannot_run_into_each_other():
    assert identity("ab", "c", None) != identity("a", "bc", None)


def test_a_web_address_is_kept_as_it_was_given():
    assert web_address(" https://example.org/a?b=c#d ", 100) == "https://example.org/a?b=c#d"
    assert web_address("HTTP://пример.рф/путь", 100) == "HTTP://пример.рф/путь"


@pytest.mark.parametrize(
    "raw", ["example.org", "ftp://example.org", "javascript:alert(1)", "https://", "https:///path", "http://a b", "//a"]
)
def test_what_is_no_web_address_is_refused(raw):
    with pytest.raises(InvalidText, match="is no web address"):
        web_address(raw, 100)
