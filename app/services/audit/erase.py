"""Erasure of personal data and of texts on a request. What is left is the trace: who, when, why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from app.domain.access.keys import Caller
from app.domain.audit.erasures import Erasure, ErasureKind
from app.domain.core.errors import Conflict, MissingScope, NotFound
from app.services.access.manage_accounts import require_remaining_admin
from app.services.audit.origin import current_origin
from app.services.ports import Clock, Store, Transaction

_UNKNOWN = "there is no {} with this id that you may erase"


@dataclass(frozen=True, slots=True)
class Erase:
    """Erases accounts, statements and checks. `by` reaches its own organisation's; shared statements are erased by the
    operator's organisation. Without `by` it is the command line, which may erase everything."""

    store: Store
    clock: Clock
    forget_texts: Callable[[], None]
    """Takes an erased statement out of the index and out of its snapshot on disk."""
    thoroughly: bool = False
    """True: the file of the database is rewritten, however large it is."""

    def __call__(
        self, kind: ErasureKind, subject_id: str, reason: str, reference: str | None = None, by: Caller | None = None
    ) -> Erasure:
        """Erases a thing by its id (an account also by its login), and returns the trace.

        Raises `NotFound`, `Conflict` for the last admin of an organisation and for what is erased already, and
        `MissingScope` for a shared statement.
        """
        erase = {
            ErasureKind.ACCOUNT: self._account,
            ErasureKind.STATEMENT: self._statement,
            ErasureKind.CHECK: self._check,
        }[kind]
        with self.store.writing() as tx:
            subject, organisation_id = erase(tx, subject_id, by)
            origin = current_origin()
            erasure = Erasure(
                id=str(uuid4()),
                at=self.clock(),
                kind=kind,
                subject_id=subject,
                reason=reason,
                reference=reference,
                organisation_id=organisation_id or (by.organisation.id if by else None),
                by_kind=origin.kind,
                by_id=origin.actor_id,
            )
            tx.erasures.add(erasure)
            tx.audit.add(f"{kind}.erased", kind, subject, organisation_id=erasure.organisation_id, erasure=erasure.id)
        if kind is ErasureKind.STATEMENT:
            self.forget_texts()
        self.store.forget_deleted(thoroughly=self.thoroughly)
        return erasure

    def find(self, before: int | None, limit: int, by: Caller | None = None) -> Sequence[Erasure]:
        """Traces, the newest first: those of the organisation, for the operator's organisation all."""
        seen = by.organisation.id if by and not by.organisation.operator else None
        with self.store.reading() as tx:
            return tx.erasures.find(seen, before, limit)

    def _account(self, tx: Transaction, id_or_login: str, by: Caller | None) -> tuple[str, str | None]:
        known = tx.accounts.get(id_or_login) or tx.accounts.by_login(id_or_login.strip().casefold())
        if known is None or (by and known[0].organisation.key != by.organisation.key):
            raise NotFound(_UNKNOWN.format("account"))
        account = known[0]
        require_remaining_admin(tx, account, replace(account, disabled_at=self.clock()))
        tx.accounts.change(
            account.id, name=account.name, role=account.role, disabled_at=self.clock(), seen_at=account.last_seen_at
        )
        tx.erasures.account(account)
        return account.id, account.organisation.id

    def _statement(self, tx: Transaction, statement_id: str, by: Caller | None) -> tuple[str, str | None]:
        viewer = by.organisation if by else None
        statement = tx.statements.by_id(statement_id, viewer) or (
            None if by else tx.erasures.any_statement(statement_id)
        )
        if statement is None:
            raise NotFound(_UNKNOWN.format("statement"))
        if statement.erased:
            raise Conflict("this statement was erased before")
        if by and not statement.private and not by.organisation.operator:
            raise MissingScope("a shared statement is erased by the organisation that runs the service: ask it")
        tx.erasures.statement(statement, self.clock(), tx.statements.next_sequence())
        return statement.id, None

    def _check(self, tx: Transaction, check_id: str, by: Caller | None) -> tuple[str, str | None]:
        owner = by.organisation if by else tx.erasures.owner_of_check(check_id)
        if owner is None or not tx.erasures.check(owner, check_id, self.clock()):
            raise NotFound(_UNKNOWN.format("check"))
        return check_id, owner.id
