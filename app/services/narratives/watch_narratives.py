"""Watching narratives: early warnings, and alerts of what is new under those that people follow."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from app.domain.narratives.warnings import warnings_of
from app.domain.webhooks.webhooks import EventType
from app.services.ports import Clock, Store
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
            alert = tx.warnings.claim("alerts", now, now - ALERTS_EVERY)
        if warn:
            self.warn()
        if alert:
            self.alert()

    def warn(self) -> int:
        """Raises the warnings that the dates of the statements give and that were not raised yet; returns how many."""
        now = self.clock()
        with self.store.reading() as tx:
            active = {ref.key: ref for ref in tx.warnings.active(now)}
            sightings = tx.warnings.sightings(sorted(active), now)
        met = [(active[key], one) for key, seen in sightings.items() for one in warnings_of(seen, now.date())]
        raised = 0
        if not met:
            return raised
        with self.store.writing() as tx:
            for ref, evidence in met:
                warning_id = tx.warnings.add(ref.key, evidence, now)
                if warning_id is None:
                    continue
                raised += 1
                owner = tx.narratives.owner_of(ref.key)
                data = warning_data(warning_id, ref, evidence)
                tx.events.add(owner, EventType.NARRATIVE_WARNING, ref.id, data)
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
