"""Narratives as a list shows them, each with what was said under it or under those below it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import CTE, Connection, Select, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access import Organisation
from app.domain.dates import Period
from app.domain.narrative_lines import Appearance, NarrativeLine
from app.domain.statements import NarrativeRef
from app.services.ports import NarrativeFilter
from app.store import folding, owners
from app.store.tables import narratives, speakers, statement_narratives, statements

_TEXT = 200
"""Characters of a statement that a plot tells of it."""


def below(narrative: int) -> CTE:
    """The keys of a narrative and of all that are below it."""
    found = select(literal(narrative, narratives.c.key.type).label("key")).cte(recursive=True)
    return found.union(select(narratives.c.key).join(found, narratives.c.parent_key == found.c.key))


def members(narrative: int) -> Select[Any]:
    """The keys of the statements under a narrative or under one below it."""
    return select(statement_narratives.c.statement_key).where(
        statement_narratives.c.narrative_key.in_(select(below(narrative).c.key))
    )


def page(
    connection: Connection, wanted: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None
) -> list[NarrativeLine]:
    """Those that the filter lets through, in its order."""
    parents = narratives.alias()
    told = _told(viewer)
    columns = (
        narratives,
        parents.c.id.label("parent_id"),
        parents.c.title.label("parent_title"),
        func.coalesce(told.c.count, 0).label("many"),
        told.c.first,
        told.c.last,
    )
    listed = (
        select(*columns)
        .outerjoin(parents, parents.c.key == narratives.c.parent_key)
        .outerjoin(told, told.c.narrative == narratives.c.key)
        .where(owners.visible(narratives.c.organisation_key, viewer), *_conditions(wanted))
        .order_by(*_order(wanted, told))
        .offset(skipped)
        .limit(limit)
    )
    rows = connection.execute(listed).all()
    dates = _dates(connection, {moment for row in rows for moment in (row.first, row.last) if moment is not None})
    return [
        NarrativeLine(
            key=row.key,
            id=row.id,
            title=row.title,
            description=row.description,
            parent=NarrativeRef(row.parent_id, row.parent_title, row.parent_key) if row.parent_key else None,
            private=row.organisation_key is not None,
            statement_count=row.many,
            first_said_at=dates.get(row.first),
            last_said_at=dates.get(row.last),
        )
        for row in rows
    ]


def appearances(
    connection: Connection, narrative: int, limit: int, viewer: Organisation | None
) -> tuple[int, list[Appearance]]:
    """How many dated statements there are under it or below it, and the last of them, in order of time."""
    dated = (*_alive(viewer), statements.c.said_begins.is_not(None), statements.c.key.in_(members(narrative)))
    listed = (
        select(statements.c.id, statements.c.said_at, statements.c.said_begins, statements.c.said_ends,
               statements.c.language, func.substr(statements.c.text, 1, _TEXT + 1).label("text"),
               speakers.c.name.label("speaker"), func.count().over().label("many"))
        .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
        .where(*dated)
        .order_by(statements.c.said_begins.desc(), statements.c.key.desc())
        .limit(limit)
    )  # fmt: skip
    rows = connection.execute(listed).all()
    return rows[0].many if rows else 0, [
        Appearance(
            id=row.id,
            said_at=Period.stored(row.said_at, row.said_begins, row.said_ends),
            text=row.text if len(row.text) <= _TEXT else f"{row.text[: _TEXT - 1]}…",
            language=row.language,
            speaker=row.speaker,
        )
        for row in reversed(rows)
    ]


def periods(connection: Connection, narrative: int, viewer: Organisation | None) -> list[Period]:
    """When all of them were said, in order of time."""
    columns = (statements.c.said_at, statements.c.said_begins, statements.c.said_ends)
    dated = (*_alive(viewer), statements.c.said_begins.is_not(None), statements.c.key.in_(members(narrative)))
    listed = select(*columns).where(*dated).order_by(statements.c.said_begins, statements.c.said_ends)
    return [Period.stored(*row) for row in connection.execute(listed)]


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
    return statements.c.withdrawn_at.is_(None), owners.visible(statements.c.organisation_key, viewer)


def _conditions(wanted: NarrativeFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    both = narratives.c.title + "\n" + func.coalesce(narratives.c.description, "")
    found += [folding.contains(both, word) for word in wanted.words]
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
