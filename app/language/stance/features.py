"""Features of a text's stance: the label by rules, the patterns that match, keywords and shape, as numbers.

The rules (`rules.py`) settle a text by the first pattern that holds. Here everything that was seen is kept, for the
classifier (`classifier.py`), which has learned what each feature weighs and sees the text's vector too.
"""

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import Stance, StanceLabel
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote
from app.language.lexicons.stance import KEYWORD_KINDS, PATTERN_KINDS
from app.language.stance.rules import (
    CROSSED_OUT,
    LONG,
    SPEAKER,
    ParsedText,
    classify_parsed,
    masked,
    parse_text,
    report_spans,
)

_TOGETHER: Final = (
    ("claim", "untrue"),
    ("claim", "denying"),
    ("negator", "proof"),
    ("negator", "truth"),
    ("negator", "denying"),
    ("asking", "whether"),
)
_HEAD: Final = 3
"""Words at the beginning of a text that are looked at on their own."""
_COUNTED: Final = 3
_SENTENCES: Final = 4
_SHORT: Final = 60
_MARK: Final = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class StanceFeatures:
    """A text's stance by rules, and what a classifier that overrules them needs."""

    by_rules: Stance
    values: Mapping[str, float]
    """Numbers from 0 to 1, the same names for every text; those of `rests_on_patterns` rest on phrases."""
    parsed: ParsedText

    def labelled(self, label: StanceLabel) -> Stance:
        """The stance by a classifier that says `label`, with the words that speak for it; there may be none.

        Classifiers learn from texts of a sentence or two: on a longer one the rules have the last word.
        """
        if label == self.by_rules.label or len(self.parsed.whole) > LONG:
            return self.by_rules
        return Stance(label, _cues_for(label, self.parsed))


def rests_on_patterns(feature: str) -> bool:
    """True where a feature comes from phrases: certain where they match, missing where a text says it otherwise."""
    return feature.startswith(("rule ", "pattern "))


def stance_features(text: str, language: str) -> StanceFeatures:
    """The features of a text; `language` as for `stance_by_rules`."""
    return parsed_features(parse_text(text, language))


def parsed_features(parsed: ParsedText) -> StanceFeatures:
    """The features of a parsed text."""
    by_rules = classify_parsed(parsed)
    labels = ("assertion", "report", "denial", "question")
    values = {f"rule {label}": float(label == by_rules.label) for label in labels}
    values |= _pattern_features(parsed) | _keyword_features(parsed) | _shape(parsed)
    return StanceFeatures(by_rules, values, parsed)


def _pattern_features(parsed: ParsedText) -> dict[str, float]:
    patterns = parsed.patterns
    sentences = [parsed.sentence(span) for span in parsed.sentences] or [""]
    values: dict[str, float] = {}
    for kind in PATTERN_KINDS:
        pattern = getattr(patterns, kind)
        hits = [pattern.search(sentence) is not None for sentence in sentences]
        values[f"pattern {kind} first"] = float(hits[0])
        values[f"pattern {kind} last"] = float(hits[-1] and len(hits) > 1)
        values[f"pattern {kind}"] = float(any(hits))
    lead = masked(patterns.exempt, parsed.sentence(parsed.lead)) if parsed.sentences else ""
    values["pattern negation bare"] = float(patterns.negation.search(masked(patterns.quality, lead)) is not None)
    values["pattern refuting bare"] = float(patterns.refuting.search(lead) is not None)
    values["pattern verdict bare"] = float(patterns.verdict.search(lead) is not None)
    return values


def _keyword_features(parsed: ParsedText) -> dict[str, float]:
    whole, spans = parsed.whole, parsed.sentences or [(0, len(parsed.whole))]
    lead = parsed.lead if parsed.sentences else spans[0]
    head = len(whole) - len((whole.split(maxsplit=_HEAD)[_HEAD:] or [""])[0])
    first = spans[0][1]
    begins = [begin for begin, _ in spans]
    values: dict[str, float] = {}
    sentences_with: dict[str, set[int]] = {}
    for kind in KEYWORD_KINDS:
        found = [match.start() for match in getattr(parsed.keywords, kind).finditer(whole)]
        values[f"{kind} first"] = float(any(start < first for start in found))
        values[f"{kind} later"] = float(any(start >= first for start in found))
        values[f"{kind} head"] = float(any(start < head for start in found))
        values[f"{kind} lead"] = float(any(lead[0] <= start < lead[1] for start in found))
        values[f"{kind} count"] = min(_COUNTED, len(found)) / _COUNTED
        sentences_with[kind] = {bisect_right(begins, start) for start in found}
    for kind, companion in _TOGETHER:
        values[f"{kind} with {companion}"] = float(bool(sentences_with[kind] & sentences_with[companion]))
    values["untrue in a short end"] = float(values["untrue later"] and len(whole) - first <= _SHORT)
    return values


def _shape(parsed: ParsedText) -> dict[str, float]:
    whole, spans = parsed.whole, parsed.sentences
    asked = [parsed.asks(span) for span in spans] or [False]
    length = len(whole) or 1
    return {
        "asked first": float(asked[0]),
        "asked last": float(asked[-1]),
        "asked": float(any(asked)),
        "asked share": sum(end - begin for (begin, end), asks in zip(spans, asked, strict=False) if asks) / length,
        "question mark": float("?" in parsed.folded.text),
        "speaker": float(SPEAKER.search(masked(parsed.patterns.exempt, whole)) is not None),
        "crossed out": float(CROSSED_OUT.search(whole) is not None),
        "masked share": whole.count("_") / length,
        "quotation": float(any(mark in whole for mark in '"«“„')),
        "sentences": min(_SENTENCES, len(spans)) / _SENTENCES,
        "length": min(LONG, length) / LONG,
    }


def _cues_for(label: StanceLabel, parsed: ParsedText) -> tuple[TextQuote, ...]:
    """Words that speak for a label the rules did not see: phrases where there are some, else keywords."""
    patterns, keywords = parsed.patterns, parsed.keywords
    match label:
        case "assertion":
            return ()
        case "report":
            return parsed.quotes(report_spans(parsed))
        case "question":
            phrases = _spans(parsed, _MARK, patterns.asking)
            return parsed.quotes(phrases or _spans(parsed, keywords.asking, keywords.whether))
        case "denial":
            phrases = _spans(parsed, patterns.refuting, patterns.verdict, patterns.negation)
            return parsed.quotes(phrases or _spans(parsed, keywords.denying, keywords.untrue, keywords.negator))


def _spans(parsed: ParsedText, *patterns: re.Pattern[str]) -> list[Span]:
    return [match.span() for pattern in patterns for match in pattern.finditer(parsed.whole)]
