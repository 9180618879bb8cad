"""Noun phrases: chunks of a text joined into phrases, with the kind of their referent."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, takewhile, zip_longest
from typing import Final, Literal

from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import Role
from app.language.explanation.phrase_rendering import PhraseRenderer, PhraseSpan, SourceText

Status = Literal["repeated", "changed", "alone"]
Kind = Literal["thing", "doer", "sufferer", "place", "time", "deed", "unclear"]

_KINDS: Final[dict[Role, Kind]] = {
    "means": "thing", "actor": "doer", "accused": "doer", "target": "unclear", "victims": "sufferer",
    "place": "place", "time": "time", "act": "deed", "motive": "deed",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """Phrase of one or more chunks: "six tanks of toxic gas", "Syrian refugees"."""

    parts: tuple[PhraseSpan, ...]
    statuses: tuple[Status, ...]
    truncated: bool = False
    """Another chunk follows at once."""
    cut_off: bool = False
    """A content word follows at once that is in no chunk, for its counterpart is not certain."""

    @property
    def span(self) -> PhraseSpan:
        """Span of the whole phrase, with the role of its head: the last chunk that has one."""
        roles: list[Role] = [part.role for part in reversed(self.parts) if part.role != "other"]
        quantity: list[Role] = ["quantity"] if "quantity" in roles else []
        role: Role = next(iter([*quantity, *roles]), "other")
        return PhraseSpan(role, self.parts[0].start, self.parts[-1].end)

    @property
    def kind(self) -> Kind:
        """Kind of its referent: "militants of Idlib" is a doer, "six tanks of gas" a thing."""
        gaps = pairwise(self.parts)
        head = self.parts[: 1 + sum(1 for _ in takewhile(lambda pair: pair[1].start - pair[0].end <= 1, gaps))]
        head_first = [*reversed(head), *self.parts[len(head) :]]
        return next((_KINDS[part.role] for part in head_first if part.role in _KINDS), "unclear")

    @property
    def is_quantity(self) -> bool:
        """True for a quantity of a thing."""
        return any(part.role == "quantity" for part in self.parts) and self.kind in ("thing", "unclear")

    @property
    def lacks_noun(self) -> bool:
        """True for a quantity that is cut off before its noun: "fifteen improvised", without "bombs"."""
        return (self.truncated or self.cut_off) and self.kind == "unclear" and self.span.role == "quantity"

    @property
    def repeated(self) -> bool:
        return set(self.statuses) == {"repeated"}

    @property
    def unmatched(self) -> bool:
        """True if the other text lacks the referent, though it may share some of the words."""
        counted = any(
            part.role == "quantity" and status == "alone"
            for part, status in zip(self.parts, self.statuses, strict=True)
        )
        return "changed" not in self.statuses and (self.statuses[-1] == "alone" or counted)


def phrases_of(
    source: SourceText, parts: Iterable[tuple[Role, TextQuote, Status]], renderer: PhraseRenderer
) -> dict[int, Phrase]:
    """Phrase of each chunk, by the chunk's start."""
    found: list[list[tuple[PhraseSpan, Status]]] = []
    for role, quote, status in sorted(parts, key=lambda part_row: part_row[1].start):
        part = PhraseSpan(role, quote.start, quote.end)
        if found and not _is_complete(found[-1], role) and renderer.same_phrase(source, found[-1][-1][0], part):
            found[-1].append((part, status))
        else:
            found.append([(part, status)])
    phrases = []
    for group, following in zip_longest(found, found[1:]):
        end = group[-1][0].end
        truncated = bool(following) and end + 1 == following[0][0].start
        cut_off = not truncated and renderer.continues(source, end)
        phrases.append(Phrase(tuple(part for part, _ in group), tuple(of for _, of in group), truncated, cut_off))
    return {part.start: phrase for phrase in phrases for part in phrase.parts}


def _is_complete(parts: Iterable[tuple[PhraseSpan, Status]], role: Role) -> bool:
    """True if a phrase with a quantity and a thing is complete, so that a chunk without a role begins another: "two
    tonnes of toxic agents", "lie"."""
    return role == "other" and {"quantity", "means"} <= {part.role for part, _ in parts}
