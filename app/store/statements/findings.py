"""Findings: rows to domain objects and back."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, insert, update

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.statements.statements import Finding
from app.store.access import ownership
from app.store.statements.statements import StatementRows
from app.store.statements.stored_finding import current_findings, finding_of, finding_row
from app.store.tables import findings, narratives, statements


class FindingRows:
    """SQL implementation of `app.services.statements.ports.Findings`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(
        self,
        finding: Finding,
        statement: int | None,
        narrative: int | None,
        by: Actor | None = None,
        at: datetime | None = None,
    ) -> tuple[str, bool]:
        about = findings.c.statement_key == statement if statement else findings.c.narrative_key == narrative
        for row in self._connection.execute(current_findings().where(about)):
            known = finding_of(row)
            if known.id and finding.repeats(known):
                return known.id, False
        values = finding_row(finding, by, at=at, statement=statement, narrative=narrative)
        self._connection.execute(insert(findings), values)
        StatementRows(self._connection).touch(statement=statement, narrative=narrative)
        return values["id"], True

    def by_id(self, finding_id: str, viewer: Organisation | None = None) -> Finding | None:
        row = self._connection.execute(_visible(viewer).where(findings.c.id == finding_id)).first()
        return finding_of(row) if row else None

    def find(
        self,
        statement: str | None,
        narrative: str | None,
        before: int | None,
        limit: int,
        viewer: Organisation | None = None,
    ) -> list[tuple[int, Finding]]:
        query = _visible(viewer).order_by(findings.c.key.desc()).limit(limit)
        if statement:
            query = query.where(statements.c.id == statement)
        if narrative:
            query = query.where(narratives.c.id == narrative)
        if before is not None:
            query = query.where(findings.c.key < before)
        return [(row.key, finding_of(row)) for row in self._connection.execute(query)]

    def remove(self, finding_id: str, at: datetime, viewer: Organisation | None = None) -> bool:
        if self.by_id(finding_id, viewer) is None:
            return False
        about = (findings.c.statement_key, findings.c.narrative_key)
        current = (findings.c.id == finding_id, findings.c.removed_at.is_(None))
        removal = update(findings).where(*current).values(removed_at=at).returning(*about)
        row = self._connection.execute(removal).first()
        if row is None:
            return False
        StatementRows(self._connection).touch(statement=row.statement_key, narrative=row.narrative_key)
        return True


def _visible(viewer: Organisation | None) -> Select[Any]:
    """Findings about what the viewer may see: each is about a statement or a narrative, never both."""
    about_visible = [ownership.visible(table.c.organisation_key, viewer) for table in (statements, narratives)]
    return current_findings().where(*about_visible)
