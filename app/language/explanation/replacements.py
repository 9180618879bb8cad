"""Replacements: pairs of phrases of one kind, one from each text; each phrase occurs once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.explanations.role_spans import Role
from app.language.explanation.noun_phrases import Phrase

CHANGED: Final[tuple[Role, ...]] = (
    "quantity", "means", "place", "time", "actor", "accused", "target", "victims", "act", "motive", "other",
)  # fmt: skip
"""Roles of replacements, the most informative first."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """Replacement of a precedent's phrase by a statement's phrase."""

    statement: Phrase
    precedent: Phrase

    @property
    def role(self) -> Role:
        """Role of either phrase, the first that is known."""
        return min(self.statement.span.role, self.precedent.span.role, key=CHANGED.index)

    @property
    def quantity_count(self) -> int:
        """Number of sides, 0 to 2, with a quantity."""
        return self.statement.is_quantity + self.precedent.is_quantity

    @property
    def same_kind(self) -> bool:
        """True if both phrases are of one kind, or the kind of one is unclear."""
        kinds = {self.statement.kind, self.precedent.kind}
        return len(kinds - {"unclear"}) < 2


def replacements_of(
    aligned: Iterable[Replacement], statement: Iterable[Phrase], precedent: Iterable[Phrase]
) -> tuple[Replacement, ...]:
    """Replacements that can be put in a sentence, the most informative first.

    The largest quantities of both sides are a replacement, aligned or not: "six tanks of gas", "400 litres". Then no
    other quantity replaces a phrase without one.
    """
    now, then = _largest_quantity(statement), _largest_quantity(precedent)
    candidates = list(dict.fromkeys(aligned))
    if now and then and not any(replacement.quantity_count == 2 for replacement in candidates):
        candidates.append(Replacement(now, then))
    found: list[Replacement] = []
    for replacement in sorted(
        candidates,
        key=lambda replacement: (
            -replacement.quantity_count,
            CHANGED.index(replacement.role),
            replacement.statement.span.start,
        ),
    ):
        known = any(
            replacement.statement == chosen.statement or replacement.precedent == chosen.precedent for chosen in found
        )
        one_sided_quantity = replacement.quantity_count == 1 and any(chosen.quantity_count == 2 for chosen in found)
        vague = replacement.statement.lacks_noun or replacement.precedent.lacks_noun
        if replacement.same_kind and not known and not one_sided_quantity and not vague:
            found.append(replacement)
    return tuple(found)


def _largest_quantity(phrases: Iterable[Phrase]) -> Phrase | None:
    """Most informative quantity."""
    amounts = [phrase for phrase in phrases if phrase.is_quantity and not phrase.repeated and len(phrase.parts) > 1]
    return max(amounts, key=lambda chosen: (len(chosen.parts), chosen.span.end - chosen.span.start), default=None)
