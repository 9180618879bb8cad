"""Watching narratives: early warnings, and alerts of what is new under those that people follow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.narratives.warnings import Evidence, warnings_of
from app.domain.statements.statements import NarrativeRef
from app.domain.webhooks.webhooks import EventType
from app.services.ports import Clock, Store, Transaction
from app.services.webhooks.events import appeared_data, warning_data

WARNINGS_EVERY: Final = timedelta(hours=1)
ALERTS_EVERY: Final = timedelta(minutes=5)
_MOST_NEW: Final = 5
"""Statements named in an alert."""


@dataclass(frozen=True, slots=True)
class WatchNarratives:
    """Raises warnings at most once an hour and alerts at most once in five minutes, however many processes call it."""

    store: Store
    clock: Clock

    def __call__(self) -> None:
        """Does what is due."""
        now = self.clock()
        with self.store.writing() as tx:
            warn = tx.warnings.claim("warnings", now, now - WARNINGS_EVERY)
            warn_privately = tx.warnings.claim("private warnings", now, now - WARNINGS_EVERY)
            alert = tx.warnings.claim("alerts", now, now - ALERTS_EVERY)
        if warn:
            self.warn()
        if warn_privately:
            self.warn_privately()
        if alert:
            self.alert()

    def warn(self) -> int:
        """Raises the warnings that the dates of the statements give and that were not raised yet; returns how many.

        Of a shared narrative only shared statements count, so that nobody is told of what others keep to themselves.
        """
        now = self.clock()
        with self.store.reading() as tx:
            active = tx.warnings.active(now)
            met = _met(tx, active, now)
        return self._raise(met, now)

    def warn_privately(self) -> int:
        """Raises, for each organisation alone, the warnings that its private statements under shared narratives give
        together with the shared ones; returns how many."""
        now = self.clock()
        with self.store.reading() as tx:
            active = tx.warnings.privately_active(now)
            met = {viewer: _met(tx, refs, now, viewer) for viewer, refs in active.items()}
        return sum(self._raise(found, now, viewer) for viewer, found in met.items())

    def _raise(
        self, met: Sequence[tuple[NarrativeRef, Evidence]], now: datetime, viewer: Organisation | None = None
    ) -> int:
        raised = 0
        if not met:
            return raised
        with self.store.writing() as tx:
            for ref, evidence in met:
                warning_id = tx.warnings.add(ref.key, evidence, now, viewer)
                if warning_id is None:
                    continue
                raised += 1
                data = warning_data(warning_id, ref, evidence)
                tx.events.add(viewer or tx.narratives.owner_of(ref.key), EventType.NARRATIVE_WARNING, ref.id, data)
        return raised

    def alert(self) -> int:
        """Sends an event for each narrative with new statements to every organisation whose people follow it; returns
        how many."""
        with self.store.writing() as tx:
            found = tx.follows.unalerted(self.clock())
            for news in found:
                known = tx.statements.by_keys(news.statements[-_MOST_NEW:])
                newest = [known[key] for key in reversed(news.statements[-_MOST_NEW:]) if key in known]
                data = appeared_data(news.narrative, len(news.statements), newest)
                tx.events.add(news.organisation, EventType.NARRATIVE_APPEARED, news.narrative.id, data)
        return len(found)


def _met(
    tx: Transaction, refs: Sequence[NarrativeRef], now: datetime, viewer: Organisation | None = None
) -> list[tuple[NarrativeRef, Evidence]]:
    """Evidence of the rules that these narratives meet."""
    known = {ref.key: ref for ref in refs}
    sightings = tx.warnings.sightings(sorted(known), now, viewer)
    return [(known[key], one) for key, seen in sightings.items() for one in warnings_of(seen, now.date())]
