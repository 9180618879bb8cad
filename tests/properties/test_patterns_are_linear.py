"""Every regular expression, those of every lexicon too, reads texts made to be slow for it in time linear in them."""

import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from fuzzing.all_patterns import all_patterns
from fuzzing.attack_texts import drawn, parts, repeated

ATOMS = (*"-'\".? \naA«_", "a, ", "a'", "A. ")
GLUE = (" ", ",", " a, ")
AT_THE_START = {
    "app.language.attribution.claims._DATELINE",
    "app.language.attribution.coreference._NOUN_PHRASE",
    "app.language.attribution.speakers._NAME_IN_QUOTES",
    "app.settings._ORIGIN",
    "app.web.accept_language._RANGE",
    "app.web.pages.documents.article_form._HTML",
}
"""Patterns that are tried at one place of a text only."""
OWN_FILES = "index.lexicons._"
"""Patterns that read files of the program, and nobody's text."""
FIRST, SHORT, LONG = 500, 2_000, 8_000
"""Characters: those of the first make it worth while to try the others."""
GROWS = 10
"""Times that a text four times as long may take: four, if it is linear; sixteen, if it is quadratic."""
NOTICED_S = 0.0008
LIMIT_S = 1.0

PATTERNS = {where: found for where, found in all_patterns().items() if not where.startswith(OWN_FILES)}


def test_patterns_of_modules_and_of_lexicons_are_all_there():
    assert len(PATTERNS) > 1_000
    assert {"stance en a.patterns.refuting", "app.language.predictions.detection._SENTENCE"} <= PATTERNS.keys()
    assert PATTERNS.keys() >= AT_THE_START


@pytest.mark.parametrize("part", range(4))
def test_a_text_four_times_as_long_takes_about_four_times_as_long(part):
    slow = [found for where in sorted(PATTERNS)[part::4] if (found := _slow(where))]
    assert not slow


def _slow(where):
    pattern = PATTERNS[where]
    drawn_texts = list(drawn(pattern, 2, seed=1))
    own = [*parts(pattern, seed=1)[:4], *drawn_texts, *(text + glue for text in drawn_texts for glue in GLUE)]
    for atom in dict.fromkeys([*ATOMS, *filter(None, own)]):
        if _seconds(where, atom, FIRST) < NOTICED_S:
            continue
        tries = 3
        while tries and _grows(where, atom):
            tries -= 1
        if not tries:
            return where, atom
    return None


def _grows(where, atom):
    long = _seconds(where, atom, LONG)
    return long > LIMIT_S or (long > NOTICED_S * 10 and long > GROWS * _seconds(where, atom, SHORT))


def _seconds(where, atom, length):
    """Processor time of a pattern on the repeated atom."""
    pattern, text = PATTERNS[where], repeated(atom, length)
    began = time.thread_time()
    if where in AT_THE_START:
        pattern.match(text)
        pattern.fullmatch(text)
    else:
        for _ in pattern.finditer(text):
            pass
        pattern.search(f"\0{text}\0")
    return time.thread_time() - began
