"""Words of texts and queries, cut up the same way."""

import pytest

from app.domain.search.keyword_query import parse_query, tokenize, tokenized_text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A chemical-attack, in IDLIB!", ["a", "chemical", "attack", "in", "idlib"]),
        ("Zürich straße ЁЛКА", ["zurich", "strasse", "елка"]),
        ("化学攻撃だ", ["化", "学", "攻", "撃", "た"]),
        ("snake_case 100%", ["snake", "case", "100"]),
        ("\u202e <b> \x1f", ["b"]),
        ("…", []),
    ],
)
def test_a_text_is_its_words_letter_case_and_accents_aside(text, words):
    assert tokenize(text) == words


@pytest.mark.parametrize(
    ("query", "text", "found"),
    [
        ("attack chem", "The Chemical attacks of May", True),
        ("hemical", "The Chemical attacks", False),
        ("attack-of", "attack of", True),
        ("attack-of", "attacks of", False),
        ("学攻", "化学攻撃", True),
        ("攻学", "化学攻撃", False),
        ("هجوم", "يستعد المسلحون لتنفيذ هُجومٍ", True),
        ("%", "100%", False),
    ],
)
def test_a_query_finds_texts_that_have_all_its_words_or_their_beginnings(query, text, found):
    pieces = parse_query(query)
    assert (bool(pieces) and all(one.in_text in tokenized_text(text) for one in pieces)) is found
