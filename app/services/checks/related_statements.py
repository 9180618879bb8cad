"""Related statements of an archived statement: its precedents and its later matches."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.checks import CheckRequest, Match, Precedent, Stance, rank_candidates
from app.domain.checks.reviews import text_hash
from app.domain.checks.scoring import ScoringModel, Tier
from app.domain.core.dates import Later, Period, days_between
from app.domain.core.errors import NotFound
from app.domain.statements.statements import Statement
from app.language.stance.rules import read_stance
from app.services.checks.find_candidates import FindCandidates
from app.services.desk.review_ports import Dismissal
from app.services.explanations.explain_matches import ExplainMatches
from app.services.ports import Clock, Store
from app.services.search.index_sync import SearchArchive
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
    archive: SearchArchive
    find_candidates: FindCandidates
    explain_matches: ExplainMatches
    policy: ScoringModel
    clock: Clock

    def __call__(self, statement_id: str, viewer: Organisation | None = None) -> Relations:
        """Related statements that `viewer` may see and has not dismissed. Raises `NotFound`, `NotReady`; stores
        nothing."""
        self.archive.sync()
        with self.store.reading() as tx:
            statement = tx.statements.by_id(statement_id, viewer)
            encoded = tx.vectors.of(statement.key, self.encoder.fingerprint) if statement else None
            own = [text_hash(statement.text)] if statement else []
            dismissed = tx.reviews.dismissals(viewer, own) if viewer else []
        if statement is None:
            raise NotFound("there is no statement with this id")
        if encoded is None or statement.said_at is None:
            return Relations()
        excluded = frozenset(dismissal.statement for dismissal in dismissed) | {statement.key}
        earlier = self._related(CheckRequest, statement, statement.said_at, encoded, excluded, viewer)
        later = self._related(_LaterRequest, statement, statement.said_at, encoded, frozenset({statement.key}), viewer)
        return Relations(earlier, self._not_dismissed(later, statement, viewer))

    def _related(
        self,
        kind: type[CheckRequest],
        statement: Statement,
        said_at: Period,
        encoded: EncodedText,
        excluded: frozenset[int],
        viewer: Organisation | None,
    ) -> tuple[Relation, ...]:
        request = kind(statement.text, statement.language, said_at, limit=MOST_RELATED, record=False)
        found = self.find_candidates(request, statement.language, encoded, excluded, self.clock(), viewer)
        known = {statement.key: statement for _, statement in found}
        ranked = rank_candidates(request, said_at, Stance(), [candidate for candidate, _ in found], self.policy)
        matches = [
            _match(known[candidate.key], tier, score, candidate.said_at, said_at)
            for candidate, score, tier in ranked.ranked
            if tier and candidate.said_at
        ]
        if encoded.token_features and encoded.token_features_version == self.encoder.token_features_version:
            matches = list(self.explain_matches(statement.text, statement.language, encoded, matches))
        return tuple(Relation(known[match.precedent.key], match, abs(match.days_before or 0)) for match in matches)

    def _not_dismissed(
        self, later: tuple[Relation, ...], statement: Statement, viewer: Organisation | None
    ) -> tuple[Relation, ...]:
        """Later matches without those for whose text this statement was dismissed as a precedent."""
        if viewer is None or not later:
            return later
        hashes = {relation.statement.key: text_hash(relation.statement.text) for relation in later}
        with self.store.reading() as tx:
            dismissed = _dismissed_texts(tx.reviews.dismissals(viewer, sorted(set(hashes.values()))), statement)
        return tuple(relation for relation in later if hashes[relation.statement.key] not in dismissed)


def _dismissed_texts(dismissals: Iterable[Dismissal], statement: Statement) -> frozenset[str]:
    """Hashes of the texts for which this statement was dismissed as a precedent."""
    return frozenset(dismissal.text_hash for dismissal in dismissals if dismissal.statement == statement.key)


def _match(related: Statement, tier: Tier, score: float, period: Period, said_at: Period) -> Match:
    stance = read_stance(related.text, related.language).label
    days = days_between(period, said_at)
    return Match(related.id, Precedent.of(related, stance), tier, round(score, 4), {}, days)
