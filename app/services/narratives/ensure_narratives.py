"""Narratives by their labels, made where there are none, each new one with its entry in the audit log."""

from collections.abc import Sequence

from app.domain.access.contributors import Contributor
from app.domain.statements.statements import NarrativeLabel, NarrativeRef
from app.services.ports import Transaction


def ensure_narratives(
    tx: Transaction,
    labels: Sequence[NarrativeLabel],
    owner: int | None = None,
    contributor: Contributor | None = None,
) -> dict[NarrativeLabel, NarrativeRef]:
    """Narratives for labels, as `Narratives.ensure` finds or makes them."""
    found, made = tx.narratives.ensure(labels, owner, contributor)
    tx.audit.add_each("narrative.created", "narrative", made)
    return found
