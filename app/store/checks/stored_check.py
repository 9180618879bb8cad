"""The layout on disk of a check and its matches, and the way there and back."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from app.domain.checks.checks import (
    Check,
    Language,
    Match,
    ModelUsed,
    Notice,
    NoticeCode,
    Precedent,
    Relation,
    Stance,
    StanceLabel,
)
from app.domain.checks.scoring import Tier
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan, Role
from app.store.checks.stored_history import StoredHistory, StoredRecurrence
from app.store.stored_values import (
    VERSION,
    StoredFinding,
    StoredNarrativeRef,
    StoredPeriod,
    StoredPrediction,
    StoredQuote,
    StoredSource,
    check_version,
    period_of,
    prediction_of,
    quotes_of,
    stored_quotes,
)


@dataclass(frozen=True, slots=True)
class StoredStance:
    """Stored stance of a text."""

    label: StanceLabel | None = "assertion"
    cues: tuple[StoredQuote, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredLanguage:
    """The language of a text, and whether it was detected."""

    code: str
    detected: bool


@dataclass(frozen=True, slots=True)
class StoredNotice:
    """Notice about the text that was sent."""

    code: NoticeCode
    detail: str


@dataclass(frozen=True, slots=True)
class StoredAligned:
    """A part that both texts have."""

    role: Role
    statement: StoredQuote
    precedent: StoredQuote

    @classmethod
    def of(cls, span: AlignedSpan) -> "StoredAligned":
        return cls(span.role, StoredQuote.of(span.statement), StoredQuote.of(span.precedent))

    def restored(self) -> AlignedSpan:
        return AlignedSpan(role=self.role, statement=self.statement.restored(), precedent=self.precedent.restored())


@dataclass(frozen=True, slots=True)
class StoredAdded:
    """A part that only the statement has."""

    role: Role
    statement: StoredQuote


@dataclass(frozen=True, slots=True)
class StoredDropped:
    """A part that only the precedent has."""

    role: Role
    precedent: StoredQuote


@dataclass(frozen=True, slots=True)
class StoredPrecedent:
    """An earlier statement as it was when the check was made."""

    key: int
    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: StoredPeriod | None
    stance: StanceLabel | None
    withdrawn: bool
    source: StoredSource
    narratives: tuple[StoredNarrativeRef, ...]
    findings: tuple[StoredFinding, ...]
    prediction: StoredPrediction | None = None
    said_before: StoredPeriod | None = None

    @classmethod
    def of(cls, precedent: Precedent) -> "StoredPrecedent":
        return cls(
            key=precedent.key,
            id=precedent.id,
            external_id=precedent.external_id,
            title=precedent.title,
            text=precedent.text,
            language=precedent.language,
            speaker=precedent.speaker,
            said_at=StoredPeriod.of(precedent.said_at),
            stance=precedent.stance,
            withdrawn=precedent.withdrawn,
            source=StoredSource.of(precedent.source),
            narratives=tuple(map(StoredNarrativeRef.of, precedent.narratives)),
            findings=tuple(map(StoredFinding.of, precedent.findings)),
            prediction=StoredPrediction.of(precedent.prediction),
            said_before=StoredPeriod.of(precedent.said_before),
        )

    def restored(self) -> Precedent:
        return Precedent(
            key=self.key,
            id=self.id,
            external_id=self.external_id,
            title=self.title,
            text=self.text,
            language=self.language,
            speaker=self.speaker,
            said_at=period_of(self.said_at),
            stance=self.stance,
            withdrawn=self.withdrawn,
            source=self.source.restored(),
            narratives=tuple(ref.restored() for ref in self.narratives),
            findings=tuple(finding.restored() for finding in self.findings),
            prediction=prediction_of(self.prediction),
            said_before=period_of(self.said_before),
        )


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """Stored match of a check. Reviews have rows of their own, and are no part of it."""

    id: str
    precedent: StoredPrecedent
    tier: str | None
    score: float
    signals: dict[str, float]
    days_before: int | None
    repeated: tuple[StoredAligned, ...] = ()
    changed: tuple[StoredAligned, ...] = ()
    added: tuple[StoredAdded, ...] = ()
    dropped: tuple[StoredDropped, ...] = ()
    found_by_hand: bool = False
    explanation: str | None = None
    relation: Relation = "repeats"
    stance: StanceLabel | None = None
    claim: StoredQuote | None = None
    v: int = 0
    """The version of the layout, where the match is stored alone."""

    @classmethod
    def of(cls, match: Match) -> "StoredMatch":
        return cls(
            id=match.id,
            precedent=StoredPrecedent.of(match.precedent),
            tier=match.tier.value if match.tier else None,
            score=match.score,
            signals=dict(match.signals),
            days_before=match.days_before,
            repeated=tuple(map(StoredAligned.of, match.repeated)),
            changed=tuple(map(StoredAligned.of, match.changed)),
            added=tuple(StoredAdded(span.role, StoredQuote.of(span.statement)) for span in match.added),
            dropped=tuple(StoredDropped(span.role, StoredQuote.of(span.precedent)) for span in match.removed),
            found_by_hand=match.found_by_hand,
            explanation=match.explanation,
            relation=match.relation,
            stance=match.stance,
            claim=StoredQuote.of(match.claim) if match.claim else None,
            v=VERSION,
        )

    def restored(self) -> Match:
        return Match(
            id=self.id,
            precedent=self.precedent.restored(),
            tier=Tier(self.tier) if self.tier else None,
            score=self.score,
            signals=self.signals,
            days_before=self.days_before,
            repeated=tuple(span.restored() for span in self.repeated),
            changed=tuple(span.restored() for span in self.changed),
            added=tuple(AddedSpan(role=span.role, statement=span.statement.restored()) for span in self.added),
            removed=tuple(RemovedSpan(role=span.role, precedent=span.precedent.restored()) for span in self.dropped),
            found_by_hand=self.found_by_hand,
            explanation=self.explanation,
            relation=self.relation,
            stance=self.stance,
            claim=self.claim.restored() if self.claim else None,
        )


@dataclass(frozen=True, slots=True)
class StoredModel:
    """With what a check was answered."""

    embedder: str
    fingerprint: str
    policy: str
    suggest_at: float
    flag_at: float
    index_checkpoint: int

    @classmethod
    def of(cls, model: ModelUsed) -> "StoredModel":
        return cls(
            embedder=model.embedder,
            fingerprint=model.fingerprint,
            policy=model.policy,
            suggest_at=model.suggest_at,
            flag_at=model.flag_at,
            index_checkpoint=model.index_checkpoint,
        )

    def restored(self) -> ModelUsed:
        return ModelUsed(
            embedder=self.embedder,
            fingerprint=self.fingerprint,
            policy=self.policy,
            suggest_at=self.suggest_at,
            flag_at=self.flag_at,
            index_checkpoint=self.index_checkpoint,
        )


@dataclass(frozen=True, slots=True)
class StoredCheck:
    """A check as it was answered."""

    id: str
    created_at: datetime
    text: str
    language: StoredLanguage
    stance: StoredStance
    flagged: bool
    summary: str | None
    recurrence: StoredRecurrence | None
    matches: tuple[StoredMatch, ...]
    model: StoredModel
    said_at: StoredPeriod | None = None
    speaker: str | None = None
    source: StoredSource | None = None
    known_at: StoredPeriod | None = None
    prediction: StoredPrediction | None = None
    narratives: tuple[StoredHistory, ...] = ()
    document: str | None = None
    phrased_in: str = "en"
    notice: StoredNotice | None = None
    v: int = 0
    """The version of the layout; 0 where none was written."""

    @classmethod
    def of(cls, check: Check) -> "StoredCheck":
        return cls(
            id=check.id,
            created_at=check.created_at,
            text=check.text,
            language=StoredLanguage(check.language.code, check.language.detected),
            stance=StoredStance(check.stance.label, stored_quotes(check.stance.cues), check.stance.reason),
            flagged=check.flagged,
            summary=check.summary,
            recurrence=StoredRecurrence.of(check.recurrence) if check.recurrence else None,
            matches=tuple(map(StoredMatch.of, check.matches)),
            model=StoredModel.of(check.model),
            said_at=StoredPeriod.of(check.said_at),
            speaker=check.speaker,
            source=StoredSource.of(check.source) if check.source else None,
            known_at=StoredPeriod.of(check.known_at),
            prediction=StoredPrediction.of(check.prediction),
            narratives=tuple(map(StoredHistory.of, check.narratives)),
            document=check.document,
            phrased_in=check.phrased_in,
            notice=StoredNotice(check.notice.code, check.notice.detail) if check.notice else None,
            v=VERSION,
        )

    def restored(self) -> Check:
        check_version(self.v)
        return Check(
            id=self.id,
            created_at=self.created_at,
            text=self.text,
            language=Language(code=self.language.code, detected=self.language.detected),
            stance=Stance(label=self.stance.label, cues=quotes_of(self.stance.cues), reason=self.stance.reason),
            flagged=self.flagged,
            summary=self.summary,
            recurrence=self.recurrence.restored() if self.recurrence else None,
            matches=tuple(match.restored() for match in self.matches),
            model=self.model.restored(),
            said_at=period_of(self.said_at),
            speaker=self.speaker,
            source=self.source.restored() if self.source else None,
            known_at=period_of(self.known_at),
            prediction=prediction_of(self.prediction),
            narratives=tuple(history.restored() for history in self.narratives),
            document=self.document,
            phrased_in=self.phrased_in,
            notice=Notice(self.notice.code, self.notice.detail) if self.notice else None,
        )


_CHECK = TypeAdapter(StoredCheck)
_MATCH = TypeAdapter(StoredMatch)


def check_as_json(check: Check) -> str:
    """A check as its row keeps it; its reviews have rows of their own."""
    return _CHECK.dump_json(StoredCheck.of(check)).decode()


def check_from_json(stored: str) -> Check:
    """The check that a row keeps, without its reviews. Raises `NewerLayout`."""
    return _CHECK.validate_json(stored).restored()


def match_as_json(match: Match) -> str:
    """A match that an analyst found by hand, as its row keeps it."""
    return _MATCH.dump_json(StoredMatch.of(match)).decode()


def match_from_json(stored: str) -> Match:
    """The match that a row keeps, without its review. Raises `NewerLayout`."""
    match = _MATCH.validate_json(stored)
    check_version(match.v)
    return match.restored()
