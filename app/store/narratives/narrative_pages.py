"""Narratives as a list shows them, each with what was said under it or under those below it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.core.dates import Period
from app.domain.narratives.summaries import NarrativeSummary
from app.domain.statements.statements import NarrativeRef
from app.services.narratives.ports import NarrativeFilter
from app.store import case_folding
from app.store.access import ownership
from app.store.tables import narratives, statement_narratives, statements


def page(
    connection: Connection, wanted: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None
) -> list[NarrativeSummary]:
    """Those that the filter lets through, in its order."""
    parents = narratives.alias()
    told = _told(viewer)
    columns = (
        narratives,
        parents.c.id.label("parent_id"),
        parents.c.title.label("parent_title"),
        func.coalesce(told.c.count, 0).label("told"),
        told.c.first,
        told.c.last,
    )
    listed = (
        select(*columns)
        .outerjoin(parents, parents.c.key == narratives.c.parent_key)
        .outerjoin(told, told.c.narrative == narratives.c.key)
        .where(ownership.visible(narratives.c.organisation_key, viewer), *_conditions(wanted))
        .order_by(*_order(wanted, told))
        .offset(skipped)
        .limit(limit)
    )
    rows = connection.execute(listed).all()
    dates = _dates(connection, {moment for row in rows for moment in (row.first, row.last) if moment is not None})
    return [
        NarrativeSummary(
            key=row.key,
            id=row.id,
            title=row.title,
            description=row.description,
            parent=NarrativeRef(row.parent_id, row.parent_title, row.parent_key) if row.parent_key else None,
            private=row.organisation_key is not None,
            statement_count=row.told,
            first_said_at=dates.get(row.first),
            last_said_at=dates.get(row.last),
        )
        for row in rows
    ]


def _told(viewer: Organisation | None) -> Any:
    """Of each narrative the number of statements under it or below it, and the moments of the first and the last."""
    above = select(narratives.c.key.label("narrative"), narratives.c.key.label("member")).cte(recursive=True)
    parents = narratives.alias()
    above = above.union(
        select(parents.c.parent_key, above.c.member)
        .join(above, above.c.narrative == parents.c.key)
        .where(parents.c.parent_key.is_not(None))
    )
    return (
        select(
            above.c.narrative,
            func.count(statements.c.key.distinct()).label("count"),
            func.min(statements.c.said_begins).label("first"),
            func.max(statements.c.said_begins).label("last"),
        )
        .join(statement_narratives, statement_narratives.c.narrative_key == above.c.member)
        .join(statements, statements.c.key == statement_narratives.c.statement_key)
        .where(*_alive(viewer))
        .group_by(above.c.narrative)
        .subquery()
    )


def _alive(viewer: Organisation | None) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    owner = ownership.passed_over(statements.c.organisation_key)
    return statements.c.withdrawn_at.is_(None), ownership.visible(owner, viewer)


def _conditions(wanted: NarrativeFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    both = narratives.c.title + "\n" + func.coalesce(narratives.c.description, "")
    found += [case_folding.contains(both, word) for word in wanted.words]
    if wanted.top:
        found.append(narratives.c.parent_key.is_(None))
    if wanted.parents is not None:
        found.append(narratives.c.parent_key.in_(wanted.parents))
    return found


def _order(wanted: NarrativeFilter, told: Any) -> Sequence[ColumnElement[Any]]:
    by_title = (func.fold(narratives.c.title), narratives.c.key)
    match wanted.sort:
        case "title":
            return by_title
        case "count":
            return (func.coalesce(told.c.count, 0).desc(), *by_title)
        case "last":
            return (told.c.last.desc().nulls_last(), *by_title)


def _dates(connection: Connection, moments: set[int]) -> dict[int | None, Period]:
    """A date that begins at each of these moments, the most precise of those that were given."""
    columns = (statements.c.said_at, statements.c.said_begins, statements.c.said_ends)
    begun = select(*columns).distinct().where(statements.c.said_begins.in_(sorted(moments)))
    rows = connection.execute(begun.order_by(statements.c.said_ends.desc()))
    return {row.said_begins: Period.stored(*row) for row in rows}
