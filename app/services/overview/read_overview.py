"""The overview: figures of an organisation's desk, read in one transaction."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.overview.agreement import agreement_of
from app.domain.overview.overview import (
    DAYS,
    LISTED,
    PAUSE_DAYS,
    FlagsOfDay,
    LapsingPredictions,
    NarrativeActivity,
    Overview,
    days_until,
)
from app.domain.predictions.predictions import Horizon
from app.services.ports import Clock, Store, Transaction
from app.services.predictions.ports import lapsed_by, lapsing_within

JUDGEMENTS: Final = 5_000
"""Decisions that agreement is computed from, the latest."""
COUNTED: Final = 1_000
"""Predictions are counted up to this number."""
_ACTIVE: Final = 200
_DISPUTED: Final = 5


@dataclass(frozen=True, slots=True)
class ReadOverview:
    """Reads the overview of an organisation, in a constant number of queries."""

    store: Store
    clock: Clock
    horizon: Horizon

    def __call__(self, organisation: Organisation) -> Overview:
        now = self.clock()
        days = days_until(now.date())
        with self.store.reading() as tx:
            by_day = tx.overviews.flags_by_day(organisation, days[0].isoformat())
            facets = tx.flags.facets(organisation, None)
            growing, returned = self._narratives(tx, organisation)
            agreement = agreement_of(tx.overviews.judgements(organisation, JUDGEMENTS))
            return Overview(
                at=now,
                days=[
                    FlagsOfDay(day, {state: n for (of, state), n in by_day.items() if of == day.isoformat() and n})
                    for day in days
                ],
                counts=tx.flags.counts(organisation),
                oldest=tx.overviews.oldest_open(organisation),
                growing=growing,
                returned=returned,
                languages=facets.languages[:LISTED],
                outlets=facets.sources[:LISTED],
                predictions=LapsingPredictions(
                    tx.predictions.count(organisation, lapsed_by(now, self.horizon), COUNTED + 1),
                    tx.predictions.count(organisation, lapsing_within(now, self.horizon), COUNTED + 1),
                ),
                agreement=agreement,
                disputed=tx.overviews.flags_by_keys(organisation, agreement.disputed[:_DISPUTED]),
            )

    def _narratives(
        self, tx: Transaction, viewer: Organisation
    ) -> tuple[list[NarrativeActivity], list[NarrativeActivity]]:
        now = self.clock()
        since = now - timedelta(days=DAYS)
        active = tx.overviews.active_narratives(viewer, since, now, _ACTIVE)
        quiet = [narrative.id for narrative in active if not narrative.before]
        pauses = tx.overviews.with_pauses(viewer, quiet, since)
        returned = [
            replace(narrative, pause_days=pauses[narrative.id])
            for narrative in active
            if pauses.get(narrative.id, 0) >= PAUSE_DAYS
        ]
        back = {narrative.id for narrative in returned}
        growing = [narrative for narrative in active if narrative.grows and narrative.id not in back]
        return growing[:LISTED], returned[:LISTED]
