"""Checks: the request, the ranking of candidates, and the answer."""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from app.domain.checks.pair_scoring import Scoring
from app.domain.checks.recurrence import Recurrence, recurrence_of
from app.domain.checks.reviews import Review
from app.domain.checks.scoring import Tier
from app.domain.core.dates import Earlier, Later, Period, days_between, earlier_than
from app.domain.core.text_quotes import TextQuote
from app.domain.explanations.role_spans import AddedSpan, AlignedSpan, RemovedSpan
from app.domain.narratives.history import NarrativeHistory, dedup_key
from app.domain.predictions.predictions import Prediction
from app.domain.statements.statements import Finding, NarrativeRef, Source, Statement

StanceLabel = Literal["assertion", "report", "denial", "question"]
Relation = Literal["repeats", "opposes"]
MinimumTier = Literal["near_verbatim", "same_script", "same_topic", "any"]
NoticeCode = Literal["one_word", "long_text", "undated", "future"]


@dataclass(frozen=True, slots=True)
class Stance:
    """Stance of a text towards its content (asserts, denies, asks, ...), and the words that show it."""

    label: StanceLabel | None = "assertion"
    """None where the language is not read."""
    cues: tuple[TextQuote, ...] = ()
    reason: str | None = None
    """Why there is no label; None where there is one."""


@dataclass(frozen=True, slots=True)
class Language:
    """Language of a checked text, and whether it was detected."""

    code: str
    detected: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Notice about the text that was sent: it is no statement, or more than one."""

    code: NoticeCode
    """`one_word`: it was not looked up; `long_text`: it is better sent as a document, claim by claim; `undated`: an
    article whose day of publication is not known."""
    detail: str


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """Request for a check: a statement, and filters for its precedents."""

    text: str
    language: str | None = None
    said_at: Period | None = None
    speaker: str | None = None
    source: Source | None = None
    known_at: Period | None = None
    earlier_only: bool = True
    limit: int = 5
    minimum_tier: MinimumTier = "same_topic"
    record: bool = True
    explained: bool = True
    """False: without summary and explanations, unless it is recorded."""
    document: str | None = None
    """Id of the article that it is part of."""
    language_detected: bool = False
    """`language` was detected from the article."""

    def window(self, now: datetime) -> Earlier | Later:
        """Window of dates that precedents must lie in."""
        return earlier_than(self.said_at, now) if self.earlier_only else Earlier()


@dataclass(frozen=True, slots=True)
class Candidate:
    """Statement retrieved from the index, with the features for ranking it; `signals` as in `index.search.features`."""

    key: int
    text: str
    speaker: str | None
    """By the name that the organisation's aliases of speakers lead to."""
    said_at: Period | None
    signals: Mapping[str, float]
    narratives: frozenset[int] = frozenset()
    """Keys of its narratives."""
    one_word: bool = False
    """Its title and text are one word: no statement that anything could repeat."""
    counter_similarity: float | None = None
    """Cosine similarity of the closest counter-example of its narratives; None where they have none."""
    said_before: Period | None = None
    """Period by whose end it had been said; None where `said_at` is known."""
    passage: int = 0
    """Number of the passage of the checked text that its signals are of; 0 is the whole text."""
    fits_whole: bool = True
    """True if the whole text fits it nearly as well as that passage."""

    @property
    def has_negative_example(self) -> bool:
        """True if the checked text is at least as close to a negative example of the candidate's narratives as to the
        candidate."""
        return self.counter_similarity is not None and self.counter_similarity >= round(self.signals["dense"], 6)

    @property
    def dedup_key(self) -> tuple[str, str | None, str]:
        """Key of deduplication: equal for statements with the same text, speaker and day."""
        return dedup_key(self.text, self.speaker, self.said_at)


