"""Records of imports: rows to domain objects and back, and the statements of an import that nobody else refers to."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final, get_args

from sqlalchemy import Connection, Row, Select, and_, case, exists, func, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.statements.imports import Import, Kept, WhyKept
from app.store.desk.flag_tables import reviews
from app.store.statements.import_tables import import_findings, import_statements, imports
from app.store.statements.statements import StatementRows
from app.store.tables import findings, matches, organisations, sightings, statement_revisions, statements

_AT_ONCE: Final = 500
_SHOWN: Final = 20
"""Ids of kept statements that are named for each reason."""


class ImportRows:
    """SQL implementation of `app.services.statements.ports.Imports`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, new: Import) -> int:
        values = {
            "id": new.id,
            "name": new.name,
            "created_at": new.created_at,
            "organisation_key": new.organisation.key if new.organisation else None,
            "counts": dict(new.counts),
        }
        return int(self._connection.execute(insert(imports).returning(imports.c.key), values).scalar_one())

    def finish(self, import_id: str, at: datetime, counts: Mapping[str, int]) -> None:
        finished = update(imports).where(imports.c.id == import_id)
        self._connection.execute(finished.values(finished_at=at, counts=dict(counts)))

    def by_id(self, import_id: str, organisation: Organisation | None = None) -> Import | None:
        own = [] if organisation is None else [imports.c.organisation_key == organisation.key]
        row = self._connection.execute(_imports().where(imports.c.id == import_id, *own)).first()
        return _import_of(row) if row else None

    def find(self, before: int | None, limit: int, organisation: Organisation | None = None) -> list[Import]:
        wanted = _imports().order_by(imports.c.key.desc()).limit(limit)
        if organisation is not None:
            wanted = wanted.where(imports.c.organisation_key == organisation.key)
        rows = self._connection.execute(wanted if before is None else wanted.where(imports.c.key < before))
        return [_import_of(row) for row in rows]

    def last_finding(self) -> int:
        return int(self._connection.scalar(select(func.max(findings.c.key))) or 0)

    def add_statements(self, import_key: int, added: Sequence[int], known: Sequence[int], after_finding: int) -> None:
        here = import_statements.c.import_key == import_key
        for start in range(0, len(known), _AT_ONCE):
            some = known[start : start + _AT_ONCE]
            again = select(import_statements.c.statement_key).where(here, import_statements.c.statement_key.in_(some))
            there = set(self._connection.scalars(again))
            self._add(import_key, [key for key in some if key not in there], added=False)
        for start in range(0, len(added), _AT_ONCE):
            some = added[start : start + _AT_ONCE]
            self._connection.execute(
                import_statements.delete().where(import_statements.c.statement_key.in_(some))
            )  # of imports that were undone
            self._add(import_key, some, added=True)
        touched = sorted({*added, *known})
        for start in range(0, len(touched), _AT_ONCE):
            new = select(findings.c.key).where(
                findings.c.key > after_finding, findings.c.statement_key.in_(touched[start : start + _AT_ONCE])
            )
            rows = [{"import_key": import_key, "finding_key": key} for key in self._connection.scalars(new)]
            if rows:
                self._connection.execute(insert(import_findings), rows)

    def undone(self, keys: Sequence[int]) -> frozenset[int]:
        found: set[int] = set()
        for start in range(0, len(keys), _AT_ONCE):
            wanted = (
                select(import_statements.c.statement_key)
                .join(imports, imports.c.key == import_statements.c.import_key)
                .join(statements, statements.c.key == import_statements.c.statement_key)
                .where(
                    import_statements.c.statement_key.in_(keys[start : start + _AT_ONCE]),
                    import_statements.c.added,
                    statements.c.withdrawn_at == imports.c.undone_at,
                )
            )
            found |= set(self._connection.scalars(wanted))
        return frozenset(found)

    def begin_undo(self, which: Import, at: datetime) -> None:
        self._connection.execute(update(imports).where(imports.c.key == which.key).values(undone_at=at))

    def withdraw_statements(self, which: Import, at: datetime, limit: int) -> list[str]:
        alone = ~or_(*_reasons(which).values())
        wanted = _added(which).where(alone).order_by(statements.c.key).limit(limit)
        rows = self._connection.execute(wanted).all()
        if rows:
            keys = [row.key for row in rows]
            change = {"at": at, "what": "withdrawn", "before": {"withdrawn_at": None}, "searched": True}
            revisions = [{"statement_key": key, **change, "reason": "its import was undone"} for key in keys]
            self._connection.execute(insert(statement_revisions), revisions)
            values = {"withdrawn_at": at, "updated_at": at, "sequence": StatementRows(self._connection).next_sequence()}
            self._connection.execute(update(statements).where(statements.c.key.in_(keys)).values(**values))
        return [row.id for row in rows]

    def remove_findings(self, which: Import, at: datetime, limit: int) -> int:
        wanted = (
            select(findings.c.key, findings.c.statement_key)
            .join(import_findings, import_findings.c.finding_key == findings.c.key)
            .join(statements, statements.c.key == findings.c.statement_key)
            .where(import_findings.c.import_key == which.key, findings.c.removed_at.is_(None))
            .where(statements.c.withdrawn_at.is_(None), ~_also_imported(which))
            .order_by(findings.c.key)
            .limit(limit)
        )
        rows = self._connection.execute(wanted).all()
        if rows:
            removed = update(findings).where(findings.c.key.in_([row.key for row in rows]))
            self._connection.execute(removed.values(removed_at=at))
            touched = sorted({row.statement_key for row in rows})
            sequence = StatementRows(self._connection).next_sequence()
            self._connection.execute(update(statements).where(statements.c.key.in_(touched)).values(sequence=sequence))
        return len(rows)

    def count_unreferenced(self, which: Import) -> int:
        alone = _added(which).where(~or_(*_reasons(which).values())).with_only_columns(func.count())
        return int(self._connection.scalar(alone) or 0)

    def kept(self, which: Import) -> list[Kept]:
        reasons = _reasons(which)
        why = case(*((condition, name) for name, condition in reasons.items()))
        counted = _added(which).where(or_(*reasons.values())).with_only_columns(why.label("why"), func.count())
        found: list[Kept] = []
        for name, count in self._connection.execute(counted.group_by(why)):
            first = _added(which).where(why == name).order_by(statements.c.key).limit(_SHOWN)
            ids = tuple(row.id for row in self._connection.execute(first))
            found.append(Kept(name, count, ids))
        order = get_args(WhyKept)
        return sorted(found, key=lambda kept: order.index(kept.why))

    def updated(self, which: Import) -> int:
        of_it = (import_statements.c.import_key == which.key, ~import_statements.c.added)
        return int(self._connection.scalar(select(func.count()).select_from(import_statements).where(*of_it)) or 0)

    def _add(self, import_key: int, keys: Sequence[int], *, added: bool) -> None:
        rows = [{"import_key": import_key, "statement_key": key, "added": added} for key in keys]
        if rows:
            self._connection.execute(insert(import_statements), rows)


