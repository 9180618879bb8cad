"""Parts of a score: what speaks for a match and what against it, from its signals and its aligned spans."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from app.domain.checks.checks import Match
from app.domain.explanations.role_spans import Role

PartKind = Literal[
    "meaning", "topic", "words", "letters", "names", "numbers", "same", "changed", "added", "dropped", "opposes"
]

MOST_SHOWN: Final = 8

_SIGNALS: Final[Mapping[str, tuple[PartKind, float, float]]] = {
    "dense": ("meaning", 15.9, 0.55),
    "themes": ("topic", 3.8, 0.5),
    "lexical": ("words", 7.5, 0.3),
    "wording": ("letters", 3.0, 0.5),
    "names": ("names", 1.1, 0.0),
    "numbers": ("numbers", 0.7, 0.0),
}
"""Of each signal: the part that it is, its weight, and the value from which on it speaks for the match. The weights are
those by which the shipped regression ranks candidates; `wording` decides the tier and has one of a like size."""
_OF_ONE_LANGUAGE: Final = frozenset({"lexical", "wording"})
_REPEATED, _CHANGED, _ONE_SIDED, _OPPOSES = 1.5, -1.2, -0.4, -10.0
_UNNAMED: Final[Role] = "other"


@dataclass(frozen=True, slots=True)
class ScorePart:
    """Part of a score. `contribution`: above 0 it speaks for the match, below 0 against it; its size orders the parts,
    and is no share of the score."""

    kind: PartKind
    contribution: float
    percent: int | None = None
    """Value of the signal; None for a part that comes from aligned spans."""
    role: Role | None = None
    words: tuple[str, ...] = ()
    """Words of the precedent, or of the statement for what was added."""

    @property
    def speaks_for(self) -> bool:
        """True if it makes the match more probable."""
        return self.contribution > 0


def score_parts(match: Match) -> list[ScorePart]:
    """The parts of a match's score, the heaviest first, at most `MOST_SHOWN`; none for a match found by hand."""
    parts = [*_of_signals(match.signals), *_of_spans(match)]
    if match.relation == "opposes":
        parts.append(ScorePart("opposes", _OPPOSES))
    return sorted(parts, key=lambda part: -abs(part.contribution))[:MOST_SHOWN]


def is_across(match: Match) -> bool:
    """True if the two are in different languages, so that words and letters were not compared."""
    return bool(match.signals.get("across"))


def _of_signals(signals: Mapping[str, float]) -> Iterable[ScorePart]:
    across = bool(signals.get("across"))
    for name, (kind, weight, neutral) in _SIGNALS.items():
        value = signals.get(name)
        # Names and numbers are 0 for a statement without any: that speaks neither for nor against.
        if value is None or (across and name in _OF_ONE_LANGUAGE) or (neutral == 0 and value <= 0):
            continue
        shown = min(1.0, max(0.0, value))
        yield ScorePart(kind, weight * (shown - neutral), round(shown * 100))


def _of_spans(match: Match) -> Iterable[ScorePart]:
    spans: list[tuple[PartKind, float, Role, str]] = [
        *(("same", _REPEATED, span.role, span.precedent.exact) for span in match.repeated),
        *(("changed", _CHANGED, span.role, span.precedent.exact) for span in match.changed),
        *(("added", _ONE_SIDED, span.role, span.statement.exact) for span in match.added),
        *(("dropped", _ONE_SIDED, span.role, span.precedent.exact) for span in match.removed),
    ]
    grouped: dict[tuple[PartKind, Role], list[str]] = defaultdict(list)
    weights: dict[PartKind, float] = {}
    for kind, weight, role, exact in spans:
        if role != _UNNAMED:
            grouped[kind, role].append(exact)
            weights[kind] = weight
    for (kind, role), words in grouped.items():
        yield ScorePart(kind, weights[kind], role=role, words=tuple(dict.fromkeys(words))[:3])