@dataclass(frozen=True, slots=True)
class Precedent:
    """Statement as a match shows it: as it was when the check was made, except for `withdrawn`."""

    key: int
    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: Period | None
    stance: StanceLabel | None
    """Of its sentence that matches; None where its language is not read."""
    withdrawn: bool
    source: Source
    narratives: tuple[NarrativeRef, ...]
    findings: tuple[Finding, ...]
    prediction: Prediction | None = None
    """Its prediction, with the status as of the check; None where it predicts nothing."""
    said_before: Period | None = None
    """Period by whose end it had been said; None where `said_at` is known."""

    @classmethod
    def of(cls, statement: Statement, stance: StanceLabel | None, prediction: Prediction | None = None) -> "Precedent":
        return cls(
            key=statement.key,
            id=statement.id,
            external_id=statement.external_id,
            title=statement.title,
            text=statement.text,
            language=statement.language,
            speaker=statement.speaker,
            said_at=statement.said_at,
            stance=stance,
            withdrawn=statement.withdrawn,
            source=statement.source,
            narratives=statement.narratives,
            findings=statement.findings,
            prediction=prediction,
            said_before=statement.said_before,
        )


@dataclass(frozen=True, slots=True)
class Match:
    """Match: a precedent in the answer to a check. `tier` is None only where candidates below every tier were
    requested."""

    id: str
    precedent: Precedent
    tier: Tier | None
    score: float
    signals: Mapping[str, float]
    days_before: int | None
    repeated: tuple[AlignedSpan, ...] = ()
    changed: tuple[AlignedSpan, ...] = ()
    added: tuple[AddedSpan, ...] = ()
    removed: tuple[RemovedSpan, ...] = ()
    review: Review | None = None
    """Effective review of the match; attached when a check is read, and not part of the stored answer."""
    found_by_hand: bool = False
    """Linked by an analyst: it has no tier, and the score 0."""
    explanation: str | None = None
    """Explanation in a sentence or a few; None for a match found by hand."""
    relation: Relation = "repeats"
    """`opposes` where one of the two asserts what the other denies."""
    stance: StanceLabel | None = None
    """Stance of the part of the checked text that matches; None where it is not read, and for a match found by hand."""
    claim: TextQuote | None = None
    """Part of the checked text that matches; None where that is the whole text."""


@dataclass(frozen=True, slots=True)
class ModelUsed:
    """Versions of the models and cut-offs that a check was answered with, so that it can be repeated."""

    embedder: str
    fingerprint: str
    policy: str
    suggest_at: float
    flag_at: float
    index_checkpoint: int


@dataclass(frozen=True, slots=True)
class Check:
    """Check: a similarity request and its answer."""

    id: str
    created_at: datetime
    text: str
    language: Language
    stance: Stance
    flagged: bool
    summary: str | None
    recurrence: Recurrence | None
    matches: tuple[Match, ...]
    model: ModelUsed
    said_at: Period | None = None
    speaker: str | None = None
    source: Source | None = None
    known_at: Period | None = None
    prediction: Prediction | None = None
    """Prediction made by the checked text."""
    narratives: tuple[NarrativeHistory, ...] = ()
    """Histories of the narratives of shown matches that reach the same script, in the matches' order."""
    document: str | None = None
    """Id of the article that it is part of."""
    phrased_in: str = "en"
    """The language of `summary`, `notice` and the explanations."""
    notice: Notice | None = None

    def with_withdrawn(self, withdrawn: frozenset[str]) -> "Check":
        """Copy of this check with the given precedents marked as withdrawn."""
        return replace(
            self,
            matches=tuple(
                replace(match, precedent=replace(match.precedent, withdrawn=match.precedent.id in withdrawn))
                for match in self.matches
            ),
        )


@dataclass(frozen=True, slots=True)
class RankedCandidates:
    """Ranked candidates with their scores and the decision on a flag, before ids are given."""

    flagged: bool
    recurrence: Recurrence | None
    ranked: tuple[tuple[Candidate, float, Tier | None], ...]


