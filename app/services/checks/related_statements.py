"""Related statements of an archived statement: its precedents and its later matches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest, Match, Precedent, StanceLabel, rank_candidates
from app.domain.checks.pair_scoring import Scoring
from app.domain.checks.polarity import relation_of
from app.domain.checks.reviews import text_hash
from app.domain.checks.scoring import Tier, tier_of_aligned
from app.domain.core.dates import Later, Period, days_between
from app.domain.core.errors import NotFound
from app.domain.explanations.role_spans import AlignedSpans
from app.domain.statements.statements import Statement
from app.services.checks.find_candidates import FindCandidates
from app.services.desk.ports import Dismissal
from app.services.explanations.explain_matches import ExplainMatches
from app.services.ports import Clock, Store, Transaction
from app.services.search.index_sync import IndexSync
from app.services.stance.statement_stances import StatementStances
from index.contract import EncodedText, TextEncoder

MOST_RELATED: Final = 10
"""Bounds on the precedents, and on the later matches, of a statement."""


@dataclass(frozen=True, slots=True)
class Relation:
    """Related statement that follows the same script, earlier or later."""

    statement: Statement
    match: Match
    """Match with the other statement as the precedent, with aligned spans."""
    days: int
    """Days between the two, never negative."""

    @property
    def tier(self) -> Tier | None:
        return self.match.tier

    @property
    def score(self) -> float:
        return self.match.score


@dataclass(frozen=True, slots=True)
class Relations:
    """The most alike first. A statement without a date has none, for nothing is earlier or later than it."""

    precedents: tuple[Relation, ...] = ()
    echoes: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class _LaterRequest(CheckRequest):
    """Check request for later statements instead of earlier ones."""

    def window(self, now: datetime) -> Later:  # noqa: ARG002
        return Later(self.said_at.ends if self.said_at else 0)


@dataclass(frozen=True, slots=True)
class RelatedStatements:
    """Checks an archived statement in both directions, with its stored encoding."""

    store: Store
    encoder: TextEncoder
    archive: IndexSync
    find_candidates: FindCandidates
    explain_matches: ExplainMatches
    stances: StatementStances
    policy: Scoring
    clock: Clock

    def __call__(self, statement_id: str, viewer: Organisation | None = None) -> Relations:
        """Related statements that `viewer` may see and has not dismissed. Raises `NotFound`, `NotReady`; stores
        nothing."""
        with self.store.reading() as tx:
            self.archive.sync(tx)
            statement = tx.statements.by_id(statement_id, viewer)
            if statement is None:
                raise NotFound("there is no statement with this id")
            encoded = tx.vectors.of(statement.key, self.encoder.fingerprint)
            if encoded is None or statement.said_at is None:
                return Relations()
            dismissed = tx.reviews.dismissals(viewer, [text_hash(statement.text)]) if viewer else []
            excluded = frozenset(dismissal.statement for dismissal in dismissed) | {statement.key}
            earlier = self._related(tx, CheckRequest, statement, statement.said_at, encoded, excluded, viewer)
            own = frozenset({statement.key})
            later = self._related(tx, _LaterRequest, statement, statement.said_at, encoded, own, viewer)
            return Relations(earlier, _not_dismissed(tx, later, statement, viewer))

    def _related(
        self,
        tx: Transaction,
        kind: type[CheckRequest],
        statement: Statement,
        said_at: Period,
        encoded: EncodedText,
        excluded: frozenset[int],
        viewer: Organisation | None,
    ) -> tuple[Relation, ...]:
        request = kind(statement.text, statement.language, said_at, limit=MOST_RELATED, record=False)
        found = self.find_candidates(tx, request, statement.language, encoded, excluded, self.clock(), viewer)
        known = {other.key: other for _, other in found}
        candidates = [candidate for candidate, _ in found]
        ranking = rank_candidates(request, said_at, candidates, self.policy, lambda _: frozenset())
        ranked = [
            (known[candidate.key], tier, score, candidate.said_at)
            for candidate, score, tier in ranking.ranked
            if tier and candidate.said_at
        ]
        others = [other for other, _, _, _ in ranked]
        stances = self.stances(tx, [statement, *others])
        own = stances[statement.key].label
        aligned = encoded.token_features and encoded.token_features_version == self.encoder.token_features_version
        sides = self.explain_matches.sides(tx, others) if aligned else [None] * len(others)
        spans = self.explain_matches.align(statement.text, statement.language, encoded, sides)
        return tuple(
            Relation(other, _match(other, own, stances[other.key].label, tier, score, days, common), abs(days))
            for (other, tier, score, period), common in zip(ranked, spans, strict=True)
            for days in [days_between(period, said_at)]
        )


def _not_dismissed(
    tx: Transaction, later: tuple[Relation, ...], statement: Statement, viewer: Organisation | None
) -> tuple[Relation, ...]:
    """Later matches without those for whose text this statement was dismissed as a precedent."""
    if viewer is None or not later:
        return later
    hashes = {relation.statement.key: text_hash(relation.statement.text) for relation in later}
    dismissed = _dismissed_texts(tx.reviews.dismissals(viewer, sorted(set(hashes.values()))), statement)
    return tuple(relation for relation in later if hashes[relation.statement.key] not in dismissed)


def _dismissed_texts(dismissals: Iterable[Dismissal], statement: Statement) -> frozenset[str]:
    """Hashes of the texts for which this statement was dismissed as a precedent."""
    return frozenset(dismissal.text_hash for dismissal in dismissals if dismissal.statement == statement.key)


def _match(
    related: Statement,
    own: StanceLabel | None,
    stance: StanceLabel | None,
    tier: Tier,
    score: float,
    days: int,
    spans: AlignedSpans,
) -> Match:
    return Match(
        related.id,
        Precedent.of(related, stance),
        tier_of_aligned(tier, conflicting=spans.conflicting),
        round(score, 4),
        {},
        days,
        spans.repeated,
        spans.changed,
        spans.added,
        spans.removed,
        relation=relation_of(own, stance),
        stance=own,
    )
