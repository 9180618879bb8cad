"""What an archived statement repeats, and what repeated it: its precedents and its later echoes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.access import Organisation
from app.domain.dates import Later, Period, days_between
from app.domain.errors import NotFound
from app.domain.matches import CheckRequest, Stance, judge
from app.domain.policy import Policy, Tier
from app.domain.reviews import text_hash
from app.domain.statements import Statement
from app.services.find_candidates import FindCandidates
from app.services.ports import Clock, Dismissal, Store
from app.services.search_archive import SearchArchive
from index.contract import Reader, Reading

MOST: Final = 10
"""Precedents, and echoes, that are told."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A statement that follows the same script as another, earlier or later."""

    statement: Statement
    tier: Tier
    score: float
    days: int
    """Between the two, never negative."""


@dataclass(frozen=True, slots=True)
class Relations:
    """The most alike first. A statement without a date has none, for nothing is earlier or later than it."""

    precedents: tuple[Relation, ...] = ()
    echoes: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class _LaterRequest(CheckRequest):
    """A statement of which we want to know what came after it."""

    def window(self, now: datetime) -> Later:  # noqa: ARG002
        return Later(self.said_at.ends if self.said_at else 0)


@dataclass(frozen=True, slots=True)
class TellRelations:
    """Checks an archived statement in both directions, with what was read of it when it was put on record."""

    store: Store
    reader: Reader
    archive: SearchArchive
    find_candidates: FindCandidates
    policy: Policy
    clock: Clock

    def __call__(self, statement_id: str, viewer: Organisation | None = None) -> Relations:
        """Those that `viewer` may see and has not dismissed. Raises `NotFound`, `NotReady`; stores nothing."""
        self.archive.follow()
        with self.store.reading() as tx:
            statement = tx.statements.by_id(statement_id, viewer)
            reading = tx.vectors.of(statement.key, self.reader.fingerprint) if statement else None
            own = [text_hash(statement.text)] if statement else []
            dismissed = tx.reviews.dismissed(viewer, own) if viewer else []
        if statement is None:
            raise NotFound("there is no statement with this id")
        if reading is None or statement.said_at is None:
            return Relations()
        gone = frozenset(one.statement for one in dismissed) | {statement.key}
        earlier = self._related(CheckRequest, statement, statement.said_at, reading, gone, viewer)
        later = self._related(_LaterRequest, statement, statement.said_at, reading, frozenset({statement.key}), viewer)
        return Relations(earlier, self._not_dismissed(later, statement, viewer))

    def _related(
        self,
        kind: type[CheckRequest],
        statement: Statement,
        said_at: Period,
        reading: Reading,
        gone: frozenset[int],
        viewer: Organisation | None,
    ) -> tuple[Relation, ...]:
        wanted = kind(statement.text, statement.language, said_at, limit=MOST, record=False)
        found = self.find_candidates(wanted, statement.language, reading, gone, self.clock(), viewer)
        known = {other.key: other for _, other in found}
        verdict = judge(wanted, said_at, Stance(), [candidate for candidate, _ in found], self.policy)
        return tuple(
            Relation(known[candidate.key], tier, round(score, 4), abs(days_between(candidate.said_at, said_at)))
            for candidate, score, tier in verdict.ranked
            if tier and candidate.said_at
        )

    def _not_dismissed(
        self, echoes: tuple[Relation, ...], statement: Statement, viewer: Organisation | None
    ) -> tuple[Relation, ...]:
        """Without those for whose text this statement was dismissed as a precedent."""
        if viewer is None or not echoes:
            return echoes
        hashes = {one.statement.key: text_hash(one.statement.text) for one in echoes}
        with self.store.reading() as tx:
            dismissed = _texts_without(tx.reviews.dismissed(viewer, sorted(set(hashes.values()))), statement)
        return tuple(one for one in echoes if hashes[one.statement.key] not in dismissed)


def _texts_without(dismissals: Iterable[Dismissal], statement: Statement) -> frozenset[str]:
    """The texts, by hash, of which this statement is not to be shown as a precedent."""
    return frozenset(one.text_hash for one in dismissals if one.statement == statement.key)
