"""One file a language, read and compiled when the language is first met."""

import re
import subprocess
import sys

import pytest

import index.lexicons
from app.language.lexicons.attribution import attribution_lexicon
from app.language.lexicons.dates import date_lexicon, which
from app.language.lexicons.notation import WRITTEN, Notation
from app.language.lexicons.predictions import prediction_lexicon
from app.language.lexicons.stance import LANGUAGES, PATTERN_KINDS, stance_lexicon
from index.alignment.lexicon import lexicon
from index.lexicons import InvalidLexicon, languages


@pytest.mark.parametrize("language", languages())
def test_every_file_can_be_read_by_every_capability(language):
    assert lexicon(language).function
    stance_lexicon(language, "")
    prediction_lexicon(language, "")
    attribution_lexicon(language)
    date_lexicon(language)
    date_lexicon(language, WRITTEN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_stance_patterns_are_written_in_small_letters(language):
    patterns = stance_lexicon(language, "").patterns
    for kind in PATTERN_KINDS:
        letters = re.sub(r"\\[A-Za-z]", "", getattr(patterns, kind).pattern)
        assert letters == letters.lower(), kind


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Puts lexicon files of a test in the place of the shipped ones."""

    def write(**contents):
        for code, content in contents.items():
            (tmp_path / f"{code}.toml").write_text(content, encoding="utf-8")
        monkeypatch.setattr(index.lexicons, "files", lambda package: tmp_path)
        index.lexicons._codes.cache_clear()
        index.lexicons._read.cache_clear()

    yield write
    monkeypatch.undo()
    index.lexicons._codes.cache_clear()
    index.lexicons._read.cache_clear()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[stanze]\nasking = 'a'", r"xx\.toml: \[stanze\]: unknown section"),
        ("[words]\nfunktion = 'a'", r"xx\.toml: \[words\] funktion: unknown key"),
        ("[words\n", r"xx\.toml: .*line 1"),
    ],
)
def test_a_faulty_file_is_refused_with_its_name_and_the_key(written, content, message):
    written(xx=content)
    with pytest.raises(InvalidLexicon, match=message):
        index.lexicons.section("xx", "words", index.lexicons.WORD_KINDS)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("a (b c", r"xx\.toml: \[stance\] asking: \(b: missing \)"),
        ("{nobody}", r"asking: \{nobody\}: there is no such"),
    ],
)
def test_a_faulty_entry_is_refused_with_its_file_key_and_entry(written, entry, message):
    written(xx="")
    with pytest.raises(InvalidLexicon, match=message):
        Notation("xx").pattern("[stance] asking", entry)


@pytest.mark.parametrize(
    ("entries", "text"),
    [
        ("fake", "it is fake."),
        ("not_true", "not   true"),
        ("not_?true", "nottrue"),
        ("deni~", "denials"),
        ("call_…_lie", "call it a blatant lie"),
        ("(no|not_any)_(proof\n    |evidence)", "not any evidence"),
        ("^fake:?", "« fake: it"),
        (",_right", "burst, right"),
        ("# fake\nlie", "lie"),
        (r"a\_b", "a_b"),
        ("[ab_]", " b "),
        ("n't_{claim}", "n't story"),
    ],
)
def test_the_notation_finds_what_its_description_says(written, entries, text):
    written(xx="[lists]\nclaim = 'claims? story'")
    assert Notation("xx").pattern("[stance] asking", entries).search(text)


@pytest.mark.parametrize(
    ("entries", "text"),
    [("fake", "fakes"), ("^fake", "a fake"), ("call_…_lie", "call it, a lie"), ("# fake\nlie", "fake"), ("", "")],
)
def test_the_notation_finds_nothing_else(entries, text):
    assert not Notation("en").pattern("[stance] asking", entries).search(text)


@pytest.mark.parametrize(
    ("language", "month", "number"),
    [
        ("ru", "мае", 5),
        ("ru", "январе", 1),
        ("uk", "лютому", 2),
        ("pl", "października", 10),
        ("de", "Jänner", 1),
        ("ar", "تشرين الثاني", 11),
        ("tr", "mayıs", 5),
        ("pt", "março", 3),
    ],
)
def test_months_are_known_in_their_forms(language, month, number):
    assert which(month, date_lexicon(language, WRITTEN).months) == number


@pytest.mark.parametrize(
    ("language", "weekday", "number"),
    [
        ("uk", "понеділка", 1),
        ("uk", "п'ятницю", 5),
        ("pl", "środę", 3),
        ("ru", "воскресенье", 7),
        ("de", "Sonnabend", 6),
    ],
)
def test_weekdays_are_known_in_their_forms(language, weekday, number):
    assert which(weekday, date_lexicon(language, WRITTEN).weekdays) == number


def test_the_command_line_starts_without_reading_a_lexicon():
    program = "import app.cli, index.lexicons as l; print(l._read.cache_info().misses)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "0"
