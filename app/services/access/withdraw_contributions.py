"""Withdrawal of everything that an organisation contributed to the shared archive, and its reversal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from app.domain.access.contributions import Contributions, Withdrawal, WithdrawnCounts
from app.domain.access.contributors import is_curator
from app.domain.access.keys import Key, Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import Conflict, MissingScope, NotFound
from app.services.ports import Clock, Store, Transaction

AT_ONCE: Final = 500
"""Rows that one transaction withdraws or restores: others write in between."""

_Step = Callable[[Transaction], int]


@dataclass(frozen=True, slots=True)
class WithdrawContributions:
    """Withdraws what an organisation contributed: statements, findings, counter-examples, and the links of statements
    to its narratives. `by` is the key that asks; without one it is the command line.

    Each transaction is small. One that is cut short is repeated; both withdrawals can be restored.
    """

    store: Store
    clock: Clock

    def __call__(
        self, organisation: str, since: datetime | None = None, reason: str | None = None, by: Key | None = None
    ) -> tuple[Withdrawal, WithdrawnCounts]:
        """Withdraws what it contributed since a moment. Raises `NotFound`, `MissingScope`, and `Conflict` for an
        organisation of the operator's."""
        with self.store.writing() as tx:
            whose = _seen(tx, organisation, by)
            _require_curator(by)
            if whose.operator:
                raise Conflict("this organisation is the operator's: its contributions are withdrawn one by one")
            at = tx.contributions.unused_moment(whose, self.clock())
            withdrawal = Withdrawal(str(uuid4()), whose, at, since, reason, by.name if by else None)
            actor = Actor(by.id, by.name) if by else None
            tx.contributions.add_withdrawal(withdrawal, actor)
        rows = (withdrawal, AT_ONCE)
        counts = WithdrawnCounts(
            statements=self._repeated(lambda tx: tx.contributions.withdraw_statements(*rows, actor)),
            findings=self._repeated(lambda tx: tx.contributions.withdraw_findings(*rows)),
            counter_examples=self._repeated(lambda tx: tx.contributions.withdraw_counter_examples(*rows)),
            links=self._repeated(lambda tx: tx.contributions.end_links(*rows)),
        )
        return withdrawal, counts

    def find(self, organisation: str, by: Key | None = None) -> list[Withdrawal]:
        """Withdrawals of what an organisation contributed, the newest first. Raises `NotFound`, also for another
        organisation than that of a key which is not the operator's."""
        with self.store.reading() as tx:
            return tx.contributions.withdrawals(_seen(tx, organisation, by))

    def restore(self, organisation: str, withdrawal_id: str | None = None, by: Key | None = None) -> WithdrawnCounts:
        """Brings back what a withdrawal took, or all withdrawals of the organisation that are not restored yet.

        What somebody withdrew on its own stays withdrawn. Raises `NotFound`, `MissingScope`.
        """
        withdrawals = [one for one in self.find(organisation, by) if withdrawal_id in (None, one.id)]
        _require_curator(by)
        if not withdrawals:
            raise NotFound("there is no such withdrawal of this organisation's contributions")
        actor = Actor(by.id, by.name) if by else None
        total = [0, 0, 0, 0]
        for withdrawal in withdrawals:
            if withdrawal.restored_at is not None:
                continue
            now = self.clock()
            for number, count in enumerate(self._restored(withdrawal, now, actor)):
                total[number] += count
            with self.store.writing() as tx:
                tx.contributions.mark_restored(withdrawal, now)
        return WithdrawnCounts(*total)

    def counts(self) -> dict[int, Contributions]:
        """Contributions by the organisation's key, of those that have any."""
        with self.store.reading() as tx:
            return tx.contributions.counts(self.clock() - timedelta(days=1))

    def _restored(self, withdrawal: Withdrawal, now: datetime, by: Actor | None) -> tuple[int, int, int, int]:
        rows = (withdrawal, AT_ONCE)
        return (
            self._repeated(lambda tx: tx.contributions.restore_statements(*rows, now, by)),
            self._repeated(lambda tx: tx.contributions.restore_findings(*rows)),
            self._repeated(lambda tx: tx.contributions.restore_counter_examples(*rows)),
            self._repeated(lambda tx: tx.contributions.restore_links(*rows, now)),
        )

    def _repeated(self, step: _Step) -> int:
        """Number of rows of all transactions of a step, each of at most `AT_ONCE`."""
        total = 0
        while True:
            with self.store.writing() as tx:
                done = step(tx)
            total += done
            if done < AT_ONCE:
                return total


def _seen(tx: Transaction, organisation: str, by: Key | None) -> Organisation:
    """Organisation by name or id: for a key that is not the operator's, its own."""
    found = tx.access.organisation(organisation)
    if found is None or (by and not is_curator(by) and by.organisation.key != found.key):
        raise NotFound("there is no such organisation")
    return found


def _require_curator(by: Key | None) -> None:
    if by and not is_curator(by):
        raise MissingScope("this needs an admin key of the organisation that runs the service")
