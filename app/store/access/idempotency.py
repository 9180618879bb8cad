"""Idempotency keys: rows to domain objects and back."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from app.domain.access.keys import Organisation
from app.services.access.ports import StoredRequest, StoredResponse
from app.store.tables import answered_requests

_C = answered_requests.c
_THIS = (_C.organisation_key == bindparam("own"), _C.idempotency_key == bindparam("this"))
_BY_KEY = select(answered_requests).where(*_THIS)
_TAKE_OVER = update(answered_requests).where(*_THIS)
_MINE = (*_THIS, _C.claim == bindparam("mine"))
_CHANGED = 0
"""Status of a request of which something was committed, and whose answer is not kept yet."""
_ANSWER = update(answered_requests).where(*_MINE)
_CHANGES = update(answered_requests).where(*_MINE, _C.status.is_(None)).values(status=_CHANGED)
_RELEASE = delete(answered_requests).where(*_MINE, _C.status.is_(None))


class IdempotencyKeyRows:
    """SQL implementation of `app.services.access.ports.IdempotencyKeys`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def get(self, organisation: Organisation, idempotency_key: str) -> StoredRequest | None:
        row = self._connection.execute(_BY_KEY, {"own": organisation.key, "this": idempotency_key}).first()
        if row is None:
            return None
        answer = StoredResponse(row.status, row.media_type, row.body, row.language) if row.status else None
        return StoredRequest(row.request_hash, row.claimed_until, row.expires_at, answer, row.status == _CHANGED)

    def claim(
        self,
        organisation: Organisation,
        idempotency_key: str,
        request_hash: str,
        claim: str,
        claimed_until: datetime,
        expires_at: datetime,
    ) -> None:
        values = {
            "request_hash": request_hash,
            "claim": claim,
            "claimed_until": claimed_until,
            "expires_at": expires_at,
            "status": None,
            "media_type": None,
            "body": None,
            "language": None,
        }
        this = {"own": organisation.key, "this": idempotency_key}
        if self._connection.execute(_TAKE_OVER.values(values), this).rowcount == 0:
            names = {"organisation_key": organisation.key, "idempotency_key": idempotency_key}
            self._connection.execute(insert(answered_requests), {**names, **values})

    def answer(self, organisation: Organisation, idempotency_key: str, claim: str, answer: StoredResponse) -> None:
        values = {
            "status": answer.status,
            "media_type": answer.media_type,
            "body": answer.body,
            "language": answer.language,
        }
        self._connection.execute(_ANSWER.values(values), _mine(organisation, idempotency_key, claim))

    def changes_something(self, organisation: Organisation, idempotency_key: str, claim: str) -> None:
        self._connection.execute(_CHANGES, _mine(organisation, idempotency_key, claim))

    def release(self, organisation: Organisation, idempotency_key: str, claim: str) -> None:
        self._connection.execute(_RELEASE, _mine(organisation, idempotency_key, claim))

    def forget_expired(self, now: datetime) -> None:
        self._connection.execute(delete(answered_requests).where(_C.expires_at <= now))


def _mine(organisation: Organisation, idempotency_key: str, claim: str) -> dict[str, object]:
    return {"own": organisation.key, "this": idempotency_key, "mine": claim}
