"""Reorganising narratives: merging, splitting and moving statements between them, and undoing each change."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.narratives.changes import ChangeKind, NarrativeChange
from app.domain.statements.statements import Narrative, NarrativeDraft, NarrativeRef
from app.domain.webhooks.webhooks import EventType
from app.services.access.contributions import require_may_change
from app.services.narratives.edit_narrative import edited_values, emit_narrative_event
from app.services.narratives.narrative_cache import NarrativeCache
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync

MOST_MOVED: Final = 1_000
"""Statements that are moved or split off at once."""

SHOWN: Final = 30
"""Changes in a narrative's history."""


@dataclass(frozen=True, slots=True)
class ReorganiseNarratives:
    """Merges, splits and undoes. Whoever may change a narrative may move its statements, whosesoever they are.

    Every method raises `NotFound` for a narrative that `viewer` does not see, `NotContributor` for one that it may not
    change, and `InvalidInput` where two narratives do not go together: both are shared, or both the same
    organisation's.
    """

    store: Store
    narrative_cache: NarrativeCache
    archive: IndexSync
    clock: Clock

    def merge(
        self,
        narrative_id: str,
        into: str,
        viewer: Organisation | None = None,
        by: Actor | None = None,
        *,
        curator: bool = False,
    ) -> NarrativeChange:
        """Merges a narrative into another, by id, external id or title, where all of its names lead from then on."""
        with self._changing_both(narrative_id, into, viewer, curator=curator) as (tx, source_ref, target):
            if tx.narratives.is_below(target.key, source_ref.key):
                raise InvalidInput.at("/into", "is below this narrative: merge that one into this one instead")
            _changeable(tx, target.id, viewer, curator=curator)
            now = self.clock()
            keys = tx.narrative_changes.statements_of(source_ref.key)
            relinked = tx.narrative_changes.relink(keys, source_ref.key, target.key, now, by)
            detail: dict[str, Any] = {"moved": list(relinked.moved), "known": list(relinked.known)}
            detail["carried"] = tx.narrative_changes.carry(source_ref.key, target.key)
            change = self._record(tx, "merged", source_ref, target, by, detail)
            self._announce(tx, (target,), viewer)
        return change

    def move(
        self,
        narrative_id: str,
        statements: Sequence[str],
        into: str,
        viewer: Organisation | None = None,
        by: Actor | None = None,
        *,
        curator: bool = False,
    ) -> NarrativeChange:
        """Moves statements, by id, to another narrative, by id, external id or title."""
        with self._changing_both(narrative_id, into, viewer, curator=curator) as (tx, source_ref, target):
            change = self._move(tx, "moved", source_ref, target, self._keys(tx, source_ref, statements, viewer), by)
            self._announce(tx, (source_ref, target), viewer)
        return change

    def split(
        self,
        narrative_id: str,
        statements: Sequence[str],
        title: str,
        viewer: Organisation | None = None,
        by: Actor | None = None,
        *,
        curator: bool = False,
    ) -> NarrativeChange:
        """Makes a new narrative of some statements of another, beside that one. Raises `InvalidInput` for a title that
        another narrative has."""
        with self.store.writing() as tx:
            source, source_ref = _changeable(tx, narrative_id, viewer, curator=curator)
            keys = self._keys(tx, source_ref, statements, viewer)
            if tx.narratives.resolve(title, viewer):
                raise InvalidInput.at("/title", "is the title of another narrative: move the statements there instead")
            draft = NarrativeDraft(title, owner=source.owner, contributor=Contributor.of(viewer))
            new_id, _ = tx.narratives.put(draft, source.parent)
            new = tx.narratives.resolve(new_id, viewer)
            if new is None:
                raise NotFound("there is no narrative with this id")
            change = self._move(tx, "split", source_ref, new, keys, by)
            made = tx.narratives.by_id(new_id, viewer)
            if made:
                emit_narrative_event(tx, EventType.NARRATIVE_CREATED, made, viewer)
            self._announce(tx, (source_ref,), viewer)
        self.archive.sync()
        return change

    def changes(self, narrative_id: str, viewer: Organisation | None = None) -> list[NarrativeChange]:
        """The latest changes of a narrative, the newest first."""
        with self.store.reading() as tx:
            return tx.narrative_changes.of(_existing(tx, narrative_id, viewer)[1].key, SHOWN, viewer)

    def undo(
        self, change_id: str, viewer: Organisation | None = None, by: Actor | None = None, *, curator: bool = False
    ) -> NarrativeChange:
        """Undoes a change. Raises `Conflict` where it was undone already, or something that came later stands in its
        way; statements that were filed otherwise meanwhile are left there."""
        with self.store.writing() as tx:
            change = tx.narrative_changes.by_id(change_id)
            if change is None:
                raise NotFound("there is no change with this id")
            _changeable(tx, change.narrative.id, viewer, curator=curator)
            if change.undone_at:
                raise Conflict("this change was undone already")
            if change.kind == "edited":
                self._undo_edit(tx, change, viewer)
            else:
                self._undo_move(tx, change, by)
            tx.narrative_changes.undone(change, self.clock(), by)
            tx.audit.add("narrative.change_undone", "narrative", change.narrative.id, kind=change.kind)
            self._announce(tx, (change.narrative,), viewer)
        self.archive.sync()
        return change

    @contextmanager
    def _changing_both(
        self, narrative_id: str, into: str, viewer: Organisation | None, *, curator: bool
    ) -> Iterator[tuple[Transaction, NarrativeRef, NarrativeRef]]:
        """Writing transaction with a narrative that may be changed and the one that `into` names, after which searches
        are brought up to date."""
        with self.store.writing() as tx:
            source, source_ref = _changeable(tx, narrative_id, viewer, curator=curator)
            yield tx, source_ref, _target(tx, into, source, source_ref, viewer)
        self.archive.sync()

    def _keys(
        self, tx: Transaction, source: NarrativeRef, statements: Sequence[str], viewer: Organisation | None
    ) -> list[int]:
        """Keys of statements by their ids, with those of the same text, speaker and day, which are shown as one."""
        if not 0 < len(statements) <= MOST_MOVED:
            raise InvalidInput.at("/statements", f"names none, or too many: choose 1 to {MOST_MOVED}")
        chosen = set(tx.statements.keys_of_ids(statements, viewer))
        appearances = self.narrative_cache(tx, [source.key], viewer)[source.key]
        return [key for appearance in appearances if chosen & set(appearance.keys) for key in appearance.keys]

    def _move(
        self,
        tx: Transaction,
        kind: ChangeKind,
        source: NarrativeRef,
        target: NarrativeRef,
        keys: Sequence[int],
        by: Actor | None,
    ) -> NarrativeChange:
        relinked = tx.narrative_changes.relink(keys, source.key, target.key, self.clock(), by)
        if not relinked.moved:
            raise InvalidInput.at("/statements", "names no statement of this narrative: choose some of its own")
        detail = {"moved": list(relinked.moved), "known": list(relinked.known)}
        return self._record(tx, kind, source, target, by, detail)

    def _record(
        self,
        tx: Transaction,
        kind: ChangeKind,
        source: NarrativeRef,
        target: NarrativeRef,
        by: Actor | None,
        detail: dict[str, Any],
    ) -> NarrativeChange:
        change = NarrativeChange(str(uuid4()), kind, source, target, self.clock(), by, detail)
        tx.narrative_changes.add(change)
        tx.audit.add(f"narrative.{kind}", "narrative", source.id, other=target.id, statements=change.count)
        return change

    def _announce(self, tx: Transaction, refs: Sequence[NarrativeRef], viewer: Organisation | None) -> None:
        for ref in refs:
            narrative = tx.narratives.by_id(ref.id, viewer)
            if narrative:
                emit_narrative_event(tx, EventType.NARRATIVE_UPDATED, narrative, viewer)

    def _undo_edit(self, tx: Transaction, change: NarrativeChange, viewer: Organisation | None) -> None:
        known, ref = _existing(tx, change.narrative.id, viewer)
        if ref.key != change.narrative.key or edited_values(known) != change.detail["after"]:
            raise Conflict("the narrative was changed again since: undo the later change first")
        before = change.detail["before"]
        parent = tx.narratives.resolve(before["parent"], viewer) if before["parent"] else None
        if parent and tx.narratives.is_below(parent.key, ref.key):
            raise Conflict("its former place is below it now: move that narrative first")
        tx.narratives.change(ref.key, before["title"], before["description"], parent)

    def _undo_move(self, tx: Transaction, change: NarrativeChange, by: Actor | None) -> None:
        if change.other is None:
            raise NotFound("there is no change with this id")
        source, target = change.narrative.key, change.other.key
        if change.kind == "merged":
            if tx.narrative_changes.merged_into(source) != target:
                raise Conflict("the narrative that it went into was merged again: undo that first")
            tx.narrative_changes.bring_back(source, target, change.detail["carried"])
        elif any(tx.narrative_changes.merged_into(key) is not None for key in (source, target)):
            raise Conflict("one of the two narratives was merged since: undo that first")
        known = set(change.detail["known"])
        now = self.clock()
        entered = [key for key in change.detail["moved"] if key not in known]
        tx.narrative_changes.relink(entered, target, source, now, by)
        still = set(tx.narrative_changes.statements_of(target))
        tx.narrative_changes.relink(sorted(known & still), None, source, now, by)
        if change.kind == "split" and not tx.narrative_changes.statements_of(target):
            tx.narrative_changes.carry(target, source)


