"""Stored checks: the answer as it was given, and a row a match."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access import Organisation
from app.domain.matches import Check
from app.services.ports import RecordedCheck
from app.store.statements import StatementRows
from app.store.tables import checks, matches

_ANSWER = TypeAdapter(Check)
_ADD = {
    name: dialect.insert(checks)
    .on_conflict_do_nothing(index_elements=["organisation_key", "idempotency_key"])
    .returning(checks.c.key)
    for name, dialect in (("postgresql", postgresql), ("sqlite", sqlite))
}
_ADD_MATCHES = matches.insert()


class CheckRows:
    """`app.services.ports.Checks`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(
        self, organisation: Organisation, check: Check, idempotency_key: str | None, request_hash: str | None
    ) -> bool:
        values = {
            "id": check.id,
            "organisation_key": organisation.key,
            "created_at": check.created_at,
            "flagged": check.flagged,
            "idempotency_key": idempotency_key,
            "request_hash": request_hash,
            "answer": _ANSWER.dump_json(check).decode(),
        }
        check_key = self._connection.scalar(_ADD[self._connection.dialect.name], values)
        if check_key is None:
            return False
        rows = [
            {
                "id": match.id,
                "check_key": check_key,
                "statement_key": match.precedent.key,
                "rank": rank,
                "tier": match.tier,
                "score": match.score,
            }
            for rank, match in enumerate(check.matches, start=1)
        ]
        if rows:
            self._connection.execute(_ADD_MATCHES, rows)
        return True

    def by_id(self, organisation: Organisation, check_id: str) -> Check | None:
        own = (checks.c.organisation_key == organisation.key, checks.c.id == check_id)
        answer = self._connection.scalar(select(checks.c.answer).where(*own))
        return self._marked([_ANSWER.validate_json(answer)])[0] if answer else None

    def by_idempotency_keys(self, organisation: Organisation, keys: Sequence[str]) -> dict[str, RecordedCheck]:
        own = (checks.c.organisation_key == organisation.key, checks.c.idempotency_key.in_(keys))
        columns = (checks.c.idempotency_key, checks.c.answer, checks.c.request_hash)
        rows = self._connection.execute(select(*columns).where(*own)).all()
        marked = self._marked([_ANSWER.validate_json(row.answer) for row in rows])
        return {
            row.idempotency_key: RecordedCheck(check, row.request_hash) for row, check in zip(rows, marked, strict=True)
        }

    def find(
        self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int
    ) -> list[tuple[int, Check]]:
        conditions = [checks.c.organisation_key == organisation.key]
        if flagged is not None:
            conditions.append(checks.c.flagged == flagged)
        if before is not None:
            conditions.append(checks.c.key < before)
        listed = select(checks.c.key, checks.c.answer).where(*conditions).order_by(checks.c.key.desc()).limit(limit)
        rows = self._connection.execute(listed).all()
        marked = self._marked([_ANSWER.validate_json(row.answer) for row in rows])
        return [(row.key, check) for row, check in zip(rows, marked, strict=True)]

    def _marked(self, some: Sequence[Check]) -> list[Check]:
        """Those checks with what was withdrawn since marked as such."""
        shown = {match.precedent.id for check in some for match in check.matches}
        withdrawn = StatementRows(self._connection).withdrawn(shown) if shown else frozenset()
        return [check.with_withdrawn(withdrawn) for check in some]
