"""Narratives and findings: recording, reading, listing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

from app.domain.access.contributors import Contributor, NotContributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import EditConflict, InvalidInput, NotFound
from app.domain.narratives.changes import NarrativeChange
from app.domain.statements.statements import Finding, Narrative, NarrativeDraft, NarrativeLabel, NarrativeRef
from app.domain.webhooks.webhooks import EventType
from app.services.access.contributions import may_change, require_may_change
from app.services.narratives.ensure_narratives import ensure_narratives
from app.services.ports import Clock, Store, Transaction
from app.services.webhooks.events import narrative_data

_CIRCLE = "is this narrative itself or one below it: choose a broader one"


@dataclass(frozen=True, slots=True)
class EditNarrative:
    """Creates, changes, merges and withdraws narratives."""

    store: Store
    clock: Clock

    def record(
        self,
        draft: NarrativeDraft,
        viewer: Organisation | None = None,
        *,
        create_parent: bool = False,
        curator: bool = False,
    ) -> tuple[Narrative, bool]:
        """The narrative and whether it is new. Raises `InvalidInput` for an unknown parent, unless it is to be made,
        and `NotContributor` where it would change one that another organisation brought.

        A shared narrative has a shared parent; one that `viewer` keeps to itself may have either.
        """
        seen_by = viewer if draft.owner is not None else None
        draft = replace(draft, contributor=Contributor.of(viewer))
        with self.store.writing() as tx:
            if draft.parent and create_parent:
                ensure_narratives(tx, [NarrativeLabel(draft.parent)], draft.owner, draft.contributor)
            parent = _parent(tx, draft.parent, seen_by) if draft.parent else None
            ref = tx.narratives.resolve(draft.external_id or draft.title, seen_by)
            known = _narrative(tx, ref.id, viewer) if ref else None
            if ref and known and known.owner == draft.owner:
                if parent and tx.narratives.is_below(parent.key, ref.key):
                    raise InvalidInput.at("/parent", _CIRCLE)
                if not may_change(tx, known.contributor, known.owner, viewer, curator=curator):
                    if _changes(draft, parent, known):
                        raise NotContributor("narrative", known.contributor)
                    self._add_findings(tx, draft, ref.key)
                    return known, False
            narrative_id, new = tx.narratives.put(draft, parent)
            if draft.findings and (put := tx.narratives.resolve(narrative_id, viewer)):
                self._add_findings(tx, draft, put.key)
            kind = EventType.NARRATIVE_CREATED if new else EventType.NARRATIVE_UPDATED
            return emit_narrative_event(tx, kind, _narrative(tx, narrative_id, viewer), viewer), new

    def _add_findings(self, tx: Transaction, draft: NarrativeDraft, key: int) -> None:
        now = self.clock()
        for finding in draft.findings:
            dated = replace(finding, learned_at=finding.learned_at or now, contributor=draft.contributor)
            tx.findings.put(dated, None, key, at=now)

    def get(self, narrative_id: str, viewer: Organisation | None = None) -> Narrative:
        with self.store.reading() as tx:
            return _narrative(tx, narrative_id, viewer)

    def resolve(self, name: str, viewer: Organisation | None = None) -> NarrativeRef | None:
        """The narrative of this id, external id or title, in this order; None where there is none."""
        with self.store.reading() as tx:
            return tx.narratives.resolve(name, viewer)

    def find(
        self, q: str | None, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[tuple[int, Narrative]]:
        """The newest first, each with the number to ask for those before it."""
        with self.store.reading() as tx:
            return tx.narratives.find(q, before, limit, viewer)

    def change(
        self,
        narrative_id: str,
        changes: Mapping[str, Any],
        viewer: Organisation | None = None,
        *,
        by: Actor | None = None,
        seen: str | None = None,
        curator: bool = False,
    ) -> Narrative:
        """Sets `title`, `description` or `parent` (None empties it).

        Raises `NotFound`, `NotContributor` where `viewer` did not bring it and is no `curator` of the shared archive,
        `InvalidInput`, and `EditConflict` where its version is another than the one `seen`.
        """
        with self.store.writing() as tx:
            known = _narrative(tx, narrative_id, viewer)
            require_may_change(tx, "narrative", known.contributor, known.owner, viewer, curator=curator)
            if seen and known.version != seen:
                raise EditConflict("somebody else changed this narrative since you looked at it")
            ref = tx.narratives.resolve(narrative_id, viewer)
            parent = known.parent
            if "parent" in changes:
                seen_by = viewer if known.private else None
                parent = _parent(tx, changes["parent"], seen_by) if changes["parent"] else None
            if ref and parent and tx.narratives.is_below(parent.key, ref.key):
                raise InvalidInput.at("/parent", _CIRCLE)
            if ref:
                title = changes.get("title", known.title)
                tx.narratives.change(ref.key, title, changes.get("description", known.description), parent)
            changed = _narrative(tx, narrative_id, viewer)
            before, after = edited_values(known), edited_values(changed)
            if ref and before != after:
                detail = {"before": before, "after": after}
                tx.narrative_changes.add(NarrativeChange(str(uuid4()), "edited", ref, None, self.clock(), by, detail))
            return emit_narrative_event(tx, EventType.NARRATIVE_UPDATED, changed, viewer)


@dataclass(frozen=True, slots=True)
class EditFinding:
    """Creates, changes and withdraws findings."""

    store: Store
    clock: Clock

    def record(
        self, finding: Finding, viewer: Organisation | None = None, by: Actor | None = None
    ) -> tuple[Finding, bool]:
        """The finding and whether it is new; it names a statement's or a narrative's id. Raises `InvalidInput`."""
        with self.store.writing() as tx:
            statement = narrative = None
            if finding.statement:
                known = tx.statements.by_id(finding.statement, viewer)
                if known is None:
                    raise InvalidInput.at("/statement", "names no statement: send the id of one in the archive")
                statement = known.key
            else:
                ref = tx.narratives.resolve(finding.narrative or "", viewer)
                if ref is None:
                    raise InvalidInput.at("/narrative", "names no narrative: send its id, external id or title")
                narrative = ref.key
            now = self.clock()
            learned = replace(finding, learned_at=finding.learned_at or now, contributor=Contributor.of(viewer))
            finding_id, new = tx.findings.put(learned, statement, narrative, by, now)
            tx.audit.add("finding.created" if new else "finding.changed", "finding", finding_id)
            stored = tx.findings.by_id(finding_id, viewer)
            return stored or learned, new

    def get(self, finding_id: str, viewer: Organisation | None = None) -> Finding:
        with self.store.reading() as tx:
            finding = tx.findings.by_id(finding_id, viewer)
        if finding is None:
            raise NotFound("there is no finding with this id")
        return finding

    def find(
        self,
        statement: str | None,
        narrative: str | None,
        before: int | None,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[tuple[int, Finding]]:
        """The newest first, each with the number to ask for those before it."""
        with self.store.reading() as tx:
            return tx.findings.find(statement, narrative, before, limit, viewer)

    def remove(self, finding_id: str, viewer: Organisation | None = None, *, curator: bool = False) -> None:
        """Withdraws a finding. Raises `NotFound`, and `NotContributor` where another organisation added it."""
        with self.store.writing() as tx:
            known = tx.findings.by_id(finding_id, viewer)
            if known:
                owner = _owner_of_subject(tx, known, viewer)
                require_may_change(tx, "finding", known.contributor, owner, viewer, curator=curator)
            if not tx.findings.remove(finding_id, self.clock(), viewer):
                raise NotFound("there is no finding with this id")
            tx.audit.add("finding.removed", "finding", finding_id)


def emit_narrative_event(
    tx: Transaction, kind: EventType, narrative: Narrative, viewer: Organisation | None
) -> Narrative:
    """Emits an event for everybody who may see the narrative: the owner of a private one, all for a shared one."""
    tx.events.add(viewer if narrative.private else None, kind, narrative.id, narrative_data(narrative))
    tx.audit.add(kind, "narrative", narrative.id)
    return narrative


def edited_values(narrative: Narrative) -> dict[str, str | None]:
    """Values of a narrative that an edit changes, as its history keeps them."""
    return {
        "title": narrative.title,
        "description": narrative.description,
        "parent": narrative.parent.id if narrative.parent else None,
    }


def _changes(draft: NarrativeDraft, parent: NarrativeRef | None, known: Narrative) -> bool:
    """True if recording the draft would change a known narrative."""
    return (
        draft.title != known.title
        or (draft.description or known.description) != known.description
        or (parent is not None and parent != known.parent)
    )


def _owner_of_subject(tx: Transaction, finding: Finding, viewer: Organisation | None) -> int | None:
    """Owner of the private statement or narrative that a finding is about; None where that is shared."""
    if finding.statement:
        statement = tx.statements.by_id(finding.statement, viewer)
        return statement.owner if statement else None
    narrative = tx.narratives.by_id(finding.narrative or "", viewer)
    return narrative.owner if narrative else None


def _narrative(tx: Transaction, narrative_id: str, viewer: Organisation | None) -> Narrative:
    narrative = tx.narratives.by_id(narrative_id, viewer)
    if narrative is None:
        raise NotFound("there is no narrative with this id")
    return narrative


def _parent(tx: Transaction, name: str, viewer: Organisation | None) -> NarrativeRef:
    ref = tx.narratives.resolve(name, viewer)
    if ref is None:
        raise InvalidInput.at(
            "/parent",
            "names no narrative that this one may be below: create it first, or send its id, external id or title",
        )
    return ref
