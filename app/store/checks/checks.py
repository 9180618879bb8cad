"""Stored checks: the answer as it was given, and a row a match."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.store.checks import stored_answers
from app.store.checks.stored_check import check_as_json
from app.store.desk.flags import FlagRows
from app.store.tables import checks, matches

_ADD = checks.insert().returning(checks.c.key)
_ADD_MATCHES = matches.insert()


class CheckRows:
    """`app.services.checks.ports.Checks`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, organisation: Organisation, check: Check) -> None:
        values = {
            "id": check.id,
            "organisation_key": organisation.key,
            "created_at": check.created_at,
            "flagged": check.flagged,
            "answer": check_as_json(check),
        }
        check_key = int(self._connection.execute(_ADD, values).scalar_one())
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
        if check.flagged:
            FlagRows(self._connection).add(organisation, check_key, check)

    def by_id(self, organisation: Organisation, check_id: str) -> Check | None:
        own = (checks.c.organisation_key == organisation.key, checks.c.id == check_id)
        rows = self._connection.execute(select(checks.c.key, checks.c.answer).where(*own)).all()
        return next(iter(self._read(rows)), None)

    def by_ids(self, organisation: Organisation, ids: Sequence[str]) -> list[Check]:
        own = (checks.c.organisation_key == organisation.key, checks.c.id.in_(ids))
        return self._read(self._connection.execute(select(checks.c.key, checks.c.answer).where(*own)).all())

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
        return [(row.key, check) for row, check in zip(rows, self._read(rows), strict=True)]

    def _read(self, rows: Sequence[Any]) -> list[Check]:
        """Checks of stored rows, with later withdrawals and reviews marked."""
        return [check for check, _ in stored_answers.read(self._connection, [(row.key, row.answer) for row in rows])]
