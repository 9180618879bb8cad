"""Narratives and findings: recording, reading, listing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.domain.errors import InvalidInput, NotFound
from app.domain.statements import Finding, Narrative, NarrativeDraft, NarrativeLabel, NarrativeRef
from app.services.ports import Clock, Store, Transaction

_CIRCLE = "is this narrative itself or one below it: choose a broader one"


@dataclass(frozen=True, slots=True)
class EditNarrative:
    """What an editor does with narratives."""

    store: Store

    def record(self, draft: NarrativeDraft, *, create_parent: bool = False) -> tuple[Narrative, bool]:
        """The narrative and whether it is new. Raises `InvalidInput` for an unknown parent, unless it is to be made."""
        with self.store.writing() as tx:
            if draft.parent and create_parent:
                tx.narratives.ensure([NarrativeLabel(draft.parent)])
            parent = _parent(tx, draft.parent) if draft.parent else None
            known = tx.narratives.resolve(draft.external_id or draft.title)
            if parent and known and tx.narratives.is_below(parent.key, known.key):
                raise InvalidInput.at("/parent", _CIRCLE)
            narrative_id, new = tx.narratives.put(draft, parent)
            return _narrative(tx, narrative_id), new

    def get(self, narrative_id: str) -> Narrative:
        with self.store.reading() as tx:
            return _narrative(tx, narrative_id)

    def find(self, q: str | None, before: int | None, limit: int) -> list[tuple[int, Narrative]]:
        """The newest first, each with the number to ask for those before it."""
        with self.store.reading() as tx:
            return tx.narratives.find(q, before, limit)

    def change(self, narrative_id: str, changes: Mapping[str, Any]) -> Narrative:
        """Sets `title`, `description` or `parent` (None empties it). Raises `NotFound`, `InvalidInput`."""
        with self.store.writing() as tx:
            known = _narrative(tx, narrative_id)
            ref = tx.narratives.resolve(narrative_id)
            parent = known.parent
            if "parent" in changes:
                parent = _parent(tx, changes["parent"]) if changes["parent"] else None
            if ref and parent and tx.narratives.is_below(parent.key, ref.key):
                raise InvalidInput.at("/parent", _CIRCLE)
            if ref:
                title = changes.get("title", known.title)
                tx.narratives.change(ref.key, title, changes.get("description", known.description), parent)
            return _narrative(tx, narrative_id)


@dataclass(frozen=True, slots=True)
class EditFinding:
    """What an editor does with findings."""

    store: Store
    clock: Clock

    def record(self, finding: Finding) -> tuple[Finding, bool]:
        """The finding and whether it is new; it names a statement's or a narrative's id. Raises `InvalidInput`."""
        with self.store.writing() as tx:
            statement = narrative = None
            if finding.statement:
                known = tx.statements.by_id(finding.statement)
                if known is None:
                    raise InvalidInput.at("/statement", "names no statement: send the id that its POST answered with")
                statement = known.key
            else:
                ref = tx.narratives.resolve(finding.narrative or "")
                if ref is None:
                    raise InvalidInput.at("/narrative", "names no narrative: send its id, external id or title")
                narrative = ref.key
            learned = replace(finding, learned_at=finding.learned_at or self.clock())
            finding_id, new = tx.findings.put(learned, statement, narrative)
            stored = tx.findings.by_id(finding_id)
            return stored or learned, new

    def get(self, finding_id: str) -> Finding:
        with self.store.reading() as tx:
            finding = tx.findings.by_id(finding_id)
        if finding is None:
            raise NotFound("there is no finding with this id")
        return finding

    def find(
        self, statement: str | None, narrative: str | None, before: int | None, limit: int
    ) -> list[tuple[int, Finding]]:
        """The newest first, each with the number to ask for those before it."""
        with self.store.reading() as tx:
            return tx.findings.find(statement, narrative, before, limit)

    def remove(self, finding_id: str) -> None:
        """Takes a finding back. Raises `NotFound`."""
        with self.store.writing() as tx:
            if not tx.findings.remove(finding_id):
                raise NotFound("there is no finding with this id")


def _narrative(tx: Transaction, narrative_id: str) -> Narrative:
    narrative = tx.narratives.by_id(narrative_id)
    if narrative is None:
        raise NotFound("there is no narrative with this id")
    return narrative


def _parent(tx: Transaction, name: str) -> NarrativeRef:
    ref = tx.narratives.resolve(name)
    if ref is None:
        raise InvalidInput.at("/parent", "names no narrative: create it first, or send its id, external id or title")
    return ref
