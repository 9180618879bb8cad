"""Activity of narratives of late, in bulk: one row a narrative, descendants included."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import CTE, Connection, FromClause, Select, and_, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.core.dates import day_of, instant, parse_period
from app.domain.narratives.activity import PRECISE, RECENT, Activity
from app.domain.narratives.summaries import NarrativeActivity, PeriodCount, RecentNarrative, TimelineRows
from app.domain.statements.statements import NarrativeRef
from app.services.narratives.ports import NarrativeFilter
from app.store.access import ownership
from app.store.access.account_tables import accounts
from app.store.narratives import narrative_pages
from app.store.narratives.narrative_tables import followed_narratives, narrative_tags
from app.store.speakers.same_speakers import WHOSE, with_aliases
from app.store.tables import narratives, sources, speakers, statement_narratives, statements

_SECOND: Final = 1_000_000
_MOMENT = statements.c.said_begins
_DATED = and_(
    statements.c.said_at.is_not(None),
    statements.c.said_ends - _MOMENT <= int(PRECISE.total_seconds()) * _SECOND,
)


def overview(
    connection: Connection,
    filters: NarrativeFilter,
    now: datetime,
    viewer: Organisation | None,
    account_id: str | None,
) -> list[NarrativeActivity]:
    """Every narrative that passes the filter, by title."""
    above = narrative_pages.members_of_ancestors()
    moment = instant(now).begins
    recent, before = _at(now - RECENT), _at(now - 2 * RECENT)
    is_recent = and_(_DATED, recent < _MOMENT, moment >= _MOMENT)
    chosen = () if filters.keys is None else (above.c.narrative.in_(filters.keys),)
    counts = (
        _of_ancestors(
            above,
            func.count(statements.c.key.distinct()).label("number"),
            _number(is_recent).label("recent"),
            _number(and_(_DATED, before < _MOMENT, recent >= _MOMENT)).label("before"),
            func.min(case((is_recent, _MOMENT))).label("first_recent"),
            func.max(case((and_(_DATED, recent >= _MOMENT), _MOMENT))).label("last_before"),
            func.max(case((and_(statements.c.said_at.is_not(None), moment >= _MOMENT), _MOMENT))).label("last"),
        )
        .where(*narrative_pages.visible_statements(viewer), *chosen)
        .subquery()
    )
    parents = narratives.alias()
    looked = _looked_at(account_id)
    rows = connection.execute(
        select(
            narratives.c.key,
            narratives.c.id,
            narratives.c.title,
            narratives.c.organisation_key,
            narratives.c.parent_key,
            parents.c.id.label("parent_id"),
            parents.c.title.label("parent_title"),
            looked.label("looked_at"),
            counts,
        )
        .outerjoin(parents, parents.c.key == narratives.c.parent_key)
        .outerjoin(counts, counts.c.narrative == narratives.c.key)
        .where(
            ownership.visible(narratives.c.organisation_key, viewer),
            narrative_pages.not_merged(),
            *narrative_pages.conditions(filters),
            *_chosen(filters, viewer, looked),
        )
        .order_by(func.fold(narratives.c.title), narratives.c.key)
    )
    return [
        NarrativeActivity(
            ref=NarrativeRef(row.id, row.title, row.key),
            parent=NarrativeRef(row.parent_id, row.parent_title, row.parent_key) if row.parent_key else None,
            private=row.organisation_key is not None,
            statement_count=row.number or 0,
            last=row.last,
            followed=row.looked_at is not None,
            activity=Activity(row.recent or 0, row.before or 0, _day(row.first_recent), _day(row.last_before)),
        )
        for row in rows
    ]


def recently_seen(connection: Connection, now: datetime, viewer: Organisation | None) -> list[RecentNarrative]:
    """Narratives with recent statements, the most active first: the same numbers as in `overview`, of statements of the
    last 180 days, and of all before them only for narratives without one in the 90 days before."""
    above = narrative_pages.members_of_ancestors()
    moment = instant(now).begins
    recent, before = _at(now - RECENT), _at(now - 2 * RECENT)
    is_recent, is_before = and_(_DATED, recent < _MOMENT), and_(_DATED, recent >= _MOMENT)
    counts = (
        _of_ancestors(
            above,
            _number(is_recent).label("recent"),
            _number(is_before).label("before"),
            func.min(case((is_recent, _MOMENT))).label("first_recent"),
            func.max(case((is_before, _MOMENT))).label("last_before"),
            func.max(_MOMENT).label("last"),
        )
        .where(before < _MOMENT, moment >= _MOMENT, statements.c.said_at.is_not(None))
        .where(*narrative_pages.visible_statements(viewer))
        .having(_number(is_recent) > 0)
        .subquery()
    )
    rows = connection.execute(
        select(narratives.c.key, narratives.c.id, narratives.c.title, counts)
        .join(counts, counts.c.narrative == narratives.c.key)
        .where(ownership.visible(narratives.c.organisation_key, viewer), narrative_pages.not_merged())
        .order_by(counts.c.recent.desc(), counts.c.last.desc(), func.fold(narratives.c.title), narratives.c.key)
    ).all()
    earlier = _last_before(connection, [row.key for row in rows if not row.before], before, viewer)
    return [
        RecentNarrative(
            NarrativeRef(row.id, row.title, row.key),
            Activity(row.recent, row.before, _day(row.first_recent), _day(row.last_before or earlier.get(row.key))),
        )
        for row in rows
    ]


def _last_before(
    connection: Connection, keys: Sequence[int], moment: int, viewer: Organisation | None
) -> dict[int, int]:
    """Beginning of the last dated statement of each of these narratives until a moment."""
    above = narrative_pages.members_of_ancestors()
    last = _of_ancestors(above, func.max(_MOMENT).label("last")).where(above.c.narrative.in_(keys), _DATED)
    rows = connection.execute(last.where(moment >= _MOMENT, *narrative_pages.visible_statements(viewer)))
    return {row.narrative: row.last for row in rows}


def _of_ancestors(above: CTE, *columns: Any) -> Select[Any]:
    """Query of statements by the narratives that they are under, descendants included."""
    return (
        select(above.c.narrative, *columns)
        .join(statement_narratives, statement_narratives.c.narrative_key == above.c.member)
        .join(statements, statements.c.key == statement_narratives.c.statement_key)
        .group_by(above.c.narrative)
    )


def months(
    connection: Connection, keys: Sequence[int], since: datetime, now: datetime, viewer: Organisation | None
) -> dict[int, dict[str, int]]:
    """Numbers of statements by month (`YYYY-MM`) of each narrative, from `since` to `now`."""
    above = narrative_pages.members_of_ancestors()
    month = func.substr(statements.c.said_at, 1, 7)
    rows = connection.execute(
        select(above.c.narrative, month.label("month"), func.count(statements.c.key.distinct()).label("number"))
        .join(statement_narratives, statement_narratives.c.narrative_key == above.c.member)
        .join(statements, statements.c.key == statement_narratives.c.statement_key)
        .where(above.c.narrative.in_(keys), _DATED, _at(since) <= _MOMENT, instant(now).begins >= _MOMENT)
        .where(*narrative_pages.visible_statements(viewer))
        .group_by(above.c.narrative, month)
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row.narrative, {})[row.month] = row.number
    return found


def by_period(
    connection: Connection, keys: Sequence[int], rows: TimelineRows, viewer: Organisation | None
) -> list[PeriodCount]:
    """Numbers of dated statements by speaker, outlet or language, and by month or year, in order of time."""
    said: FromClause = with_aliases(viewer) if viewer else statements
    whom = WHOSE if viewer else statements.c.speaker_key
    name = {"speaker": speakers.c.name, "outlet": sources.c.name, "language": statements.c.language}[rows]
    period = func.substr(statements.c.said_at, 1, 7)
    found = connection.execute(
        select(name.label("name"), period.label("period"), func.count(statements.c.key.distinct()).label("number"))
        .select_from(said)
        .join(statement_narratives, statement_narratives.c.statement_key == statements.c.key)
        .outerjoin(speakers, speakers.c.key == whom)
        .outerjoin(sources, sources.c.key == statements.c.source_key)
        .where(statement_narratives.c.narrative_key.in_(keys), statements.c.said_at.is_not(None))
        .where(*narrative_pages.visible_statements(viewer))
        .group_by(name, period)
        .order_by(period, name)
    )
    return [PeriodCount(row.name, parse_period(row.period), row.number) for row in found]


def _at(moment: datetime) -> int:
    return instant(moment).begins


def _day(moment: int | None) -> date | None:
    return None if moment is None else day_of(moment)


def _number(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((condition, statements.c.key)).distinct())


def _looked_at(account_id: str | None) -> Any:
    own = followed_narratives.c
    return (
        select(own.looked_at)
        .join(accounts, accounts.c.key == own.account_key)
        .where(accounts.c.id == account_id, own.narrative_key == narratives.c.key)
        .scalar_subquery()
    )


def _chosen(filters: NarrativeFilter, viewer: Organisation | None, looked: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.followed:
        found.append(looked.is_not(None))
    if filters.tag and viewer:
        own = narrative_tags.c
        tagged = select(own.narrative_key).where(own.organisation_key == viewer.key, own.tag == filters.tag)
        found.append(narratives.c.key.in_(tagged))
    return found
