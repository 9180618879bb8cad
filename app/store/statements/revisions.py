"""Revisions of statements, and the encodings of what they said before: rows to domain objects and back."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, func, insert, literal, select, union, update
from sqlalchemy.sql.elements import ColumnElement

from app.domain.checks.reviews import Actor
from app.domain.statements.revisions import REWORDED, SEARCHED, StoredRevision, changed_fields, kind_of
from app.domain.statements.statements import Statement
from app.services.statements.ports import FormerEncoding
from app.store.tables import (
    former_links,
    former_readings,
    statement_narratives,
    statement_revisions,
    statements,
    vectors,
)

T = TypeVar("T")
_AT_ONCE = 500


class RevisionRows:
    """`app.services.statements.ports.Revisions`, and what `StatementRows` keeps of its changes."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add_created(self, keys: Sequence[int], new: Sequence[Statement], by: Actor) -> None:
        """Records the author of new statements."""
        rows = [
            self._row(key, statement.created_at, "created", by, {}) for key, statement in zip(keys, new, strict=True)
        ]
        if rows:
            self._connection.execute(insert(statement_revisions), rows)

    def add(self, before: Statement, after: Statement, by: Actor | None) -> None:
        """Stores the state before a change: values, the encoding of a former text, links to narratives."""
        former_values = changed_fields(before, after)
        if not former_values:
            return
        row = self._row(before.key, after.updated_at, kind_of(before, after), by, former_values)
        added = insert(statement_revisions).returning(statement_revisions.c.key)
        key = self._connection.execute(added, row).scalar_one()
        if REWORDED & former_values.keys():
            columns = (vectors.c.fingerprint, vectors.c.vector, vectors.c.terms)
            former_encoding = select(literal(key, statement_revisions.c.key.type), *columns)
            former_encoding = former_encoding.where(vectors.c.statement_key == before.key)
            self._connection.execute(
                insert(former_readings).from_select(["revision_key", "fingerprint", "vector", "terms"], former_encoding)
            )

    def add_former_links(self, statement: int, ended: Sequence[int], at: datetime) -> None:
        """Copies links that are about to be deleted."""
        links = statement_narratives.c
        links_before = select(
            links.statement_key, links.narrative_key, links.learned_at, literal(at, links.learned_at.type)
        )
        links_before = links_before.where(links.statement_key == statement, links.narrative_key.in_(ended))
        names = ["statement_key", "narrative_key", "learned_at", "ended_at"]
        self._connection.execute(insert(former_links).from_select(names, links_before))

    def of(self, statement: int) -> list[StoredRevision]:
        rows = self._connection.execute(
            select(statement_revisions)
            .where(statement_revisions.c.statement_key == statement)
            .order_by(statement_revisions.c.key.desc())
        )
        return [
            StoredRevision(
                row.at, row.what, Actor(row.by_id, row.by_name) if row.by_id else None, row.before, row.reason
            )
            for row in rows
        ]

    def explain(self, statement: int, reason: str) -> None:
        last = select(func.max(statement_revisions.c.key)).where(statement_revisions.c.statement_key == statement)
        explained = update(statement_revisions).where(statement_revisions.c.key == last.scalar_subquery())
        self._connection.execute(explained.values(reason=reason))

    def before(self, keys: Sequence[int], moment: datetime) -> dict[int, dict[str, Any]]:
        """Values at that moment of statements changed since, by key."""
        columns = (statement_revisions.c.statement_key, statement_revisions.c.before)
        values: dict[int, dict[str, Any]] = {}
        for batch in _slices(keys):
            rows = self._connection.execute(
                select(*columns)
                .where(statement_revisions.c.statement_key.in_(batch), statement_revisions.c.at > moment)
                .order_by(statement_revisions.c.key.desc())
            )
            for key, before in rows:
                values.setdefault(key, {}).update(before)
        return values

    def changed_for_search_since(self, moment: datetime) -> frozenset[int]:
        revised = select(statement_revisions.c.statement_key).where(
            statement_revisions.c.searched, statement_revisions.c.at > moment
        )
        withdrawn = select(statements.c.key).where(statements.c.withdrawn_at > moment)
        return frozenset(self._connection.scalars(union(revised, withdrawn)))

    def encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        found: dict[int, FormerEncoding] = {}
        for batch in _slices(keys):
            now = select(vectors.c.statement_key, vectors.c.vector, vectors.c.terms).where(
                vectors.c.statement_key.in_(batch), vectors.c.fingerprint == fingerprint
            )
            found |= {key: FormerEncoding(vector, terms) for key, vector, terms in self._connection.execute(now)}
        return found | self.former_encodings(keys, fingerprint, moment)

    def former_encodings(self, keys: Sequence[int], fingerprint: str, moment: datetime) -> dict[int, FormerEncoding]:
        found: dict[int, FormerEncoding] = {}
        for batch in _slices(keys):
            then = (
                select(statement_revisions.c.statement_key, former_readings.c.vector, former_readings.c.terms)
                .join(former_readings, former_readings.c.revision_key == statement_revisions.c.key)
                .where(*_since(batch, moment), former_readings.c.fingerprint == fingerprint)
                .order_by(statement_revisions.c.key.desc())  # the first one after that moment comes last, and stays
            )
            found |= {key: FormerEncoding(vector, terms) for key, vector, terms in self._connection.execute(then)}
        return found

    @staticmethod
    def _row(key: int, at: datetime, what: str, by: Actor | None, before: dict[str, Any]) -> dict[str, Any]:
        return {
            "statement_key": key,
            "at": at,
            "what": what,
            "by_id": by.id if by else None,
            "by_name": by.name if by else None,
            "before": before,
            "searched": bool(SEARCHED & before.keys()),
        }


def _since(keys: Sequence[int], moment: datetime) -> tuple[ColumnElement[bool], ...]:
    return statement_revisions.c.statement_key.in_(keys), statement_revisions.c.at > moment


def _slices(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
