"""Making of suggested narratives: scores of new statements with their neighbours, and groups of all scored pairs.

Scores are kept, so that a run after an import scores what is new and no more.
"""

import time
from dataclasses import dataclass, replace
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.jobs.background_runs import BackgroundRun
from app.domain.suggestions.suggestions import LEAST_MEMBERS, GroupDraft
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.suggestions.common_script import CommonScript
from app.services.suggestions.score_neighbours import ScoreNeighbours
from index.clustering.communities import ScoredPair, communities
from index.processor_budget import ProcessorBudget, processor_budget

MOST_OFFERED: Final = 300
"""Groups that are offered, the largest and strongest."""

_SLICE_S: Final = 5.0
"""Processor time of a slice."""
_AT_ONCE: Final = 20
"""Statements that are scored between two commits."""
_GROUPING_S: Final = 120.0
"""Processor time within which pairs have to be grouped."""
_COMPARED_AT_ONCE: Final = 50


@dataclass(frozen=True, slots=True)
class SuggestNarratives:
    """Run over the archive that makes suggestions."""

    store: Store
    archive: IndexSync
    score_neighbours: ScoreNeighbours
    common_script: CommonScript
    clock: Clock

    @property
    def version(self) -> str:
        return self.score_neighbours.version

    def slice(self, run: BackgroundRun) -> tuple[int, int]:
        """Scores statements for some seconds; once all are scored, groups them. Raises `NotReady`."""
        with self.store.writing() as tx:
            tx.suggestions.forget_other_versions(self.version)
        ends, done = time.thread_time() + _SLICE_S, run.done
        while True:
            count, left = self._score_some()
            done += count
            if left == 0 or count == 0:
                self._group()
                return done, done
            if time.thread_time() >= ends:
                return done, done + left

    def _score_some(self) -> tuple[int, int]:
        """Scores the next statements; how many, and how many are left."""
        fingerprint = self.score_neighbours.encoder.fingerprint
        with self.store.reading() as tx:
            self.archive.sync(tx)
            keys, waiting = tx.suggestions.unpaired(self.version, fingerprint, _AT_ONCE)
            if not keys:
                return 0, 0
            organisations = {one.key: one for one in tx.access.organisations()}
            found = {key: self._scores(tx, key, organisations) for key in keys}
        with self.store.writing(durable=False) as tx:
            tx.suggestions.put_pairs(self.version, found)
        return len(keys), waiting - len(keys)

    def _scores(self, tx: Transaction, key: int, organisations: dict[int, Organisation]) -> dict[int, float]:
        statement = tx.statements.by_keys([key]).get(key)
        encoded = tx.vectors.of(key, self.score_neighbours.encoder.fingerprint)
        if statement is None or encoded is None:
            return {}
        owner = organisations.get(statement.owner) if statement.owner is not None else None
        return self.score_neighbours(tx, statement, encoded, owner)

    def _group(self) -> None:
        """Groups all pairs, each owner's apart, and replaces what was offered."""
        pairs: dict[int | None, list[ScoredPair]] = {}
        with self.store.reading() as tx:
            for owner, pair in tx.suggestions.pairs(self.score_neighbours.policy.suggest_at):
                pairs.setdefault(owner, []).append(pair)
        with processor_budget(ProcessorBudget(_GROUPING_S)):
            groups = [
                (owner, GroupDraft(group.members, group.strength))
                for owner, of_owner in pairs.items()
                for group in communities(of_owner, LEAST_MEMBERS)
            ]
        groups.sort(key=lambda one: (-len(one[1].members) * one[1].strength, one[1].members))
        described = []
        for start in range(0, min(len(groups), MOST_OFFERED), _COMPARED_AT_ONCE):
            with self.store.reading() as tx:
                described += [
                    (owner, self._described(tx, group))
                    for owner, group in groups[start : min(start + _COMPARED_AT_ONCE, MOST_OFFERED)]
                ]
        with self.store.writing() as tx:
            tx.suggestions.offer(described, self.clock())

    def _described(self, tx: Transaction, group: GroupDraft) -> GroupDraft:
        known = tx.statements.by_keys(group.members)
        members = [known[key] for key in group.members if key in known]
        if len(members) < 2:
            return group
        phrases, compared = self.common_script(tx, members)
        return replace(group, phrases=phrases, compared=compared)
