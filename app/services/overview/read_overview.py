"""The overview: figures of an organisation's desk, read in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.narratives.activity import NarrativeState, state_of
from app.domain.narratives.summaries import RecentNarrative
from app.domain.overview.agreement import agreement_of
from app.domain.overview.overview import (
    LISTED,
    FlagsOfDay,
    LapsingPredictions,
    NarrativesInState,
    Overview,
    days_until,
)
from app.domain.predictions.predictions import Horizon
from app.services.ports import Clock, Store
from app.services.predictions.ports import lapsed_by, lapsing_within

JUDGEMENTS: Final = 5_000
"""Decisions that agreement is computed from, the latest."""
COUNTED: Final = 1_000
"""Predictions are counted up to this number."""
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
            seen = tx.narratives.recently_seen(now, organisation)
            agreement = agreement_of(tx.overviews.judgements(organisation, JUDGEMENTS))
            return Overview(
                at=now,
                days=[
                    FlagsOfDay(day, {state: n for (of, state), n in by_day.items() if of == day.isoformat() and n})
                    for day in days
                ],
                counts=tx.flags.counts(organisation),
                oldest=tx.overviews.oldest_open(organisation),
                growing=_in_state(seen, "growing", now.date()),
                returned=_in_state(seen, "back", now.date()),
                languages=facets.languages[:LISTED],
                outlets=facets.sources[:LISTED],
                predictions=LapsingPredictions(
                    tx.predictions.count(organisation, lapsed_by(now, self.horizon), COUNTED + 1),
                    tx.predictions.count(organisation, lapsing_within(now, self.horizon), COUNTED + 1),
                ),
                agreement=agreement,
                disputed=tx.overviews.flags_by_keys(organisation, agreement.disputed[:_DISPUTED]),
            )


def _in_state(seen: Sequence[RecentNarrative], state: NarrativeState, today: date) -> NarrativesInState:
    found = [narrative for narrative in seen if state_of(narrative.activity, today) == state]
    return NarrativesInState(len(found), found[:LISTED])
