"""Counts for the administration pages, each by one grouped query."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Column, Connection, Integer, Select, cast, func, select

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState
from app.services.administration.ports import OrganisationSize
from app.store.access.account_tables import accounts
from app.store.desk.flag_tables import flag_counts, flags
from app.store.tables import api_keys, statements

_JUST_BELOW_HALF: Final = 0.499999
"""Rounding to the nearest after this is taken off rounds down, on either database."""


class AdministrationRows:
    """SQL implementation of `app.services.administration.ports.Administration`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def sizes(self, only: Organisation | None = None) -> Mapping[int, OrganisationSize]:
        brought = statements.c.contributor_key
        count, total = func.count(), func.sum(flag_counts.c.count)
        people = self._by(accounts.c.organisation_key, count, only, accounts.c.disabled_at.is_(None))
        keys = self._by(api_keys.c.organisation_key, count, only, api_keys.c.revoked_at.is_(None))
        recorded = self._by(brought, count, only, brought.is_not(None), statements.c.withdrawn_at.is_(None))
        flagged = self._by(flag_counts.c.organisation_key, total, only)
        found = {*people, *keys, *recorded, *flagged}
        return {
            key: OrganisationSize(people.get(key, 0), keys.get(key, 0), recorded.get(key, 0), flagged.get(key, 0))
            for key in found
        }

    def flags_by_score(self, organisation: Organisation) -> Mapping[tuple[int, FlagState], int]:
        hundredths = cast(func.round(flags.c.score * 100 - _JUST_BELOW_HALF), Integer).label("hundredths")
        counted = (
            select(hundredths, flags.c.state, func.count())
            .where(flags.c.organisation_key == organisation.key, flags.c.state.is_not(None))
            .group_by(hundredths, flags.c.state)
        )
        return {(row.hundredths, row.state): row[2] for row in self._connection.execute(counted)}

    def _by(self, owner: Column[int], what: Any, only: Organisation | None, *conditions: Any) -> dict[int, int]:
        query: Select[Any] = select(owner, what).where(*conditions).group_by(owner)
        if only is not None:
            query = query.where(owner == only.key)
        return {row[0]: int(row[1] or 0) for row in self._connection.execute(query)}
