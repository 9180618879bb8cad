"""Single statements: reading, listing, correcting, withdrawing and restoring them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, EditConflict, InvalidInput, NotFound
from app.domain.statements.statements import NarrativeRef, Statement, Submissions
from app.services.access.contributions import require_may_change
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.encode_statements import EncodeStatements
from app.services.statements.ports import StatementFilter
from app.services.statements.record_statements import encoder_input


@dataclass(frozen=True, slots=True)
class EditStatement:
    """Changes and withdraws single statements of the archive."""

    store: Store
    encode: EncodeStatements
    archive: IndexSync
    clock: Clock

    def get(self, statement_id: str, viewer: Organisation | None = None) -> Statement:
        """A statement, withdrawn or not. Raises `NotFound`."""
        with self.store.reading() as tx:
            return _existing(tx, statement_id, viewer)

    def find(
        self, filters: StatementFilter, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[Statement]:
        """The newest first, withdrawn ones left out; `before` is the key of the last one seen."""
        with self.store.reading() as tx:
            return tx.statements.find(filters, before, limit, viewer)

    def submissions(self, statements: Sequence[Statement]) -> list[Submissions]:
        """Submissions of each statement, in order."""
        with self.store.reading() as tx:
            seen = tx.submissions.of([statement.key for statement in statements])
        return [seen[statement.key] for statement in statements]

    def change(
        self,
        statement_id: str,
        changes: Mapping[str, Any],
        narratives: Sequence[str] | None,
        viewer: Organisation | None = None,
        by: Actor | None = None,
        *,
        seen: datetime | None = None,
        reason: str | None = None,
        curator: bool = False,
    ) -> Statement:
        """Sets fields (None empties them) and, where given, the exact narratives. The revision has the author and the
        reason.

        Raises `NotFound`, `NotContributor` where `viewer` did not bring it and is no `curator` of the shared archive,
        `InvalidInput` for an unknown narrative, `Conflict` where the new identity is taken, and
        `EditConflict` where it was updated at another moment than the one `seen`.
        """
        known = self.get(statement_id, viewer)
        if known.erased:
            raise Conflict("the text of this statement was erased on a request: it cannot be changed or restored")
        changed = replace(known, **changes)
        text = encoder_input(changed)
        moved = text != encoder_input(known) or (known.withdrawn and not changed.withdrawn)
        texts = dict(zip([text], self.encode([text]), strict=True)) if moved else {}
        with self.store.writing() as tx:
            known = _existing(tx, statement_id, viewer)
            require_may_change(tx, "statement", known.contributor, known.owner, viewer, curator=curator)
            if seen and known.updated_at != seen:
                raise EditConflict("somebody else changed this statement since you looked at it")
            changed = _placed(tx, known, replace(known, **changes))
            if narratives is not None:
                changed = replace(changed, narratives=_refs(tx, narratives, viewer if known.private else None))
            if changed == known:
                return known
            if changed.identity != known.identity and tx.statements.by_identities([changed.identity]):
                raise Conflict("another statement has this identity already: change that one, or withdraw one of them")
            changed = replace(changed, updated_at=self.clock())
            tx.statements.change(known, changed, tx.statements.next_sequence(), by)
            if reason:
                tx.revisions.explain(known.key, reason)
            text = encoder_input(changed)
            if texts or text != encoder_input(known):
                if text not in texts:  # somebody else changed it since we looked
                    [texts[text]] = self.encode([text])
                tx.vectors.forget([known.key])
                tx.vectors.put(self.encode.encoder.fingerprint, [(known.key, texts[text])])
            tx.audit.add(f"statement.{_verb(known, changed)}", "statement", known.id)
            changed = _existing(tx, statement_id, viewer)
        self.archive.sync()
        return changed

    def withdraw(
        self,
        statement_id: str,
        viewer: Organisation | None = None,
        by: Actor | None = None,
        *,
        reason: str | None = None,
        curator: bool = False,
    ) -> None:
        """Withdraws a statement from later answers; stored checks keep it, marked. Repeating it is no error.

        Raises `NotFound`, `NotContributor`.
        """
        if not self.get(statement_id, viewer).withdrawn:
            withdrawn = {"withdrawn_at": self.clock()}
            self.change(statement_id, withdrawn, None, viewer, by, reason=reason, curator=curator)


def _existing(tx: Transaction, statement_id: str, viewer: Organisation | None) -> Statement:
    statement = tx.statements.by_id(statement_id, viewer)
    if statement is None:
        raise NotFound("there is no statement with this id")
    return statement


def _verb(known: Statement, changed: Statement) -> str:
    if known.withdrawn == changed.withdrawn:
        return "changed"
    return "withdrawn" if changed.withdrawn else "restored"


def _placed(tx: Transaction, known: Statement, changed: Statement) -> Statement:
    """The changed statement, with the namespace of an external id that it did not have before, or has no more."""
    if known.external_id and not changed.external_id:
        return replace(changed, namespace=None)
    if changed.private or known.external_id or not changed.external_id or known.contributor is None:
        return changed
    key = known.contributor.key
    return replace(changed, namespace=None if tx.access.keeps_archive(key) else key)


def _refs(tx: Transaction, names: Sequence[str], viewer: Organisation | None) -> tuple[NarrativeRef, ...]:
    refs: dict[int, NarrativeRef] = {}
    for number, name in enumerate(names):
        ref = tx.narratives.resolve(name, viewer)
        if ref is None:
            raise InvalidInput.at(
                f"/narratives/{number}",
                "names no narrative that this statement may be in: create it first, or send its id or title",
            )
        refs[ref.key] = ref
    return tuple(refs.values())
