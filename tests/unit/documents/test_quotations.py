"""Quotation marks of several kinds, and the sentences around them."""

import pytest

from app.language.attribution.quotations import inside, is_speech, quotations
from index.text.sentences import sentence_spans


@pytest.mark.parametrize(
    "quoted",
    ["“It is near.”", '"It is near."', "«Это близко»", "„Es ist nah“", "„To blisko”", "‘It is near’", "「近い」"],
)
def test_a_quotation_is_found_with_its_marks(quoted):
    text = f"He said: {quoted} and left."
    [(start, end)] = quotations(text)
    assert text[start:end] == quoted


def test_an_apostrophe_and_a_mark_without_its_partner_quote_nothing():
    assert quotations("It's the dogs' bowl and 5' long, “and so on") == []


def test_what_stands_between_the_marks_leaves_out_the_comma_of_the_sentence():
    text = "“It is near,” she said."
    start, end = inside(text, quotations(text)[0])
    assert text[start:end] == "It is near"


def test_one_or_two_words_in_marks_are_no_speech():
    text = "a “false flag” and “a false flag operation”"
    assert [is_speech(text, one) for one in quotations(text)] == [False, True]


@pytest.mark.parametrize(
    ("language", "text", "sentences"),
    [
        ("en", "“We go. Now.” Then J. Smith left the U.S. on Jan. 5. 😀 He slept.\n\nNew.", 4),
        ("ru", "Это заявил А. С. Карпов, т. е. генерал. «Да. Нет», — сказал он.", 2),
        ("ja", "彼は言った。「近い。」終わり。", 3),
    ],
)
def test_sentences_cover_the_text_and_are_stretches_of_it(language, text, sentences):
    spans = [span for _, span in sentence_spans(text, language)]
    assert abs(len(spans) - sentences) <= 1
    assert [text[start:end].strip() for start, end in spans] == [text[start:end] for start, end in spans]
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())


def test_paragraphs_are_counted():
    assert [at for at, _ in sentence_spans("One. Two.\n\n \nThree.\nFour.", "en")] == [0, 0, 1, 2]


def test_a_line_without_end_is_read_in_pieces():
    text = "“word " * 20_000
    spans = [span for _, span in sentence_spans(text, "en")]
    assert "".join("".join(text[start:end].split()) for start, end in spans) == "".join(text.split())
