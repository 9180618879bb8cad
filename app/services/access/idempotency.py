"""Idempotency: a request is answered once, and its repetitions with the same key get the first answer."""

from collections import deque
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import uuid4

from app.domain.access.keys import Organisation
from app.domain.core.errors import Conflict, IdempotencyMismatch, StoreUnavailable
from app.services.access.ports import StoredResponse
from app.services.ports import Clock, Store, Transaction

KEPT_FOR = timedelta(hours=24)
_ANSWERED_WITHIN = timedelta(minutes=5)
"""Age at which an unanswered claim may be taken over, as its process was killed."""

_MOST_UNSETTLED = 1_000


@dataclass(frozen=True, slots=True)
class Claim:
    """Exclusive claim to answer a request; its holder has to `settle` it."""

    organisation: Organisation
    idempotency_key: str
    id: str


current_claim: ContextVar[Claim | None] = ContextVar("current_claim", default=None)
"""Claim of the request that is being answered: a transaction of it that leaves an entry in the audit log notes in the
claim that the request is done, so that it is never done twice, whenever the process ends."""


@dataclass(frozen=True, slots=True)
class Idempotency:
    """Idempotency keys: one answer for each key and organisation, kept for a day.

    An answer is on the disk before it is given, for a client may repeat its request after a power cut.
    """

    store: Store
    clock: Clock
    _unsettled: deque[tuple[Claim, StoredResponse | None]] = field(
        default_factory=lambda: deque(maxlen=_MOST_UNSETTLED)
    )
    """Claims that could not be settled while the database was away; the next one settles them."""

    def begin(
        self, organisation: Organisation, idempotency_key: str, request_hash: str
    ) -> Claim | StoredResponse | None:
        """The claim to answer, or the first answer, or None while another request is answering.

        Raises `IdempotencyMismatch` where the key came with another request before, and `Conflict` where that request
        changed something, and its process ended before it had answered.
        """
        now = self.clock()
        self._settle_waiting()
        with self.store.writing(durable=False) as tx:
            tx.idempotency_keys.forget_expired(now)
            known = tx.idempotency_keys.get(organisation, idempotency_key)
            if known and known.request_hash != request_hash:
                raise IdempotencyMismatch(
                    "this idempotency key was used with another request: use a new key for a new request"
                )
            if known and known.answer:
                return known.answer
            if known and now < known.claimed_until <= now + 2 * _ANSWERED_WITHIN:  # later: the clock was set back
                return None
            if known and known.changed_something:
                raise Conflict(
                    "this was done when it was first sent, but the service was stopped before it could answer: look at "
                    "what there is now, and send what is missing under a new idempotency key"
                )
            claim = Claim(organisation, idempotency_key, str(uuid4()))
            until, expires = now + _ANSWERED_WITHIN, now + KEPT_FOR
            tx.idempotency_keys.claim(organisation, idempotency_key, request_hash, claim.id, until, expires)
            return claim

    def settle(self, claim: Claim, answer: StoredResponse | None) -> None:
        """Stores the answer for repetitions of the request; without one, after a failure, releases the claim.

        Where the database is away it is stored later, before the next request begins: what was done is done.
        """
        try:
            with self.store.writing(durable=answer is not None) as tx:
                _settle(tx, claim, answer)
        except StoreUnavailable:
            self._unsettled.append((claim, answer))

    def _settle_waiting(self) -> None:
        waiting = list(self._unsettled)
        if waiting:
            with self.store.writing() as tx:
                for claim, answer in waiting:
                    _settle(tx, claim, answer)
            for settled in waiting:
                with suppress(ValueError):  # another request settled it as well
                    self._unsettled.remove(settled)


def _settle(tx: Transaction, claim: Claim, answer: StoredResponse | None) -> None:
    if answer:
        tx.idempotency_keys.answer(claim.organisation, claim.idempotency_key, claim.id, answer)
    else:
        tx.idempotency_keys.release(claim.organisation, claim.idempotency_key, claim.id)
