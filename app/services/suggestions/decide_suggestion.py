"""Suggested narratives as they are offered to an organisation, and what it decides about them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final
from uuid import uuid4

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.statements.statements import LONGEST_NAME, NarrativeDraft, NarrativeRef, Statement
from app.domain.suggestions.suggestions import OfferedGroup, Suggestion, SuggestionState, refused_again
from app.domain.webhooks.webhooks import EventType
from app.services.access.contributions import may_change
from app.services.narratives.edit_narrative import emit_narrative_event
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync

_LEAST_SHOWN: Final = 2
"""Statements of a group that is still shown, when others were withdrawn or filed meanwhile."""


@dataclass(frozen=True, slots=True)
class RefusedGroup:
    """Refused group with those of its statements that can still be seen."""

    id: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class AcceptedGroup:
    """Narrative that a suggestion became, whether it is new, and how many statements were filed under it."""

    narrative: NarrativeRef
    made: bool
    filed: int


@dataclass(frozen=True, slots=True)
class DecideSuggestion:
    """Lists, accepts and refuses suggestions. Each decision is one transaction, and can be taken back."""

    store: Store
    archive: IndexSync
    clock: Clock

    def find(self, viewer: Organisation | None) -> list[OfferedGroup]:
        """Groups that are offered to the viewer and not refused by it, the largest and strongest first; None: those of
        shared statements."""
        with self.store.reading() as tx:
            refused = [one.members for one in tx.suggestions.refusals(viewer)] if viewer else []
            offered = [one for one in tx.suggestions.open(viewer) if not refused_again(frozenset(one.members), refused)]
            return [group for group in _with_statements(tx, offered) if len(group.statements) >= _LEAST_SHOWN]

    def get(self, suggestion_id: str, viewer: Organisation, *, curator: bool = False) -> OfferedGroup:
        """An offered group; raises `NotFound` for one that is there no more."""
        with self.store.reading() as tx:
            suggestion = tx.suggestions.by_id(suggestion_id, viewer)
            if suggestion is None or suggestion.state is not SuggestionState.OPEN:
                raise NotFound("this suggestion is not offered any more: others may have taken its place")
            [group] = _with_statements(tx, [suggestion])
            if not group.statements:
                raise NotFound("all statements of this suggestion were filed or withdrawn meanwhile")
            foreign = {one.key for one in group.statements if not _may_file(tx, one, viewer, curator=curator)}
            return replace(group, foreign=frozenset(foreign))

    def refused(self, viewer: Organisation, limit: int) -> list[RefusedGroup]:
        """Refused groups, the newest first."""
        with self.store.reading() as tx:
            refusals = tx.suggestions.refusals(viewer)[:limit]
            known = tx.statements.by_keys(sorted({key for one in refusals for key in one.members}))
        seen = {key: one for key, one in known.items() if one.visible_to(viewer.key)}
        return [
            RefusedGroup(one.id, tuple(seen[key] for key in sorted(one.members) if key in seen)) for one in refusals
        ]

    def accept(
        self,
        suggestion_id: str,
        title: str,
        chosen: Collection[str],
        viewer: Organisation,
        by: Actor | None = None,
        *,
        curator: bool = False,
    ) -> AcceptedGroup:
        """Files the chosen statements, by their ids, under a narrative of this title: a new one, or one that there is.

        Raises `NotFound`, `Conflict` where somebody decided meanwhile, and `InvalidInput` where nothing is chosen that
        the viewer may file.
        """
        title = title.strip()
        if not 0 < len(title) <= LONGEST_NAME:
            raise InvalidInput.at("/title", f"has to have 1 to {LONGEST_NAME} characters")
        with self.store.writing() as tx:
            suggestion = tx.suggestions.by_id(suggestion_id, viewer)
            if suggestion is None:
                raise NotFound("there is no suggestion with this id")
            [group] = _with_statements(tx, [suggestion])
            filed = [
                one for one in group.statements if one.id in chosen and _may_file(tx, one, viewer, curator=curator)
            ]
            if not filed:
                raise InvalidInput.at("/members", "choose at least one statement that you may file")
            narrative, made = self._narrative(tx, title, suggestion, viewer)
            if not tx.suggestions.accept(suggestion, narrative.key, made=made, filed=[one.key for one in filed]):
                raise Conflict("somebody decided about this suggestion already")
            self._file(tx, filed, narrative, by)
            tx.audit.add("suggestion.accepted", "suggestion", suggestion.id)
            kind = EventType.NARRATIVE_CREATED if made else EventType.NARRATIVE_UPDATED
            if stored := tx.narratives.by_id(narrative.id, viewer):
                emit_narrative_event(tx, kind, stored, viewer)
        self.archive.sync()
        return AcceptedGroup(narrative, made, len(filed))

    def reopen(self, suggestion_id: str, viewer: Organisation, by: Actor | None = None) -> bool:
        """Takes an acceptance back: its statements leave the narrative, which is deleted where nothing else refers to
        it. False where it was taken back already. Raises `NotFound`."""
        with self.store.writing() as tx:
            suggestion = tx.suggestions.by_id(suggestion_id, viewer)
            if suggestion is None:
                raise NotFound("there is no suggestion with this id")
            if suggestion.state is not SuggestionState.ACCEPTED:
                return False
            known = tx.statements.by_keys(suggestion.filed)
            for one in known.values():
                rest = tuple(ref for ref in one.narratives if ref.key != suggestion.narrative)
                if rest != one.narratives:
                    self._change(tx, one, rest, by)
            tx.suggestions.reopen(suggestion)
            if suggestion.narrative_made and suggestion.narrative is not None:
                tx.suggestions.drop_narrative(suggestion.narrative)
            tx.audit.add("suggestion.reopened", "suggestion", suggestion.id)
        self.archive.sync()
        return True

    def refuse(self, suggestion_id: str, viewer: Organisation) -> str:
        """Has a group, and what is nearly the same, not offered to the viewer any more; the id of the refusal. Raises
        `NotFound`."""
        with self.store.writing() as tx:
            suggestion = tx.suggestions.by_id(suggestion_id, viewer)
            if suggestion is None or suggestion.state is not SuggestionState.OPEN:
                raise NotFound("this suggestion is not offered any more: others may have taken its place")
            refusal_id = str(uuid4())
            tx.suggestions.refuse(viewer, refusal_id, suggestion.members, self.clock())
            tx.audit.add("suggestion.refused", "suggestion", suggestion.id)
        return refusal_id

    def withdraw_refusal(self, refusal_id: str, viewer: Organisation) -> bool:
        """Takes a refusal back; False where it was taken back already."""
        with self.store.writing() as tx:
            gone = tx.suggestions.withdraw_refusal(viewer, refusal_id)
            if gone:
                tx.audit.add("suggestion.refusal_withdrawn", "suggestion", refusal_id)
            return gone

    def _narrative(
        self, tx: Transaction, title: str, suggestion: Suggestion, viewer: Organisation
    ) -> tuple[NarrativeRef, bool]:
        """Narrative of this title and the suggestion's owner, and whether it is new."""
        seen_by = viewer if suggestion.owner is not None else None
        known = tx.narratives.resolve(title, seen_by)
        if known is not None:
            return known, False
        draft = NarrativeDraft(title, owner=suggestion.owner, contributor=Contributor.of(viewer))
        narrative_id, made = tx.narratives.put(draft, None)
        ref = tx.narratives.resolve(narrative_id, viewer)
        if ref is None:
            raise Conflict("the narrative was changed meanwhile: try again")
        return ref, made

    def _file(
        self, tx: Transaction, statements: Sequence[Statement], narrative: NarrativeRef, by: Actor | None
    ) -> None:
        for one in statements:
            self._change(tx, one, (*one.narratives, narrative), by)

    def _change(self, tx: Transaction, one: Statement, narratives: tuple[NarrativeRef, ...], by: Actor | None) -> None:
        changed = replace(one, narratives=narratives, updated_at=self.clock())
        tx.statements.change(one, changed, tx.statements.next_sequence(), by)
        tx.audit.add("statement.changed", "statement", one.id)


def _may_file(tx: Transaction, statement: Statement, viewer: Organisation, *, curator: bool) -> bool:
    return may_change(tx, statement.contributor, statement.owner, viewer, curator=curator)


def _with_statements(tx: Transaction, suggestions: Sequence[Suggestion]) -> list[OfferedGroup]:
    """Suggestions with those of their statements that are still in the archive and in no narrative."""
    known = tx.statements.by_keys(sorted({key for one in suggestions for key in one.members}))
    return [
        OfferedGroup(one, tuple(known[key] for key in one.members if key in known and not known[key].narratives))
        for one in suggestions
    ]
