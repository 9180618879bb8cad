"""Stored form of a finding: the queries of rows, and rows to domain objects and back."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, Select, select

from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period, parse_period
from app.domain.statements.statements import Finding
from app.store.access.contributors import contributor_name, contributor_of
from app.store.tables import findings, narratives, statements


def select_findings() -> Select[Any]:
    """Findings with the public id of their statement or narrative, withdrawn ones included."""
    return (
        select(
            findings,
            statements.c.id.label("statement_id"),
            narratives.c.id.label("narrative_id"),
            contributor_name(findings.c.contributor_key).label("contributor_name"),
        )
        .outerjoin(statements, statements.c.key == findings.c.statement_key)
        .outerjoin(narratives, narratives.c.key == findings.c.narrative_key)
    )


def current_findings() -> Select[Any]:
    """Query of findings that are not withdrawn."""
    return select_findings().where(findings.c.removed_at.is_(None))


def finding_row(
    finding: Finding,
    by: Actor | None = None,
    *,
    at: datetime | None = None,
    statement: int | None = None,
    narrative: int | None = None,
) -> dict[str, Any]:
    """Values of a new row of `findings`, about a statement or a narrative."""
    return {
        "id": str(uuid4()),
        "statement_key": statement,
        "narrative_key": narrative,
        "verdict": finding.verdict,
        "publisher": finding.publisher,
        "url": finding.url,
        "published_at": finding.published_at.text if finding.published_at else None,
        "summary": finding.summary,
        "learned_at": finding.learned_at,
        "outcome": finding.outcome,
        "outcome_url": finding.outcome_url,
        "contributor_key": finding.contributor.key if finding.contributor else None,
        "added_by_id": by.id if by else None,
        "added_by_name": by.name if by else None,
        "added_at": at or datetime.now(UTC),
    }


def finding_of(row: Row[Any]) -> Finding:
    """A finding of a row of `select_findings`."""
    return Finding(
        verdict=row.verdict,
        publisher=row.publisher,
        url=row.url,
        published_at=_period_of(row.published_at),
        summary=row.summary,
        id=row.id,
        learned_at=row.learned_at,
        statement=row.statement_id,
        narrative=row.narrative_id,
        outcome=row.outcome,
        outcome_url=row.outcome_url,
        contributor=contributor_of(row),
    )


def _period_of(text: str | None) -> Period | None:
    """A stored date; it was valid when it was stored."""
    return parse_period(text) if text else None
