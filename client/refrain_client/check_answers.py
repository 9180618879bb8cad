"""What the service answers to a check, and what analysts decided about it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from refrain_client.archive_answers import Finding, NarrativeRef, Source

Stances = Literal["assertion", "report", "denial", "question"]
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
    """What a text does with what it says."""

    label: Stances
    cues: list[TextQuoteSelector]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """How often the script came before."""

    count: int
    first_said_at: str | None
    last_said_at: str | None
    gaps_days: list[int]
    days_since_last: int | None


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
    stance: Stances
    withdrawn: bool
    source: Source
    narratives: list[NarrativeRef]
    findings: list[Finding]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Who decided: a key, by its id and name."""

    id: str
    name: str


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """What answered, and with which cut-offs."""

    embedder: str
    fingerprint: str
    policy: str
    suggest_at: float
    flag_at: float
    index_checkpoint: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """Has it been said before? `matches` has the precedents, the best first; without any, `summary` is None."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Check):
    """A check that was flagged or reviewed. `version` rises with every decision."""

    state: FlagState | None
    version: int
    assigned_to: Reviewer | None
    reviews: list[Review] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagNow:
    """How a flag stands."""

    id: str
    state: FlagState | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed(Review):
    """A review, and how its flag stands now."""

    flag: FlagNow