def _existing(tx: Transaction, narrative_id: str, viewer: Organisation | None) -> tuple[Narrative, NarrativeRef]:
    narrative = tx.narratives.by_id(narrative_id, viewer)
    ref = tx.narratives.resolve(narrative.id, viewer) if narrative else None
    if narrative is None or ref is None:
        raise NotFound("there is no narrative with this id")
    return narrative, ref


def _changeable(
    tx: Transaction, narrative_id: str, viewer: Organisation | None, *, curator: bool
) -> tuple[Narrative, NarrativeRef]:
    narrative, ref = _existing(tx, narrative_id, viewer)
    require_may_change(tx, "narrative", narrative.contributor, narrative.owner, viewer, curator=curator)
    return narrative, ref


def _target(
    tx: Transaction, name: str, source: Narrative, ref: NarrativeRef, viewer: Organisation | None
) -> NarrativeRef:
    found = tx.narratives.resolve(name, viewer)
    target = tx.narratives.by_id(found.id, viewer) if found else None
    if found is None or target is None:
        raise InvalidInput.at("/into", "names no narrative: create it first, or send its id, external id or title")
    if found.key == ref.key:
        raise InvalidInput.at("/into", "is this narrative itself: choose another one")
    if target.owner != source.owner:
        raise InvalidInput.at("/into", "is not seen by the same readers: one of the two is shared, the other private")
    return found