SaidBefore = Callable[[Sequence[Candidate]], AbstractSet[int]]
"""Of candidates, the keys of those that the text repeats: by the stances of both (`app.domain.checks.polarity`)."""


def rank_candidates(
    request: CheckRequest,
    said_at: Period,
    candidates: Sequence[Candidate],
    policy: Scoring,
    said_before: SaidBefore,
) -> RankedCandidates:
    """Scores, ranks and filters candidates within the window. `said_at` is the check's date, or now.

    Only those of `said_before`, which is asked for the shown ones and for those that reach the same script, are
    flagged or counted.
    """
    scores = policy.scores(
        [candidate.signals for candidate in candidates], [candidate.narratives for candidate in candidates]
    )
    scored = sorted(zip(candidates, scores, strict=True), key=lambda pair: (-pair[1], pair[0].key))
    ranked = [
        (candidate, score, _limited_tier(candidate, policy.tier(score, candidate.signals)))
        for candidate, score in scored
    ]
    scripted = [
        candidate
        for candidate, score, tier in ranked
        if score >= policy.suggest_at and tier is not None and tier.rank <= Tier.SAME_SCRIPT.rank
    ]
    if request.minimum_tier == "any":
        shown = ranked[: request.limit]
    else:
        lowest = Tier(request.minimum_tier).rank
        shown = [entry for entry in ranked if entry[1] >= policy.suggest_at and entry[2] and entry[2].rank <= lowest][
            : request.limit
        ]
    if not shown:
        return RankedCandidates(flagged=False, recurrence=None, ranked=())
    close = {candidate.key: candidate for candidate in [*(candidate for candidate, _, _ in shown), *scripted]}
    repeated = said_before(list(close.values()))
    flagged = any(
        score >= policy.flag_at
        and tier is not None
        and tier.rank <= Tier.SAME_SCRIPT.rank
        and candidate.key in repeated
        for candidate, score, tier in shown
    )
    earlier = Earlier(ends_by=said_at.begins) if request.said_at else Earlier(begins_by=said_at.begins)
    counted = [candidate for candidate in scripted if candidate.key in repeated]
    dates = [date for date in _distinct_dates(counted) if earlier.admits(date)]
    bounds = [bound for bound in _distinct_bounds(counted) if earlier.admits(bound)]
    recurrence = recurrence_of(dates, said_at, bounds)
    return RankedCandidates(flagged, recurrence, tuple(shown))


def days_before(precedent: Period | None, said_at: Period) -> int | None:
    """Days from the precedent to the check's date (or to now, where it has none); None for an undated precedent."""
    return None if precedent is None else days_between(precedent, said_at)


def _limited_tier(candidate: Candidate, tier: Tier | None) -> Tier | None:
    """The tier, but no closer than `same_topic` for a candidate that a counter-example speaks against, and none for one
    of one word."""
    if candidate.one_word:
        return None
    return Tier.SAME_TOPIC if tier and candidate.has_negative_example else tier


def _distinct_dates(candidates: Sequence[Candidate]) -> list[Period]:
    """The periods of the dated candidates; the same text, speaker and day once."""
    distinct = {candidate.dedup_key: candidate.said_at for candidate in candidates}
    return [period for period in distinct.values() if period is not None]


def _distinct_bounds(candidates: Sequence[Candidate]) -> list[Period]:
    """The bounds of the undated candidates; the same text and speaker once, and not where a dated one says it too."""
    dated = {candidate.dedup_key[:2] for candidate in candidates if candidate.said_at}
    distinct: dict[tuple[str, str | None], Period] = {}
    for candidate in candidates:
        text_and_speaker = candidate.dedup_key[:2]
        if candidate.said_before and candidate.said_at is None and text_and_speaker not in dated:
            known = distinct.get(text_and_speaker, candidate.said_before)
            distinct[text_and_speaker] = min(known, candidate.said_before, key=lambda bound: bound.ends)
    return list(distinct.values())
