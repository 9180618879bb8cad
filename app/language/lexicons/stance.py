"""Stance patterns and keywords of each language."""

import re
from dataclasses import dataclass, fields
from functools import cache
from typing import Final

from app.language.lexicons.notation import NEVER, Notation, base_language, languages_of_script, patterns
from index.lexicons import languages

LANGUAGES: Final = languages("stance")


@dataclass(frozen=True, slots=True)
class StancePatterns:
    """Phrases that settle a stance, kind by kind; all of them see folded text (`app.language.lexicons.folding`)."""

    asking: re.Pattern[str]
    """Phrases of a question, also of one without a question mark."""
    tags: re.Pattern[str]
    """Tag questions, before the question mark of a statement: ", isn't it"."""
    exempt: re.Pattern[str]
    """Phrases that look like a denial and are none: "not only", "denied entry", "no one denies"."""
    quality: re.Pattern[str]
    """Negations of a quality, or of what somebody should do: they are no denials, and mask no refutation."""
    refuting: re.Pattern[str]
    """Phrases that refute or deny explicitly: "it is not true that", "False:", "denied that"."""
    verdict: re.Pattern[str]
    """Phrases that refute the sentence before: "This is a hoax"."""
    negation: re.Pattern[str]
    """Negations of an event, an act, a plan or an existence."""


@dataclass(frozen=True, slots=True)
class StanceKeywords:
    """Words that speak for a stance wherever they stand, without proving it; how much each weighs is learned."""

    negator: re.Pattern[str]
    """Negating words: not, no, nobody, never, neither."""
    claim: re.Pattern[str]
    """Nouns for something that can be untrue: claim, rumour, video, story."""
    untrue: re.Pattern[str]
    """Adjectives for a claim that is not true: false, fake, baseless, made up."""
    proof: re.Pattern[str]
    """Nouns for proof: evidence, basis, sign, record."""
    denying: re.Pattern[str]
    """Verbs of denial: deny, refute, rule out, retract, contradict."""
    truth: re.Pattern[str]
    """Words for truth: true, real, genuine, in fact."""
    asking: re.Pattern[str]
    """Words of asking: ask, wonder, check, verify, clarify; does anyone."""
    whether: re.Pattern[str]
    """Conjunctions of questions: if, whether, and the words that open a question."""
    saying: re.Pattern[str]
    """Words of saying: say, claim, write, according to."""


@dataclass(frozen=True, slots=True)
class StanceLexicon:
    """The patterns and keywords for the stance of texts in one language."""

    patterns: StancePatterns
    keywords: StanceKeywords


PATTERN_KINDS: Final = tuple(field.name for field in fields(StancePatterns))
KEYWORD_KINDS: Final = tuple(field.name for field in fields(StanceKeywords))


def stance_lexicon(language: str, text: str) -> StanceLexicon:
    """The lexicon of a language, or for one without its own those of the languages in the text's script."""
    code = base_language(language)
    return _of_language(code) if code in LANGUAGES else _of_languages(languages_of_script(text))


@cache
def _of_language(code: str) -> StanceLexicon:
    notation = Notation(code)
    return StanceLexicon(
        StancePatterns(**patterns(notation, "stance", PATTERN_KINDS)),
        StanceKeywords(**patterns(notation, "keywords", KEYWORD_KINDS)),
    )


@cache
def _of_languages(codes: tuple[str, ...]) -> StanceLexicon:
    """Union of several languages' lexicons. Plain negation is left out: a short word means other things elsewhere."""
    found = [_of_language(code) for code in codes]
    united = {kind: _any_of([getattr(lexicon.patterns, kind) for lexicon in found]) for kind in PATTERN_KINDS}
    keywords = {kind: _any_of([getattr(lexicon.keywords, kind) for lexicon in found]) for kind in KEYWORD_KINDS}
    return StanceLexicon(StancePatterns(**{**united, "negation": NEVER}), StanceKeywords(**keywords))


def _any_of(found: list[re.Pattern[str]]) -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in found))
