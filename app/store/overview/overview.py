"""Figures of the overview: counters, and queries over an index."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, func, select

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState
from app.domain.overview.agreement import Judgement
from app.domain.overview.overview import DisputedFlag, WaitingFlag
from app.store.desk import flag_facets
from app.store.desk.flag_tables import flag_facets as facets
from app.store.desk.flag_tables import flags, reviews
from app.store.desk.flags import FlagRows
from app.store.tables import checks

_STATES: Final[tuple[FlagState, ...]] = ("open", "confirmed", "dismissed")


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
