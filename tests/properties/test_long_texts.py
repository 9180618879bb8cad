"""Texts of the greatest length, made to be slow: a statement, an article and a page are read within seconds."""

import random
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.core.dates import parse_period
from app.domain.core.errors import InvalidInput, TooLarge
from app.domain.documents.documents import MOST_CHECKS, DocumentRequest
from app.formats.html_page import read_page
from app.language.predictions.detection import detect_prediction
from app.language.stance.negation import compared_negation
from app.language.stance.passages import passages
from app.services.documents.check_document import CheckDocument
from app.services.stance.classify_stance import ClassifyStance
from index.lexicons import languages
from index.processor_budget import ProcessorBudget, ProcessorBudgetExceeded, processor_budget
from index.text.language_detection import OfflineLanguages
from index.text.names import NameRecognizer
from index.text.normalize import normalize_text
from index.text.sentences import sentence_spans
from index.text.terms import TermAnalyzer

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from fuzzing.attack_texts import FRAMES, HTML, LETTERS, MARKS, PIECES, repeated

STATEMENT_S, DOCUMENT_S = 4.0, 30.0
"""Processor time of a text, a hang limit: on an idle core the slowest takes a tenth of it."""
DAY = parse_period("2024-05-05")
ATOMS = st.lists(st.sampled_from([*MARKS, *LETTERS, *PIECES]) | st.characters(), min_size=1, max_size=3).map("".join)
CODES = st.sampled_from([*languages("stance"), "und"])
generated = settings(max_examples=16, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def terms():
    return TermAnalyzer(NameRecognizer())


@pytest.fixture(scope="module")
def documents():
    return CheckDocument(None, None, OfflineLanguages(), read_page, sentence_spans, None)


def seconds(read, *arguments):
    began = time.thread_time()
    read(*arguments)
    return time.thread_time() - began


@generated
@given(atom=ATOMS, frame=st.sampled_from(FRAMES), language=CODES)
def test_a_statement_of_5000_characters_is_read(terms, atom, frame, language):
    text = repeated(atom, 5_000, frame)

    def read():
        ClassifyStance(None)(text, language, None)
        normalize_text(text)
        passages(text, language)
        detect_prediction(text, language, DAY)
        compared_negation(text, text, language, language)
        terms.terms(text, language)

    assert seconds(read) < STATEMENT_S


@pytest.mark.parametrize(
    ("language", "atom", "frame"),
    [
        ("en", " ", FRAMES[3]),
        ("en", ";", FRAMES[3]),
        ("en", "\ufdfa", FRAMES[0]),
        ("de", "behauptung, ", FRAMES[0]),
        ("uk", "'", FRAMES[0]),
        ("ru", "\n", FRAMES[2]),
        ("und", "n'", FRAMES[0]),
        ("pt", " ", FRAMES[2]),
    ],
)
def test_a_statement_that_once_took_seconds_is_read(terms, language, atom, frame):
    test_a_statement_of_5000_characters_is_read.hypothesis.inner_test(terms, atom, frame, language)


def read_article(documents, text, language):
    try:
        return documents.read(DocumentRequest(text=text, language=language, published_at=DAY))
    except (InvalidInput, TooLarge) as error:
        return error


@settings(generated, max_examples=4)
@given(atom=ATOMS, language=CODES)
def test_an_article_of_200000_characters_is_read(documents, atom, language):
    assert seconds(read_article, documents, repeated(atom, 200_000), language) < DOCUMENT_S


@pytest.mark.parametrize(
    "atom",
    [
        "the minister said that ",
        "Anna Holm, the mayor of Orsk, said that a b c d e f. ",
        "a b-\n",
    ],
)
def test_an_article_that_once_took_a_minute_is_read(documents, atom):
    assert seconds(read_article, documents, repeated(atom, 200_000), "en") < DOCUMENT_S


def test_an_article_of_thousands_of_speakers_is_read_and_what_is_left_out_is_counted(documents):
    draw = random.Random(1)
    names = [" ".join("".join(draw.choices("aeiklmnorstu", k=6)).title() for _ in range(2)) for _ in range(3_000)]
    text = " ".join(f"{name} said that the dam near the town was mined today." for name in names)[:200_000]
    began = time.thread_time()
    read = read_article(documents, text, "en")
    assert time.thread_time() - began < DOCUMENT_S
    assert len(read.claims) == MOST_CHECKS
    assert {left.reason for left in read.left_out} == {"too_many"}
    assert len(read.claims) + len(read.left_out) > 2_000


@settings(generated, max_examples=8)
@given(atom=st.lists(st.sampled_from(HTML), min_size=1, max_size=3).map("".join), within=st.booleans())
def test_a_page_of_200000_characters_is_read(atom, within):
    assert (
        seconds(read_page, repeated(atom, 200_000, ("<html><body><p>a b c", "") if within else ("", ""))) < DOCUMENT_S
    )


def test_a_tag_of_ten_thousands_of_attributes_is_read_without_them():
    page = "<p " + " ".join(f"a{number}='>'" for number in range(15_000)) + ">The dam near the town was mined.</p>"
    began = time.thread_time()
    assert read_page(page).text == "The dam near the town was mined."
    assert time.thread_time() - began < DOCUMENT_S / 10


def test_entities_and_deep_nesting_of_a_page_stay_small():
    entities = (
        "<!DOCTYPE p [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]><p>The dam was mined: &b;</p>"
    )
    assert len(read_page(entities).text) < len(entities)
    assert "The dam" in read_page("<p>The dam was mined." + "<x>" * 60_000 + "a b c").text


def test_a_spent_budget_ends_the_reading_of_an_article(documents):
    text = repeated("Anna Holm said that the dam near the town was mined. ", 100_000)
    with processor_budget(ProcessorBudget(0.05)), pytest.raises(ProcessorBudgetExceeded):
        read_article(documents, text, "en")


def test_a_spent_budget_ends_the_reading_of_a_statement():
    text = repeated("Nobody denies that a dam was mined. ", 5_000)
    with processor_budget(ProcessorBudget(0.0)), pytest.raises(ProcessorBudgetExceeded):
        passages(text, "en")
