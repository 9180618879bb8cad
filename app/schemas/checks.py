"""Checks, as they are asked for and answered."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from app.domain.checks.checks import CheckRequest, MinimumTier, NoticeCode, Relation
from app.domain.checks.reviews import Decision
from app.domain.checks.scoring import Tier
from app.domain.explanations.role_spans import Role
from app.domain.statements.statements import Source
from app.schemas.fields import Address, DateIn, DateOut, LanguageTag, Name, Shown, StatementText, Strict, example, whole
from app.schemas.findings import FindingOut
from app.schemas.narratives import NarrativeRefOut
from app.schemas.predictions import PredictionOut, TallyOut, TextQuoteSelector
from app.schemas.problems import Problem
from app.schemas.statements import SourceOut

StanceLabel = Literal["assertion", "report", "denial", "question"]


class CheckSource(Strict):
    """Source in which the statement appeared."""

    name: Name | None = None
    url: Address | None = None


class CheckIn(Strict):
    """A statement in hand. Only `text` is required."""

    model_config = example(
        text="Militants are about to stage a chemical attack in Idlib to blame the government.",
        said_at="2021-05-23",
        speaker="Alexander Karpov",
    )

    text: StatementText
    language: LanguageTag | None = Field(None, description="Detected when absent.")
    said_at: DateIn | None = Field(None, description="When it was said; absent: now.")
    speaker: Name | None = None
    source: CheckSource | None = None
    known_at: DateIn | None = Field(None, description="Answer from what had been learned by then.")
    earlier_only: bool = Field(True, description="false also returns precedents that are not earlier.")
    limit: Annotated[int, Field(ge=1, le=50), whole] = 5
    minimum_tier: MinimumTier = Field("same_topic", description="`any` returns all candidates, ranked.")
    record: bool = Field(True, description="false stores nothing.")

    def request(self) -> CheckRequest:
        return CheckRequest(
            text=self.text,
            language=self.language,
            said_at=self.said_at,
            speaker=self.speaker,
            source=Source(self.source.name, self.source.url) if self.source else None,
            known_at=self.known_at,
            earlier_only=self.earlier_only,
            limit=self.limit,
            minimum_tier=self.minimum_tier,
            record=self.record,
        )


class BatchIn(Strict):
    """Up to a hundred checks, answered by one batch of the model."""

    model_config = example(checks=[{"text": "A chemical attack is being staged in Idlib.", "said_at": "2021-05-23"}])

    checks: list[Any] = Field(
        min_length=1, max_length=100, json_schema_extra={"items": {"$ref": "#/components/schemas/CheckIn"}}
    )


class AlignedOut(Shown):
    """A part that both texts have."""

    role: Role
    statement: TextQuoteSelector
    precedent: TextQuoteSelector


class AddedOut(Shown):
    """A part that only the statement has."""

    role: Role
    statement: TextQuoteSelector


class DroppedOut(Shown):
    """A part that only the precedent has."""

    role: Role
    precedent: TextQuoteSelector


class LanguageOut(Shown):
    """The statement's language, and whether we detected it."""

    code: str
    detected: bool


class StanceOut(Shown):
    """Stance of the text, or of its part that matches best: it asserts, reports, denies or asks."""

    label: StanceLabel | None = Field(description="null where the language is not read; `reason` says so.")
    cues: list[TextQuoteSelector]
    reason: str | None = Field(None, description="Why there is no label, in a sentence; null where there is one.")


class RecurrenceOut(Shown):
    """Recurrence of the script, over all precedents found that reach `same_script`."""

    count: int
    first_said_at: DateOut | None
    last_said_at: DateOut | None
    gaps_days: list[int]
    days_since_last: int | None
    typical_interval_days: int | None = Field(description="The median of at least two gaps.")
    said_before: DateOut | None = Field(
        None, description="Of those counted without a date of their own: the earliest day by which one had been said."
    )


class NarrativeHistoryOut(Shown):
    """A narrative's past as of the check: all its dated statements that are earlier, and what they predicted."""

    id: str
    title: str
    recurrence: RecurrenceOut
    predictions: TallyOut


class PrecedentOut(Shown):
    """The earlier statement, as it was when the check was made, but for `withdrawn`."""

    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: DateOut | None
    stance: StanceLabel | None = Field(description="Of its sentence that matches; null where its language is not read.")
    withdrawn: bool
    source: SourceOut
    narratives: list[NarrativeRefOut]
    findings: list[FindingOut]
    prediction: PredictionOut | None = Field(description="What it predicts, with its status as of the check.")
    said_before: DateOut | None = Field(
        None, description="Where `said_at` is null: it had been said by the end of this, such as the day of its review."
    )


