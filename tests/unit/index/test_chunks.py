"""What is taken for one part of a text, what it is, and what is left out."""

import pytest

from index.alignment.chunks import Kind, read_chunks
from index.alignment.tokens import words
from index.text.names import NameRecognizer

NAMES = NameRecognizer()


def parts(text, language="en"):
    return [(text[part.start : part.end], part.kind) for part in read_chunks(text, language, NAMES)]


def texts(text, language="en"):
    return [part for part, _ in parts(text, language)]


def test_function_words_are_left_out():
    assert texts("The militants will have been preparing for an attack on the town") == [
        "militants", "preparing", "attack", "town",
    ]  # fmt: skip


def test_a_number_and_what_it_counts_in_are_one_quantity():
    assert parts("Six tanks of gas and more than 12,000 euros") == [
        ("Six tanks", Kind.QUANTITY), ("gas", Kind.WORD), ("more than 12,000 euros", Kind.QUANTITY),
    ]  # fmt: skip


def test_a_number_stands_alone_before_those_who_are_counted():
    assert parts("two diplomats") == [("two", Kind.NUMBER), ("diplomats", Kind.WORD)]


@pytest.mark.parametrize(
    ("text", "language", "time"),
    [
        ("It happened on 23 May 2021 there", "en", "23 May 2021"),
        ("It will freeze this winter", "en", "this winter"),
        ("Das geschah vor zwei Wochen", "de", "zwei Wochen"),
        ("Это было 24 апреля 2021 года", "ru", "24 апреля 2021 года"),
    ],
)
def test_dates_and_spans_of_time_are_one_part(text, language, time):
    assert (time, Kind.TIME) in parts(text, language)


def test_numbers_have_the_same_key_spelled_or_not_in_any_language():
    spelled = [read_chunks(text, language, NAMES)[0] for text, language in
               [("six tanks", "en"), ("6 tanks", "en"), ("шесть цистерн", "ru"), ("sechs Tanks", "de")]]  # fmt: skip
    assert {part.key for part in spelled} == {"6"}


def test_names_are_one_part_with_the_same_key_in_every_script():
    [english] = [part for part in read_chunks("They went to Jisr al-Shugur.", "en", NAMES) if part.kind is Kind.PLACE]
    [russian] = [part for part in read_chunks("Они ушли в Джиср-эш-Шугур.", "ru", NAMES) if part.kind is Kind.PLACE]
    assert english.key == russian.key


def test_an_elided_article_is_a_word_of_its_own():
    assert texts("l'armée d'Idleb", "fr") == ["armée", "Idleb"]
    assert texts("the army's planes") == ["army", "planes"]


def test_a_negation_belongs_to_the_word_after_it():
    assert texts("They do not withdraw") == ["not withdraw"]


def test_phrases_that_only_together_carry_nothing_are_left_out():
    assert texts("in order to give an order") == ["give", "order"]


def test_where_no_blanks_are_written_each_character_is_a_word():
    assert [end - start for start, end in words("六罐氯气")] == [1, 1, 1, 1]


def test_a_language_without_lists_is_read_too():
    assert texts("Salam dunia 12", "xx") == ["Salam", "dunia", "12"]
