"""Lists of narratives with statement counts, descendants included."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Connection, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.core.dates import Period
from app.domain.narratives.summaries import NarrativeSummary
from app.domain.statements.statements import NarrativeRef
from app.services.narratives.ports import NarrativeFilter
from app.store import case_folding
from app.store.access import ownership
from app.store.narratives.narrative_tables import merged_narratives
from app.store.tables import narratives, statement_narratives, statements


def page(
    connection: Connection, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None
) -> list[NarrativeSummary]:
    """Page of the narratives that pass the filter, in its order."""
    parents = narratives.alias()
    counts = _statement_counts(viewer)
    columns = (
        narratives,
        parents.c.id.label("parent_id"),
        parents.c.title.label("parent_title"),
        func.coalesce(counts.c.count, 0).label("statement_count"),
        counts.c.first,
        counts.c.last,
    )
    listed = (
        select(*columns)
        .outerjoin(parents, parents.c.key == narratives.c.parent_key)
        .outerjoin(counts, counts.c.narrative == narratives.c.key)
        .where(ownership.visible(narratives.c.organisation_key, viewer), not_merged(), *conditions(filters))
        .order_by(*_order(filters, counts))
        .offset(skipped)
        .limit(limit)
    )
    rows = connection.execute(listed).all()
    found = dates(connection, {moment for row in rows for moment in (row.first, row.last) if moment is not None})
    return [
        NarrativeSummary(
            key=row.key,
            id=row.id,
            title=row.title,
            description=row.description,
            parent=NarrativeRef(row.parent_id, row.parent_title, row.parent_key) if row.parent_key else None,
            private=row.organisation_key is not None,
            statement_count=row.statement_count,
            first_said_at=found.get(row.first),
            last_said_at=found.get(row.last),
        )
        for row in rows
    ]


def members_of_ancestors() -> CTE:
    """Pairs of a `narrative` and a `member`: itself, and each of its descendants, by key."""
    above = select(narratives.c.key.label("narrative"), narratives.c.key.label("member")).cte(recursive=True)
    parents = narratives.alias()
    return above.union(
        select(parents.c.parent_key, above.c.member)
        .join(above, above.c.narrative == parents.c.key)
        .where(parents.c.parent_key.is_not(None))
    )


def _statement_counts(viewer: Organisation | None) -> Any:
    """Subquery of each narrative's number of statements, including those of its descendants, and of their first and
    last dates."""
    above = members_of_ancestors()
    dated = case((statements.c.said_at.is_not(None), statements.c.said_begins))
    return (
        select(
            above.c.narrative,
            func.count(statements.c.key.distinct()).label("count"),
            func.min(dated).label("first"),
            func.max(dated).label("last"),
        )
        .join(statement_narratives, statement_narratives.c.narrative_key == above.c.member)
        .join(statements, statements.c.key == statement_narratives.c.statement_key)
        .where(*visible_statements(viewer))
        .group_by(above.c.narrative)
        .subquery()
    )


def not_merged() -> ColumnElement[bool]:
    """SQL condition: a narrative of its own, which was not merged into another."""
    return narratives.c.key.not_in(select(merged_narratives.c.narrative_key))


def visible_statements(viewer: Organisation | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """SQL conditions: statements that are not withdrawn and that `viewer` may see."""
    owner = ownership.without_index(statements.c.organisation_key)
    return statements.c.withdrawn_at.is_(None), ownership.visible(owner, viewer)


def conditions(filters: NarrativeFilter) -> list[ColumnElement[bool]]:
    """SQL conditions of the words and places of a filter."""
    found: list[ColumnElement[bool]] = []
    both = narratives.c.title + "\n" + func.coalesce(narratives.c.description, "")
    found += [case_folding.contains(both, word) for word in filters.words]
    if filters.top:
        found.append(narratives.c.parent_key.is_(None))
    if filters.keys is not None:
        found.append(narratives.c.key.in_(filters.keys))
    if filters.parents is not None:
        found.append(narratives.c.parent_key.in_(filters.parents))
    return found


def _order(filters: NarrativeFilter, counts: Any) -> Sequence[ColumnElement[Any]]:
    by_title = (func.fold(narratives.c.title), narratives.c.key)
    match filters.sort:
        case "title":
            return by_title
        case "count":
            return (func.coalesce(counts.c.count, 0).desc(), *by_title)
        case "last" | "recent":
            return (counts.c.last.desc().nulls_last(), *by_title)


def dates(connection: Connection, moments: set[int]) -> dict[int | None, Period]:
    """Period that begins at each of these moments, the most precise one."""
    columns = (statements.c.said_at, statements.c.said_begins, statements.c.said_ends)
    periods = (
        select(*columns)
        .distinct()
        .where(statements.c.said_begins.in_(sorted(moments)), statements.c.said_at.is_not(None))
    )
    rows = connection.execute(periods.order_by(statements.c.said_ends.desc()))
    return {row.said_begins: Period.stored(*row) for row in rows}