class ReviewerOut(Shown):
    """Reviewer: the key that decided, by its id and name."""

    id: str
    name: str


class ReviewOut(Shown):
    """A decision about a match or, where `match_id` is null, the dismissal of all of them."""

    id: str
    match_id: str | None
    precedent_id: str | None
    verdict: Decision
    reason: str | None
    by: ReviewerOut
    at: datetime
    stands: bool = Field(description="Whether it is the last word on its match that was not taken back.")
    undone_by: ReviewerOut | None
    undone_at: datetime | None
    archived: str | None = Field(description="Id of the statement that it put on record.")
    counter_example: bool
    narratives: list[NarrativeRefOut] = Field(description="Where it filed the checked text.")


class MatchOut(Shown):
    """One precedent, the best first."""

    id: str
    precedent: PrecedentOut
    tier: Tier | None = Field(description="null only below every tier, with `minimum_tier: any`.")
    relation: Relation = Field(
        description="`opposes` where one of the two asserts what the other denies: it is never flagged, nor counted."
    )
    claim: TextQuoteSelector | None = Field(
        description="The part of `text` that matches, where that is not all of it: a sentence or a clause."
    )
    stance: StanceLabel | None = Field(
        description="What the text, or the part of it in `claim`, does with what it says; null where it is not read, "
        "for a match found by hand, and in answers of earlier releases."
    )
    score: float = Field(
        ge=0, le=1, description="The calibrated probability that an analyst would file the two under the same script."
    )
    signals: Annotated[dict[str, float], BeforeValidator(lambda v: dict(v) if isinstance(v, Mapping) else v)]
    repeated: list[AlignedOut]
    changed: list[AlignedOut]
    added: list[AddedOut]
    dropped: list[DroppedOut] = Field(validation_alias="removed")
    explanation: str | None = Field(
        None,
        description="What it has to do with the text, in words and in the language of `Content-Language`.",
        examples=["The same script as on 24 April 2021 (Alexander Karpov, TASS): again the White Helmets."],
    )
    days_before: int | None
    review: ReviewOut | None = Field(description="The review that stands about it.")
    found_by_hand: bool = Field(description="An analyst found it: its `tier` is null, its `score` 0.")


class ModelOut(Shown):
    """Model behind an answer, and its thresholds."""

    embedder: str
    fingerprint: str
    policy: str
    suggest_at: float
    flag_at: float
    index_checkpoint: int


class NoticeOut(Shown):
    """Notice about the text that was sent."""

    code: NoticeCode = Field(
        description="`one_word`: one word is no statement, and was not looked up; `long_text`: the text is long "
        "for one statement, and better sent to `/v1/documents`, which reads it claim by claim; `undated`, of an "
        "article: its day is not known, so its claims count as made today; `future`: its date is in the future, so "
        "that all that was said until now counts as earlier."
    )
    detail: str = Field(description="The same in words, in the language of `Content-Language`.")


class CheckOut(Shown):
    """The answer: precedents, the best first. Without any, `summary` and `recurrence` are null."""

    id: str
    created_at: datetime
    html_url: str = Field("", description="The check as a page.")
    text: str
    language: LanguageOut
    said_at: DateOut | None
    speaker: str | None
    source: SourceOut | None
    document: str | None = Field(None, description="The article that it is part of, by its id.")
    stance: StanceOut
    flagged: bool
    notice: NoticeOut | None = Field(
        None, description="That the text is no statement or more than one, or its date in the future; mostly null."
    )
    summary: str | None = Field(examples=["Said at least once before: on 24 April 2021, 29 days earlier."])
    recurrence: RecurrenceOut | None
    known_at: DateOut | None
    prediction: PredictionOut | None = Field(description="What the statement predicts; null where it predicts nothing.")
    narratives: list[NarrativeHistoryOut] = Field(
        description="The pasts of the narratives of those matches that reach `same_script`."
    )
    matches: list[MatchOut]
    model: ModelOut


class BatchOut(Shown):
    """For each check, in order, its answer or the problem with it."""

    results: Sequence[CheckOut | Problem]


class CheckList(Shown):
    """A page of the organisation's checks, the newest first."""

    items: Sequence[CheckOut]
    next_cursor: str | None
