"""Following narratives: who follows which, and what is new there for a person."""

from dataclasses import dataclass

from app.domain.access.accounts import Account
from app.domain.core.errors import NotFound
from app.domain.statements.statements import NarrativeRef
from app.services.ports import Clock, Store, Transaction


@dataclass(frozen=True, slots=True)
class FollowNarratives:
    """Follows and unfollows narratives for an account. Raises `NotFound` for those that it does not see."""

    store: Store
    clock: Clock

    def follow(self, account: Account, narrative_id: str) -> NarrativeRef:
        """Follows a narrative; what is there by now counts as looked at."""
        with self.store.writing() as tx:
            ref = _seen(tx, account, narrative_id)
            tx.follows.put(account.id, ref.key, self.clock())
        return ref

    def unfollow(self, account: Account, narrative_id: str) -> NarrativeRef:
        """Follows a narrative no more."""
        with self.store.writing() as tx:
            ref = _seen(tx, account, narrative_id)
            tx.follows.remove(account.id, ref.key)
        return ref

    def looked(self, account: Account, ref: NarrativeRef) -> None:
        """Counts all that is there by now as looked at, where the account follows the narrative."""
        with self.store.writing() as tx:
            tx.follows.looked(account.id, ref.key, self.clock())

    def news(self, account: Account) -> int:
        """Number of followed narratives with statements that are new to the account."""
        with self.store.reading() as tx:
            return len(tx.follows.news(account.id, account.organisation))


def _seen(tx: Transaction, account: Account, narrative_id: str) -> NarrativeRef:
    narrative = tx.narratives.by_id(narrative_id, account.organisation)
    ref = tx.narratives.resolve(narrative.id, account.organisation) if narrative else None
    if ref is None:
        raise NotFound("there is no narrative with this id")
    return ref
