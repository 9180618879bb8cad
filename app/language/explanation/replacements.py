"""Replacements: pairs of phrases of one kind, one from each text; each phrase occurs once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.domain.explanations.role_spans import ConflictKind, Role
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
    conflict: ConflictKind | None = None
    """Of a replacement that is no mere detail."""

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
    aligned: Iterable[Replacement],
) -> tuple[Replacement, ...]:
    """Replacements that can be put in a sentence, the most informative first.

    Where the quantities of both sides are one, no other quantity replaces a phrase without one.
    """
    candidates = list(dict.fromkeys(aligned))
    found: list[Replacement] = []
    for replacement in sorted(
        candidates,
        key=lambda replacement: (
            replacement.conflict is None,
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
        if not known and (replacement.conflict or (replacement.same_kind and not one_sided_quantity and not vague)):
            found.append(replacement)
    return tuple(found)
