"""Making of suggested narratives: scores of new statements with their neighbours, and groups of all scored pairs.

Scores are kept, so that a run after an import scores what is new and no more. The groups of a run in hand are in the
memory of a process: another one that takes the run up begins with them anew.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from app.domain.access.keys import Organisation
from app.domain.jobs.background_runs import BackgroundRun
from app.domain.suggestions.suggestions import GROUPING, LEAST_MEMBERS, GroupDraft
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.suggestions.common_script import CommonScript
from app.services.suggestions.score_neighbours import ScoreNeighbours
from index.clustering.communities import ScoredPair, each_part
from index.processor_slots import ProcessorSlots

MOST_OFFERED: Final = 300
"""Groups that are offered, the largest and strongest."""

_SLICE_S: Final = 5.0
"""Processor time of a slice."""
_SLICE_CLOCK_S: Final = 20.0
"""The same of the clock, which goes on while requests come first."""
_WAITS_S: Final = 0.3
"""Longest wait for requests before a step: beside constant ones a step of 25 ms takes a twelfth of the time."""
_AT_ONCE: Final = 20
"""Statements that are scored between two commits."""
_COMPARED_AT_ONCE: Final = 10
"""Groups whose members are aligned in one step."""


class _Ends(NamedTuple):
    """End of a slice, by this thread's processor time and by the clock."""

    processor_s: float
    clock_s: float

    def reached(self) -> bool:
        return time.thread_time() >= self.processor_s or time.monotonic() >= self.clock_s


@dataclass(frozen=True, slots=True)
class SuggestNarratives:
    """Run over the archive that makes suggestions."""

    store: Store
    archive: IndexSync
    score_neighbours: ScoreNeighbours
    common_script: CommonScript
    clock: Clock
    slots: ProcessorSlots
    """Those of the requests that come first."""
    _grouping: dict[datetime | None, Iterator[None]] = field(default_factory=dict)
    """Grouping in hand, by the begin of its run."""

    @property
    def version(self) -> str:
        return self.score_neighbours.version

    def slice(self, run: BackgroundRun) -> tuple[int, int]:
        """Scores statements for some seconds; once all are scored, groups them, for as long. Raises `NotReady`.

        What there is to do is the statements, and `GROUPING` for their groups. Each step waits for requests.
        """
        ends = _Ends(time.thread_time() + _SLICE_S, time.monotonic() + _SLICE_CLOCK_S)
        steps = self._grouping.pop(run.started_at, None)
        done = run.done
        if steps is None:
            with self.store.writing() as tx:
                tx.suggestions.forget_other_versions(self.version)
            more, left = self._score_until(ends)
            done += more
            if left:
                return done, done + left + GROUPING
            steps = self._group()
        for _ in steps:
            if ends.reached():
                self._grouping.clear()
                self._grouping[run.started_at] = steps
                return done, done + GROUPING
            self.slots.wait_until_idle(_WAITS_S)
        return done, done

    def _score_until(self, ends: _Ends) -> tuple[int, int]:
        """Scores statements until the slice ends; how many, and how many are left."""
        fingerprint = self.score_neighbours.encoder.fingerprint
        with self.store.reading() as tx:
            waiting = tx.suggestions.count_unpaired(self.version, fingerprint)
        done, last = 0, 0
        while keys := self._score_some(fingerprint, last):
            done, last = done + len(keys), keys[-1]
            if ends.reached():
                return done, max(1, waiting - done)
        return done, 0

    def _score_some(self, fingerprint: str, after: int) -> list[int]:
        """Scores the next statements, in order of their keys; the keys."""
        with self.store.reading() as tx:
            keys = tx.suggestions.unpaired(self.version, fingerprint, after, _AT_ONCE)
            organisations = {one.key: one for one in tx.access.organisations()} if keys else {}
        found = {}
        for key in keys:
            self.slots.wait_until_idle(_WAITS_S)
            with self.store.reading() as tx:
                self.archive.sync(tx)
                found[key] = self._scores(tx, key, organisations)
        if keys:
            with self.store.writing(durable=False) as tx:
                tx.suggestions.put_pairs(self.version, found)
        return keys

    def _scores(self, tx: Transaction, key: int, organisations: dict[int, Organisation]) -> dict[int, float]:
        statement = tx.statements.by_keys([key]).get(key)
        encoded = tx.vectors.of(key, self.score_neighbours.encoder.fingerprint)
        if statement is None or encoded is None:
            return {}
        owner = organisations.get(statement.owner) if statement.owner is not None else None
        return self.score_neighbours(tx, statement, encoded, owner)

    def _group(self) -> Iterator[None]:
        """Groups all pairs, each owner's apart, and replaces what was offered: in steps of some seconds at most."""
        pairs: dict[int | None, list[ScoredPair]] = {}
        with self.store.reading() as tx:
            for owner, pair in tx.suggestions.pairs(self.score_neighbours.policy.suggest_at):
                pairs.setdefault(owner, []).append(pair)
        yield
        groups = []
        for owner, of_owner in pairs.items():
            for found in each_part(of_owner, LEAST_MEMBERS):
                groups += [(owner, GroupDraft(group.members, group.strength)) for group in found]
                yield
        groups.sort(key=lambda one: (-len(one[1].members) * one[1].strength, one[1].members))
        described: list[tuple[int | None, GroupDraft]] = []
        for start in range(0, min(len(groups), MOST_OFFERED), _COMPARED_AT_ONCE):
            with self.store.reading() as tx:
                described += [
                    (owner, self._described(tx, group))
                    for owner, group in groups[start : min(start + _COMPARED_AT_ONCE, MOST_OFFERED)]
                ]
            yield
        with self.store.writing() as tx:
            tx.suggestions.offer(described, self.clock())

    def _described(self, tx: Transaction, group: GroupDraft) -> GroupDraft:
        known = tx.statements.by_keys(group.members)
        members = [known[key] for key in group.members if key in known]
        if len(members) < 2:
            return group
        phrases, compared = self.common_script(tx, members)
        return replace(group, phrases=phrases, compared=compared)
