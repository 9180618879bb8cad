"""Near-duplicate texts: what is grouped in one row of the queue, and what is not."""

from app.domain.desk.near_duplicates import band_of_document, bands, nearly_equal
from app.domain.search.keyword_query import tokenized_text

LONG = (
    "The ministry of defence says that the grain was burned in the harbour by the very people who had promised to "
    "guard it through the winter and that films of the fire were made before it began."
)


def tokens(text):
    return tokenized_text(text)


def share_a_band(one, other):
    return bool(set(bands(tokens(one))) & set(bands(tokens(other))))


def test_case_accents_and_punctuation_make_no_other_text():
    assert nearly_equal(tokens("Grain, BURNED in the café!"), tokens("grain burned in the cafe"))
    assert bands(tokens("Grain, BURNED in the café!")) == bands(tokens("grain burned in the cafe"))


def test_a_word_more_or_less_in_a_long_text_is_nearly_the_same():
    for other in (f"{LONG} Again.", LONG.replace("very ", ""), LONG.replace("films", "videos")):
        assert nearly_equal(tokens(LONG), tokens(other))
        assert share_a_band(LONG, other)


def test_another_number_or_many_other_words_are_another_text():
    assert not nearly_equal(tokens(f"{LONG} Six tanks."), tokens(f"{LONG} 6 tanks."))
    assert not nearly_equal(tokens(f"{LONG} 5 tanks."), tokens(f"{LONG} 6 tanks."))
    assert not nearly_equal(tokens("Attack in Idlib is being staged."), tokens("Attack in Hama is being staged."))
    assert not nearly_equal(tokens(LONG), tokens("Grain exports rose by ten percent in April."))
    assert not share_a_band(LONG, "Grain exports rose by ten percent in April.")


def test_texts_without_words_and_very_long_ones_have_bands_that_fit_the_database():
    for text in ("", "!", "word", "а" * 10_000, "one two three " * 5_000):
        found = bands(tokens(text))
        assert found
        assert all(0 <= band < 2**63 for band in found)
    assert band_of_document("a") != band_of_document("b")
