"""The answer to a check, made of what was gathered for it: asks neither the database nor the index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from app.domain.checks.checks import (
    Check,
    CheckRequest,
    Match,
    ModelUsed,
    Precedent,
    Relation,
    Stance,
    StanceLabel,
    days_before,
)
from app.domain.checks.polarity import Negation, relation_of
from app.domain.checks.recurrence import Recurrence
from app.domain.checks.scoring import Tier, tier_of_aligned
from app.domain.core.dates import Period, instant, last_moment_of
from app.domain.core.messages import Messages
from app.domain.explanations.role_spans import AlignedSpans
from app.domain.narratives.history import NarrativeHistory, with_status
from app.domain.predictions.predictions import DEFAULT_HORIZON, AsOf, Horizon
from app.domain.statements.statements import Statement
from app.language.explanation.sentences import with_explanations
from app.language.predictions.detection import detect_prediction
from app.services.checks.checked_text import CheckedText
from app.services.checks.notices import future_notice, notice_of


@dataclass(frozen=True, slots=True)
class RankedPrecedent:
    """A statement that is shown as a precedent, with what was read of it and how it was ranked."""

    statement: Statement
    stance: StanceLabel | None
    spans: AlignedSpans
    """Phrases in common with the passage of the checked text that is shown; quotes are of the whole text."""
    signals: Mapping[str, float]
    score: float
    tier: Tier | None
    text_stance: Stance
    """Of the passage of the checked text that matches."""
    shown: int
    """Number of the passage that is shown as the one that matches."""
    negation: Negation | None
    """How the negated words of that passage and of the statement compare."""

    @property
    def relation(self) -> Relation:
        """`opposes` where stances, negated words or aligned phrases say so."""
        if self.spans.opposed:
            return "opposes"
        return relation_of(self.text_stance.label, self.stance, self.negation)


@dataclass(frozen=True, slots=True)
class GatheredCheck:
    """A request with all that its answer is made of."""

    request: CheckRequest
    text: CheckedText
    now: datetime
    stance: Stance
    """Stance of the passage that repeats most, or else matches best; of the whole text where nothing is suggested."""
    flagged: bool
    recurrence: Recurrence | None
    precedents: Sequence[RankedPrecedent]
    """The best first."""
    histories: tuple[NarrativeHistory, ...]
    """Histories of the narratives of precedents that follow the same script."""
    model: ModelUsed
    horizon: Horizon = DEFAULT_HORIZON
    """After which predictions without a date lapse."""


def decide_check(gathered: GatheredCheck, phrases: Messages) -> Check:
    """The check, with its matches explained in the language of `phrases`; only the ids are drawn by lot."""
    request, text = gathered.request, gathered.text
    said_at = request.said_at or instant(gathered.now)
    as_of = AsOf((request.known_at or said_at).begins, last_moment_of(request.known_at), gathered.horizon)
    check = Check(
        id=str(uuid4()),
        created_at=gathered.now,
        text=request.text,
        language=text.language,
        stance=gathered.stance,
        flagged=gathered.flagged,
        summary=None,
        recurrence=gathered.recurrence,
        matches=tuple(_match(precedent, text, said_at, as_of) for precedent in gathered.precedents),
        model=gathered.model,
        said_at=request.said_at,
        speaker=request.speaker,
        source=request.source,
        document=request.document,
        known_at=request.known_at,
        prediction=detect_prediction(request.text, text.language.code, said_at),
        narratives=gathered.histories,
        notice=notice_of(request.text, text.language.code, phrases)
        or future_notice(request.said_at, gathered.now, phrases),
    )
    if not (request.explained or request.record):
        return replace(check, phrased_in=phrases.language)
    return with_explanations(check, phrases)


def _match(precedent: RankedPrecedent, text: CheckedText, said_at: Period, as_of: AsOf) -> Match:
    statement, spans = precedent.statement, precedent.spans
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
        relation=precedent.relation,
        stance=precedent.text_stance.label,
        claim=text.claim(precedent.shown),
    )
