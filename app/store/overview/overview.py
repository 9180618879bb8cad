"""Figures of the overview: counters, and queries over an index."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, case, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.core.dates import instant
from app.domain.desk.flags import FlagState
from app.domain.overview.agreement import Judgement
from app.domain.overview.overview import DisputedFlag, NarrativeActivity, WaitingFlag
from app.store.access import ownership
from app.store.desk import flag_facets
from app.store.desk.flag_tables import flag_facets as facets
from app.store.desk.flag_tables import flags, reviews
from app.store.desk.flags import FlagRows
from app.store.tables import checks, narratives, statement_narratives, statements

_STATES: Final[tuple[FlagState, ...]] = ("open", "confirmed", "dismissed")
_DAY_US: Final = 86_400_000_000
_EPOCH: Final = date(1970, 1, 1).toordinal()


class OverviewRows:
    """SQL implementation of `app.services.overview.ports.Overviews`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def flags_by_day(self, organisation: Organisation, first: str) -> Mapping[tuple[str, FlagState], int]:
        own = (facets.c.organisation_key == organisation.key, facets.c.state.in_(_STATES))
        of_days = (facets.c.facet == flag_facets.DAY, facets.c.value >= first)
        counted = select(facets.c.value, facets.c.state, facets.c.count).where(*own, *of_days)
        return {(row.value, row.state): row[2] for row in self._connection.execute(counted)}

    def oldest_open(self, organisation: Organisation) -> WaitingFlag | None:
        waiting = (flags.c.organisation_key == organisation.key, flags.c.state == "open")
        first = select(func.min(flags.c.check_key)).where(*waiting).scalar_subquery()
        row = self._connection.execute(select(checks.c.id, checks.c.created_at).where(checks.c.key == first)).first()
        return WaitingFlag(row.id, row.created_at) if row else None

    def active_narratives(
        self, viewer: Organisation, since: datetime, now: datetime, limit: int
    ) -> Sequence[NarrativeActivity]:
        begins, ends = instant(since).begins, instant(now).ends
        recent = func.sum(case((statements.c.said_begins >= begins, 1), else_=0))
        counted = (
            select(
                statement_narratives.c.narrative_key.label("narrative"),
                recent.label("recent"),
                (func.count() - recent).label("before"),
                func.max(statements.c.said_begins).label("last"),
            )
            .join(statements, statements.c.key == statement_narratives.c.statement_key)
            .where(statements.c.said_begins >= 2 * begins - ends, statements.c.said_begins < ends, *_counting(viewer))
            .group_by(statement_narratives.c.narrative_key)
            .having(recent > 0)
            .subquery()
        )
        titled = (
            select(narratives.c.id, narratives.c.title, counted.c.recent, counted.c.before, counted.c.last)
            .join(counted, counted.c.narrative == narratives.c.key)
            .where(ownership.visible(narratives.c.organisation_key, viewer))
            .order_by(counted.c.recent.desc(), counted.c.last.desc(), narratives.c.key)
            .limit(limit)
        )
        return [
            NarrativeActivity(row.id, row.title, row.recent, row.before, last_said_on=_day(row.last))
            for row in self._connection.execute(titled)
        ]

    def with_pauses(self, viewer: Organisation, ids: Sequence[str], since: datetime) -> Mapping[str, int]:
        begins = instant(since).begins
        said = statements.c.said_begins
        last_before = func.max(case((said < begins, said)))
        ended = (
            select(narratives.c.id, last_before.label("last"), func.min(case((said >= begins, said))).label("first"))
            .join(statement_narratives, statement_narratives.c.narrative_key == narratives.c.key)
            .join(statements, statements.c.key == statement_narratives.c.statement_key)
            .where(narratives.c.id.in_(ids), *_counting(viewer))
            .group_by(narratives.c.id)
            .having(last_before.is_not(None))
        )
        return {row.id: (row.first - row.last) // _DAY_US for row in self._connection.execute(ended)}

    def judgements(self, organisation: Organisation, limit: int) -> Sequence[Judgement]:
        columns = (reviews.c.check_key, reviews.c.match_key, reviews.c.by_id, reviews.c.verdict)
        standing = (reviews.c.organisation_key == organisation.key, reviews.c.undone_at.is_(None))
        latest = select(*columns).where(*standing).order_by(reviews.c.key.desc()).limit(limit)
        rows = self._connection.execute(latest).all()
        return [Judgement(row.check_key, row.match_key, row.by_id, row.verdict) for row in reversed(rows)]

    def flags_by_keys(self, organisation: Organisation, keys: Sequence[int]) -> Sequence[DisputedFlag]:
        own = select(flags.c.check_key).where(
            flags.c.organisation_key == organisation.key, flags.c.check_key.in_(list(keys))
        )
        found = {flag.key: flag for flag in FlagRows(self._connection).by_keys(list(self._connection.scalars(own)))}
        disputed = [found[key].check for key in keys if key in found]
        return [DisputedFlag(check.id, check.text, check.language.code) for check in disputed]


def _counting(viewer: Organisation) -> tuple[ColumnElement[Any], ...]:
    """Conditions on the statements of the archive that count: dated ones, as far as the viewer sees them."""
    owner = ownership.without_index(statements.c.organisation_key)
    return statements.c.said_at.is_not(None), statements.c.withdrawn_at.is_(None), ownership.visible(owner, viewer)


def _day(begins: int) -> date:
    """Day in UTC of a moment in microseconds."""
    return date.fromordinal(begins // _DAY_US + _EPOCH)
