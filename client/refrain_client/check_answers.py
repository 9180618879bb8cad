"""Answers of the service to a check, and the reviews of analysts."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from refrain_client.archive_answers import Finding, NarrativeRef, Source, Statement, Tally

Stances = Literal["assertion", "report", "denial", "question"]
Polarity = Literal["repeats", "opposes"]
Tier = Literal["near_verbatim", "same_script", "same_topic"]
Verdict = Literal["confirmed", "dismissed"]
FlagState = Literal["open", "confirmed", "dismissed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextQuoteSelector:
    """A part of a text; `start` and `end` count Unicode code points, as Python does."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A part that both texts have."""

    role: str
    statement: TextQuoteSelector
    precedent: TextQuoteSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A part that only the statement has."""

    role: str
    statement: TextQuoteSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class Dropped:
    """A part that only the precedent has."""

    role: str
    precedent: TextQuoteSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A statement's language, and whether the service detected it."""

    code: str
    detected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stance:
    """Stance of a text on what it says; without a label, and with the reason, where its language is not read."""

    label: Stances | None
    cues: list[TextQuoteSelector]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """Number of times that the script came before, with dates."""

    count: int
    first_said_at: str | None
    last_said_at: str | None
    gaps_days: list[int]
    days_since_last: int | None
    typical_interval_days: int | None = None
    said_before: str | None = None
    """The median of at least two gaps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PredictionStatus:
    """Outcome of a prediction, as far as one is recorded, and the finding that says so."""

    label: Literal["happened", "did_not_happen", "unknown", "disputed", "expired", "open"]
    evidence: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Prediction of an event by a text; `until` is None where the words of the `window` do not say it."""

    cues: list[TextQuoteSelector]
    window: TextQuoteSelector | None
    until: str | None
    status: PredictionStatus | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NarrativeHistory:
    """A narrative's past as of a check."""

    id: str
    title: str
    recurrence: Recurrence
    predictions: Tally


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedent:
    """An earlier statement, as it was when the check was made, but for `withdrawn`."""

    id: str
    external_id: str | None
    title: str | None
    text: str
    language: str
    speaker: str | None
    said_at: str | None
    stance: Stances | None
    withdrawn: bool
    source: Source
    narratives: list[NarrativeRef]
    findings: list[Finding]
    prediction: Prediction | None = None
    said_before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A part of a text, and what it is in it."""

    role: str
    span: TextQuoteSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One appearance of a narrative; `slots` are its parts in the roles that vary."""

    id: str
    said_at: str | None
    speaker: str | None
    source: Source
    title: str | None
    text: str
    language: str
    stance: Stances | None
    findings: list[Finding]
    prediction: Prediction | None
    slots: list[Slot]
    sightings: int
    withdrawn: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """A page of a narrative's appearances in order of time, those without a date last, and what all amount to."""

    recurrence: Recurrence
    predictions: Tally
    variable_roles: list[str]
    items: list[TimelineEntry]
    next_cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A statement that follows the same script as another, and the `days` between the two."""

    statement: Statement
    tier: Tier
    score: float
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """Statements that a statement repeats and those that repeated it, the most alike first."""

    precedents: list[Relation]
    echoes: list[Relation]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Author of a review: a key, by its id and name."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """A field's value before and after."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change of a statement; `by` is None where nobody is known, `reason` where nobody gave one."""

    at: datetime
    what: Literal["created", "edited", "withdrawn", "restored"]
    by: Reviewer | None
    changes: list[FieldChange]
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A decision about a match or, where `match_id` is None, about all of them."""

    id: str
    match_id: str | None
    precedent_id: str | None
    verdict: Verdict
    reason: str | None
    by: Reviewer
    at: datetime
    stands: bool
    undone_by: Reviewer | None
    undone_at: datetime | None
    archived: str | None
    counter_example: bool
    narratives: list[NarrativeRef]


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One precedent of a check. `tier` is None only below every tier, or where an analyst found it by hand."""

    id: str
    precedent: Precedent
    tier: Tier | None
    score: float
    signals: dict[str, float]
    repeated: list[Aligned]
    changed: list[Aligned]
    added: list[Added]
    dropped: list[Dropped]
    days_before: int | None
    review: Review | None
    found_by_hand: bool = False
    explanation: str | None = None
    """What it has to do with the text, in words; None where an analyst found it by hand."""
    relation: Polarity = "repeats"
    """`opposes` where one of the two asserts what the other denies."""
    claim: TextQuoteSelector | None = None
    """The part of the text that matches; None where that is all of it."""
    stance: Stances | None = None
    """What the text, or the part of it in `claim`, does with what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Model that answered, with its cut-offs."""

    embedder: str
    fingerprint: str
    policy: str
    suggest_at: float
    flag_at: float
    index_checkpoint: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Remark of the service on a text that is no statement, or more than one."""

    code: Literal["one_word", "long_text", "undated"]
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Check of a statement. `matches` has the precedents, the best first; without any, `summary` is None."""

    id: str
    created_at: datetime
    html_url: str
    text: str
    language: Language
    said_at: str | None
    speaker: str | None
    source: Source | None
    stance: Stance
    flagged: bool
    summary: str | None
    recurrence: Recurrence | None
    matches: list[Match]
    model: Model
    known_at: str | None = None
    prediction: Prediction | None = None
    narratives: list[NarrativeHistory] = field(default_factory=list)
    document: str | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Check):
    """A check that was flagged or reviewed. `version` rises with every decision."""

    state: FlagState | None
    version: int
    assigned_to: Reviewer | None
    reviews: list[Review] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagNow:
    """Present state of a flag."""

    id: str
    state: FlagState | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Review):
    """A review, and how its flag stands now."""

    flag: FlagNow
