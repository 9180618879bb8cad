"""Texts made to be slow: every pattern of every lexicon reads them in time that grows as the text does."""

import time
from datetime import date
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

import pytest

from app.domain.core.dates import parse_period
from app.language.attribution.claims import extract_claims
from app.language.attribution.date_phrases import date_phrases
from app.language.attribution.text_spans import Sentence
from app.language.lexicons.notation import FOLDED, Notation
from app.language.predictions.detection import detect_prediction
from app.language.stance.features import stance_features
from index.lexicons import SECTIONS, entries, languages, section
from index.text.sentences import sentence_spans

LENGTH = 5_000
LIMIT_S = 5.0
"""Processor time for all the texts of a language; on an idle core they take a tenth of it."""
UNITS = [
    *"-— '\"“”«„(?.…,😀\n\u0301",
    *("“a ", "'a' ", "a, ", ". ", "? ", "5 may 2020 ", "2020-", "in 3 days "),
    *("not really ", "really ", "didn't ", "n'", "- fake ", "is it true? ", "claim is false "),
    *("the minister said that ", "he said, ", "will ", "никто не ", "якобы ", "не будет ", "ليس ", "و"),
    *("kein ", "ne ", "mai si ", "mente", "ni siquiera ", "no ha "),
]


@pytest.mark.parametrize("language", [*languages("stance"), "und"])
def test_a_text_made_to_be_slow_is_read_in_time(language):
    published = parse_period("2024-05-05")
    began = time.process_time()
    for unit in UNITS:
        text = (unit * LENGTH)[:LENGTH]
        sentences = [Sentence(start, end, paragraph) for paragraph, (start, end) in sentence_spans(text, language)]
        stance_features(text, language)
        detect_prediction(text, language, published)
        date_phrases(text, language, date(2024, 5, 5))
        extract_claims(text, sentences, language, published)
    assert time.process_time() - began < LIMIT_S


@pytest.mark.parametrize("language", languages())
def test_no_entry_repeats_a_group_without_a_bound(language):
    notation = Notation(language, FOLDED, dict.fromkeys(("day", "month", "year", "weekday", "unit", "count", "n"), "x"))
    for name in SECTIONS - {"words"}:
        for key, listed in section(language, name).items():
            for entry in entries(listed) if isinstance(listed, str) else ():
                expression = notation.expression(f"[{name}] {key}", entry.replace("{event}", "x"))
                assert not list(_unbounded(parser.parse(expression))), f"[{name}] {key}: {entry}"


def _unbounded(parsed):
    """Repetitions without a bound of more than one character, or of what may itself be repeated."""
    for op, value in parsed:
        if op in (ops.MAX_REPEAT, ops.MIN_REPEAT):
            _, most, body = value
            if most is ops.MAXREPEAT and not (len(body) == 1 and body[0][0] in (ops.LITERAL, ops.NOT_LITERAL, ops.IN)):
                yield body
            yield from _unbounded(body)
        elif op is ops.SUBPATTERN:
            yield from _unbounded(value[3])
        elif op is ops.BRANCH:
            for branch in value[1]:
                yield from _unbounded(branch)
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            yield from _unbounded(value[1])
