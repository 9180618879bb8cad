"""Stored checks: the answer as it was given, and a row a match."""

from collections.abc import Sequence

from pydantic import TypeAdapter
from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access import Organisation
from app.domain.matches import Check
from app.services.ports import RecordedCheck
from app.store.statements import StatementRows
from app.store.tables import checks, matches, statements

_ANSWER = TypeAdapter(Check)


class CheckRows:
    """`app.services.ports.Checks`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(
        self, organisation: Organisation, check: Check, idempotency_key: str | None, request_hash: str | None
    ) -> bool:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        values = {
            "id": check.id,
            "organisation_key": organisation.key,
            "created_at": check.created_at,
            "flagged": check.flagged,
            "idempotency_key": idempotency_key,
            "request_hash": request_hash,
            "answer": _ANSWER.dump_json(check).decode(),
        }
        unless_known = ("organisation_key", "idempotency_key")
        added = dialect.insert(checks).on_conflict_do_nothing(index_elements=unless_known).returning(checks.c.key)
        check_key = self._connection.scalar(added, values)
        if check_key is None:
            return False
        if check.matches:
            wanted = statements.c.id.in_([match.precedent.id for match in check.matches])
            rows = self._connection.execute(select(statements.c.id, statements.c.key).where(wanted))
            keys = {row.id: row.key for row in rows}
            self._connection.execute(
                matches.insert(),
                [
                    {
                        "id": match.id,
                        "check_key": check_key,
                        "statement_key": keys[match.precedent.id],
                        "rank": rank,
                        "tier": match.tier,
                        "score": match.score,
                    }
                    for rank, match in enumerate(check.matches, start=1)
                ],
            )
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
