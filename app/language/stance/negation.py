"""Negated words of two texts, compared: whether one negates what the other says, or both negate the same."""

import re
from bisect import bisect_left
from functools import lru_cache
from typing import Final

from app.domain.checks.polarity import Negation
from app.language.lexicons.notation import base_language
from app.language.lexicons.polarity import polarity_patterns
from app.language.lexicons.stance import LANGUAGES
from app.language.stance.rules import ParsedText, masked, parse_text
from index.alignment.lexicon import lexicon
from index.processor_budget import check_processor_budget

_WORD: Final = re.compile(r"[^\W\d_]+")
_STEM: Final = 5
"""Letters by which words are the same whatever their endings; prefixes `ge`, `al` and the like stay on."""
_LEAST: Final = 3
_SHORT: Final = 300
"""Characters of a text up to which all of its sentences are compared, and not only the closest."""
_REACH: Final = 4
"""Words behind a negator among which the negated one is looked for; function words are passed over."""

_parsed = lru_cache(maxsize=32)(parse_text)
"""A checked text is compared with one candidate after another."""


def compared_negation(statement: str, precedent: str, language: str, their_language: str) -> Negation | None:
    """`opposite` where one text negates a word that the other has without a negation; `same` where both negate the
    same words.

    None where the negations say nothing about each other, and for texts of different languages, or of one whose
    negators are not known.
    """
    check_processor_budget()
    code = base_language(language)
    if code != base_language(their_language) or code not in LANGUAGES:
        return None
    own = _parsed(statement, language)
    texts = own, _closest_sentence(own, _parsed(precedent, their_language), their_language)
    if not any(text.keywords.negator.search(text.whole) for text in texts):
        return None
    if any(map(_refutes, texts)):
        return None
    (own_words, own_negated), (their_words, their_negated) = (_words(text, code) for text in texts)
    if own_negated & their_negated:
        return "same" if own_negated == their_negated else None
    if own_negated & (their_words - their_negated) or their_negated & (own_words - own_negated):
        return "opposite"
    return None


def _closest_sentence(own: ParsedText, other: ParsedText, language: str) -> ParsedText:
    """The sentence of the other text that has most words in common with the first text; all of a short one."""
    if len(other.sentences) < 2:
        return other
    words = {word[:_STEM] for word in _WORD.findall(own.whole)}
    best = max(
        other.sentences, key=lambda span: len(words & {word[:_STEM] for word in _WORD.findall(other.sentence(span))})
    )
    offsets = other.folded.offsets
    return parse_text(other.text[offsets[best[0]] : offsets[best[1]]], language)


def _refutes(parsed: ParsedText) -> bool:
    """True where a text refutes something in so many words, and does not merely negate."""
    whole = masked(parsed.patterns.exempt, parsed.whole)
    return parsed.patterns.refuting.search(whole) is not None or parsed.patterns.verdict.search(whole) is not None


def _words(parsed: ParsedText, code: str) -> tuple[set[str], set[str]]:
    """Stems of a text's content words, and those of them that are negated."""
    function = lexicon(code).function
    patterns = polarity_patterns(code)
    whole = masked(parsed.patterns.exempt, parsed.whole)
    whole = masked(patterns.presupposing, whole) if patterns else whole
    found = [(match.start(), match[0]) for match in _WORD.finditer(whole)]
    content = {
        start: word[:_STEM]
        for start, word in found
        if word not in function and len(word) >= _LEAST and not parsed.keywords.negator.fullmatch(word)
    }
    negated = set()
    starts = [start for start, _ in found]
    for match in parsed.keywords.negator.finditer(whole):
        behind = bisect_left(starts, match.end())
        following = starts[behind : behind + _REACH]
        first = next((start for start in following if start in content), None)
        if first is not None:
            negated.add(content[first])
    return set(content.values()), negated