def _imports() -> Select[Any]:
    names = (organisations.c.id.label("organisation_id"), organisations.c.name.label("organisation_name"))
    return select(imports, *names).outerjoin(organisations, organisations.c.key == imports.c.organisation_key)


def _added(which: Import) -> Select[Any]:
    """Statements that the import added and that are not withdrawn."""
    return (
        select(statements.c.key, statements.c.id)
        .join(import_statements, import_statements.c.statement_key == statements.c.key)
        .where(import_statements.c.import_key == which.key, import_statements.c.added)
        .where(statements.c.withdrawn_at.is_(None))
    )


def _also_imported(which: Import) -> ColumnElement[bool]:
    other, by = import_statements.alias(), imports.alias()
    joined = exists().where(
        other.c.statement_key == statements.c.key,
        other.c.import_key != which.key,
        by.c.key == other.c.import_key,
        by.c.undone_at.is_(None),
    )
    return joined.correlate(statements)


def _reasons(which: Import) -> dict[WhyKept, ColumnElement[bool]]:
    """Conditions under which others refer to a statement, the first that holds is the one that is told."""
    own = import_findings.alias()
    changes = statement_revisions.c
    by_others: ColumnElement[bool] = changes.by_id.is_not(None)
    if which.organisation:
        by_others = and_(by_others, changes.by_id != which.organisation.id)
    return {
        "also_imported": _also_imported(which),
        "submitted": exists().where(sightings.c.statement_key == statements.c.key).correlate(statements),
        "edited": exists().where(changes.statement_key == statements.c.key, by_others).correlate(statements),
        "findings": exists()
        .where(
            findings.c.statement_key == statements.c.key,
            findings.c.removed_at.is_(None),
            ~exists().where(own.c.finding_key == findings.c.key, own.c.import_key == which.key).correlate(findings),
        )
        .correlate(statements),
        "reviewed": exists()
        .where(matches.c.statement_key == statements.c.key, reviews.c.match_key == matches.c.key, reviews.c.stands)
        .correlate(statements),
    }


def _import_of(row: Row[Any]) -> Import:
    organisation = None
    if row.organisation_key is not None:
        organisation = Organisation(row.organisation_key, row.organisation_id, row.organisation_name)
    return Import(
        key=row.key,
        id=row.id,
        name=row.name,
        created_at=row.created_at,
        organisation=organisation,
        finished_at=row.finished_at,
        counts=row.counts,
        undone_at=row.undone_at,
    )
