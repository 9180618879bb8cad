"""The answer to a check, made of what was gathered for it: asks neither the database nor the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from app.domain.checks.checks import (
    Check,
    CheckRequest,
    Language,
    Match,
    ModelUsed,
    Precedent,
    Stance,
    StanceLabel,
    days_before,
)
from app.domain.checks.recurrence import Recurrence
from app.domain.checks.scoring import Tier, tier_of_aligned
from app.domain.core.dates import Period, instant, last_moment_of
from app.domain.core.messages import Messages
from app.domain.explanations.role_spans import AlignedSpans
from app.domain.narratives.history import NarrativeHistory, with_status
from app.domain.predictions.predictions import AsOf
from app.domain.statements.statements import Statement
from app.language.explanation.sentences import with_explanations
from app.language.predictions.detection import detect_prediction
from app.services.checks.notices import notice_of
from app.services.explanations.explain_matches import ExplainMatches
from index.alignment.phrases import AlignmentInput
from index.contract import EncodedText


@dataclass(frozen=True, slots=True)
class RankedPrecedent:
    """A statement that is shown as a precedent, with what was read of it and how it was ranked."""

    statement: Statement
    stance: StanceLabel
    side: AlignmentInput | None
    """As it is aligned; None where its token features are not stored yet."""
    signals: Mapping[str, float]
    score: float
    tier: Tier | None


@dataclass(frozen=True, slots=True)
class GatheredCheck:
    """A request with all that its answer is made of."""

    request: CheckRequest
    language: Language
    encoded: EncodedText
    now: datetime
    stance: Stance
    """Stance of the checked text."""
    flagged: bool
    recurrence: Recurrence | None
    precedents: Sequence[RankedPrecedent]
    """The best first."""
    histories: tuple[NarrativeHistory, ...]
    """Histories of the narratives of precedents that follow the same script."""
    model: ModelUsed


def decide_check(gathered: GatheredCheck, explain_matches: ExplainMatches, phrases: Messages) -> Check:
    """The check, with its matches explained in the language of `phrases`; only the ids are drawn by lot."""
    request, language = gathered.request, gathered.language.code
    said_at = request.said_at or instant(gathered.now)
    as_of = AsOf((request.known_at or said_at).begins, last_moment_of(request.known_at))
    sides = [precedent.side for precedent in gathered.precedents]
    spans = explain_matches.align(request.text, language, gathered.encoded, sides)
    check = Check(
        id=str(uuid4()),
        created_at=gathered.now,
        text=request.text,
        language=gathered.language,
        stance=gathered.stance,
        flagged=gathered.flagged,
        summary=None,
        recurrence=gathered.recurrence,
        matches=tuple(
            _match(precedent, common, said_at, as_of)
            for precedent, common in zip(gathered.precedents, spans, strict=True)
        ),
        model=gathered.model,
        said_at=request.said_at,
        speaker=request.speaker,
        source=request.source,
        document=request.document,
        known_at=request.known_at,
        prediction=detect_prediction(request.text, language, said_at),
        narratives=gathered.histories,
        notice=notice_of(request.text, language, phrases),
    )
    return with_explanations(check, phrases)


def _match(precedent: RankedPrecedent, spans: AlignedSpans, said_at: Period, as_of: AsOf) -> Match:
    statement = precedent.statement
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    return Match(
        id=str(uuid4()),
        precedent=Precedent.of(statement, precedent.stance, with_status(prediction, statement.findings, as_of)),
        tier=tier_of_aligned(precedent.tier, conflicting=spans.conflicting),
        score=round(precedent.score, 4),
        signals={name: round(value, 4) for name, value in precedent.signals.items()},
        days_before=days_before(statement.said_at, said_at),
        repeated=spans.repeated,
        changed=spans.changed,
        added=spans.added,
        removed=spans.removed,
    )
