"""What in a text speaks for a stance, as numbers: the rules' verdict, the cues they saw and open word families.

The rules (`rules.py`) settle a text by the first cue that holds. Here everything that was seen is kept, for the
classifier (`classifier.py`), which has learned what each of it weighs and sees the text's vector too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.domain.checks.checks import Stance, StanceLabel
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote
from app.language.lexicons.stance import KEYWORD_KINDS, PATTERN_KINDS, StanceKeywords
from app.language.stance.rules import CROSSED_OUT, LONG, SPEAKER, Parsed, attributing, masked, parse, stance_of

CUE_KINDS: Final = tuple(kind for kind in PATTERN_KINDS if kind != "subordinate")
_TOGETHER: Final = (
    ("claim", "untrue"),
    ("claim", "denying"),
    ("negator", "proof"),
    ("negator", "truth"),
    ("negator", "denying"),
    ("asking", "whether"),
)
_HEAD = 3
"""Words at the beginning of a text that are looked at on their own."""
_COUNTED = 3
_SENTENCES = 4
_SHORT = 60
_MARK = re.compile(r"\?")


@dataclass(frozen=True, slots=True)
class StanceReading:
    """A text's stance by the rules, and what a judge that overrules them needs."""

    by_rules: Stance
    marks: Mapping[str, float]
    """Numbers from 0 to 1, the same names for every text; those of `rule_marks` rest on phrases."""
    parsed: Parsed
    families: StanceKeywords

    def labelled(self, label: StanceLabel) -> Stance:
        """The stance by a judge who says `label`, with the words that speak for it; there may be none.

        Judges learn from texts of a sentence or two: on a longer one the rules have the last word.
        """
        if label == self.by_rules.label or len(self.parsed.whole) > LONG:
            return self.by_rules
        return Stance(label, _cues_for(label, self.parsed, self.families))


def rule_marks(name: str) -> bool:
    """Whether a mark comes of the phrases in `Cues`: sure where they hold, missing where a text says it otherwise."""
    return name.startswith(("rule ", "cue "))


def read_marks(text: str, language: str) -> StanceReading:
    """Everything in a text that speaks for a stance."""
    parsed = parse(text, language)
    by_rules = stance_of(parsed)
    marks = {f"rule {label}": float(label == by_rules.label) for label in ("assertion", "report", "denial", "question")}
    families = parsed.lexicon.keywords
    marks |= _cue_marks(parsed) | _family_marks(parsed, families) | _shape(parsed)
    return StanceReading(by_rules, marks, parsed, families)


def _cue_marks(parsed: Parsed) -> dict[str, float]:
    cues = parsed.cues
    sentences = [parsed.sentence(span) for span in parsed.sentences] or [""]
    marks: dict[str, float] = {}
    for kind in CUE_KINDS:
        pattern = getattr(cues, kind)
        hits = [pattern.search(sentence) is not None for sentence in sentences]
        marks[f"cue {kind} first"] = float(hits[0])
        marks[f"cue {kind} last"] = float(hits[-1] and len(hits) > 1)
        marks[f"cue {kind}"] = float(any(hits))
    lead = masked(cues.exempt, parsed.sentence(parsed.lead)) if parsed.sentences else ""
    main = masked(cues.subordinate, masked(cues.quality, lead))
    marks["cue negation bare"] = float(cues.negation.search(main) is not None)
    marks["cue refuting bare"] = float(cues.refuting.search(lead) is not None)
    marks["cue verdict bare"] = float(cues.verdict.search(lead) is not None)
    return marks


def _family_marks(parsed: Parsed, families: StanceKeywords) -> dict[str, float]:
    whole, spans = parsed.whole, parsed.sentences or [(0, len(parsed.whole))]
    lead = parsed.lead if parsed.sentences else spans[0]
    subordinate = [
        (lead[0] + one.start(), lead[0] + one.end()) for one in parsed.cues.subordinate.finditer(whole[slice(*lead)])
    ]
    head = len(whole) - len((whole.split(maxsplit=_HEAD)[_HEAD:] or [""])[0])
    first = spans[0][1]
    marks: dict[str, float] = {}
    sentences_with: dict[str, set[int]] = {}
    for kind in KEYWORD_KINDS:
        found = [match.start() for match in getattr(families, kind).finditer(whole)]
        marks[f"{kind} first"] = float(any(at < first for at in found))
        marks[f"{kind} later"] = float(any(at >= first for at in found))
        marks[f"{kind} head"] = float(any(at < head for at in found))
        marks[f"{kind} main"] = float(
            any(_inside(at, lead) and not any(_inside(at, one) for one in subordinate) for at in found)
        )
        marks[f"{kind} count"] = min(_COUNTED, len(found)) / _COUNTED
        sentences_with[kind] = {number for at in found for number, span in enumerate(spans) if _inside(at, span)}
    for one, other in _TOGETHER:
        marks[f"{one} with {other}"] = float(bool(sentences_with[one] & sentences_with[other]))
    marks["untrue in a short end"] = float(marks["untrue later"] and len(whole) - first <= _SHORT)
    return marks


def _inside(at: int, span: Span) -> bool:
    return span[0] <= at < span[1]


def _shape(parsed: Parsed) -> dict[str, float]:
    whole, spans = parsed.whole, parsed.sentences
    asked = [parsed.asks(span) for span in spans] or [False]
    length = len(whole) or 1
    return {
        "asked first": float(asked[0]),
        "asked last": float(asked[-1]),
        "asked": float(any(asked)),
        "asked share": sum(end - begin for (begin, end), asks in zip(spans, asked, strict=False) if asks) / length,
        "question mark": float("?" in parsed.folded.text),
        "speaker": float(SPEAKER.search(whole) is not None),
        "crossed out": float(CROSSED_OUT.search(whole) is not None),
        "masked share": whole.count("_") / length,
        "quotation": float(any(mark in whole for mark in '"«“„')),
        "sentences": min(_SENTENCES, len(spans)) / _SENTENCES,
        "length": min(LONG, length) / LONG,
    }


def _cues_for(label: StanceLabel, parsed: Parsed, families: StanceKeywords) -> tuple[TextQuote, ...]:
    """Words that speak for a label the rules did not see: phrases where there are some, else the open words."""
    cues, whole = parsed.cues, parsed.whole
    spans: list[Span]
    open_words: tuple[re.Pattern[str], ...]
    match label:
        case "assertion":
            return ()
        case "report":
            spans, open_words = attributing(whole, cues), (families.saying,)
        case "question":
            spans, open_words = _spans(whole, _MARK, cues.asking), (families.asking, families.whether)
        case "denial":
            spans = _spans(whole, cues.refuting, cues.verdict, cues.negation)
            open_words = (families.denying, families.untrue, families.negator)
    return parsed.quotes(spans or _spans(whole, *open_words))


def _spans(whole: str, *patterns: re.Pattern[str]) -> list[Span]:
    return [match.span() for pattern in patterns for match in pattern.finditer(whole)]
