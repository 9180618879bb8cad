"""Article with marked claims, paragraph by paragraph."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from app.domain.checks.checks import Match
from app.domain.checks.reviews import Review
from app.domain.desk.flags import NO_FLAG, FlagStanding, repeated_matches
from app.domain.documents.documents import CheckedClaim
from app.domain.statements.statements import NarrativeRef
from app.web.pages.marking import Mark, segments

_LONGEST_HEADLINE: Final = 150
_PARAGRAPH: Final = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class NumberedClaim:
    """A claim with its number on the page, from 1, and how its flag stands."""

    number: int
    of: CheckedClaim
    standing: FlagStanding = NO_FLAG

    @property
    def best(self) -> Match | None:
        """Its best precedent."""
        return next(iter(self.of.check.matches), None)

    @property
    def judged(self) -> Match | None:
        """The precedent that is confirmed by a key: the first that it is about."""
        return next(iter(repeated_matches(self.of.check)), None)

    @property
    def last(self) -> Review | None:
        """The newest effective review of its precedents."""
        reviews = [match.review for match in self.of.check.matches if match.review]
        return max(reviews, key=lambda review: review.at, default=None)

    @property
    def narratives(self) -> list[NarrativeRef]:
        """Narratives of its precedents, each once."""
        return list(dict.fromkeys(ref for match in self.of.check.matches for ref in match.precedent.narratives))


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph: of a claim, or of none."""

    text: str
    claim: NumberedClaim | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the claims that begin in it."""

    parts: Sequence[Part]
    claims: Sequence[NumberedClaim]


def numbered(
    statements: Sequence[CheckedClaim], standings: Mapping[str, FlagStanding] = MappingProxyType({})
) -> list[NumberedClaim]:
    """The claims to be shown, in the order of the text: of the author's own assertions those with a precedent."""
    shown = [statement for statement in statements if not statement.claim.own or statement.check.matches]
    return [
        NumberedClaim(number, statement, standings.get(statement.check.id, NO_FLAG))
        for number, statement in enumerate(shown, start=1)
    ]


def headline(text: str) -> str | None:
    """The first line, where it looks like a title: short, without a full stop, and with more text below it."""
    first, _, rest = text.partition("\n")
    short = len(first) <= _LONGEST_HEADLINE and not first.rstrip().endswith((".", ":", ";", ","))
    return first.strip() if short and rest.strip() else None


def paragraphs(text: str, claims: Sequence[NumberedClaim]) -> list[Paragraph]:
    """The paragraphs with text in them. Of claims that overlap, the one that begins first is marked."""
    by_number = {str(claim.number): claim for claim in claims}
    found = []
    for line in _PARAGRAPH.finditer(text):
        if not line.group().strip():
            continue
        start, end = line.span()
        claims_here = [claim for claim in claims if claim.of.claim.start < end and claim.of.claim.end > start]
        marks = [
            Mark(
                max(claim.of.claim.start, start) - start,
                min(claim.of.claim.end, end) - start,
                "claim",
                str(claim.number),
            )
            for claim in claims_here
        ]
        parts = [
            Part(segment.text, by_number[segment.mark.pair] if segment.mark and segment.mark.pair else None)
            for segment in segments(line.group(), marks)
        ]
        found.append(Paragraph(parts, [claim for claim in claims_here if claim.of.claim.start >= start]))
    return found
