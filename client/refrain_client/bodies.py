"""Bodies of requests: the fields of bodies and filters by name, and how they are written."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, Required, TypedDict

from refrain_client.check_answers import FlagState, Tier

MessageKind = Literal["alert", "daily", "weekly"]
When = str | date
"""`2021`, `2021-05`, a day or an instant, as text; or a date or datetime."""


class SourceFields(TypedDict, total=False):
    """Place where something appeared."""

    name: str | None
    url: str | None
    archive_url: str | None


class CheckSourceFields(TypedDict, total=False):
    """Place where the statement in hand was met."""

    name: str | None
    url: str | None


class CheckFields(TypedDict, total=False):
    """Fields of a statement in hand beside its text."""

    language: str | None
    said_at: When | None
    speaker: str | None
    source: CheckSourceFields | None
    known_at: When | None
    earlier_only: bool
    limit: int
    minimum_tier: Literal["near_verbatim", "same_script", "same_topic", "any"]
    record: bool


class CheckIn(CheckFields, total=False):
    """A statement in hand."""

    text: Required[str]


class DocumentFields(TypedDict, total=False):
    """An article, as `text` or as the `html` of its page, and what is wanted of it."""

    text: str
    html: str
    url: str | None
    title: str | None
    author: str | None
    published_at: When | None
    language: str | None
    known_at: When | None
    earlier_only: bool
    limit: int
    minimum_tier: Literal["near_verbatim", "same_script", "same_topic", "any"]
    record: bool


class FindingFields(TypedDict, total=False):
    """Fields of a finding beside its verdict."""

    publisher: str | None
    url: str | None
    published_at: When | None
    summary: str | None
    learned_at: When | None
    outcome: Literal["happened", "did_not_happen", "unknown"] | None
    outcome_url: str | None


class FindingIn(FindingFields, total=False):
    """A finding of the statement that is recorded."""

    verdict: Required[str]


class StatementFields(TypedDict, total=False):
    """Fields of a statement beside its text."""

    title: str | None
    language: str | None
    speaker: str | None
    said_at: When | None
    said_before: When | None
    learned_at: When | None
    source: SourceFields
    narratives: Sequence[str]
    external_id: str | None
    findings: Sequence[FindingIn]
    private: bool


class StatementChanges(TypedDict, total=False):
    """Changes: a field that is not named stays, None empties it."""

    text: str
    title: str | None
    language: str
    speaker: str | None
    said_at: When | None
    source: SourceFields | None
    narratives: Sequence[str]
    external_id: str | None
    withdrawn: bool


class SearchFilter(TypedDict, total=False):
    """Among which statements."""

    speaker: str
    language: str
    narrative: str
    source: str
    said_from: When
    said_to: When


class StatementFilter(SearchFilter, total=False):
    """Filter of statements."""

    q: str


class NarrativeFields(TypedDict, total=False):
    """Fields of a narrative beside its title."""

    external_id: str | None
    description: str | None
    parent: str | None
    private: bool


class NarrativeChanges(TypedDict, total=False):
    """Changes: a field that is not named stays, None empties it."""

    title: str
    description: str | None
    parent: str | None


class FlagFilter(TypedDict, total=False):
    """Filter and order of flags."""

    state: FlagState
    tier: Tier
    narrative: str
    speaker: str
    source: str
    language: str
    said_from: When
    said_to: When
    q: str
    assigned: str
    sort: Literal["newest", "score", "recurrence"]


class ViewMessageFields(TypedDict, total=False):
    """The hour of a digest and its time zone; of a weekly one the day, 0 for Monday."""

    hour: int
    weekday: int
    time_zone: str
    send_empty: bool


class ReviewFields(TypedDict, total=False):
    """A decision beside its verdict: about `match_id`, about `precedent_id` found by hand, or about all matches."""

    match_id: str | None
    precedent_id: str | None
    reason: str | None
    archive: bool
    counter_example: bool
    narrative: str | None
    expected_version: int | None


class ChosenFlag(TypedDict, total=False):
    """A flag to decide about, and its version that was looked at: at another one it is refused."""

    id: Required[str]
    expected_version: int | None


class BulkReviewFields(TypedDict, total=False):
    """One decision about many flags beside its verdict."""

    reason: str | None
    archive: bool
    narrative: str | None


Scope = Literal["check", "read", "write", "review", "admin"]
"""What a key reaches; none includes another."""


class KeyFields(TypedDict, total=False):
    """Fields of a key beside its name and scopes; a limit of None is as the service is set up."""

    expires_at: When | None
    limit_per_hour: int | None


class OrganisationChanges(TypedDict, total=False):
    """Changes: a field that is not named stays; a limit or days of None are as the service is set up."""

    name: str
    limit_per_hour: int | None
    check_retention_days: int | None
    """Days that checks are kept, 0 for ever."""
    closed: bool
    """True: nobody signs in, keys and feeds do not work; False opens it again."""


class WebhookChanges(TypedDict, total=False):
    """Changes: a field that is not named stays, None empties it."""

    url: str
    events: Sequence[str]
    description: str | None
    format: Literal["cloudevents", "slack", "teams", "mattermost"]
    language: str | None
    narratives: Sequence[str]
    active: bool


class WatchedSourceFields(TypedDict, total=False):
    """Fields of a source beside its address."""

    name: str | None
    read_from: Literal["entry", "page"]
    interval_minutes: int
    language: str | None


class WatchedSourceChanges(TypedDict, total=False):
    """Changes: a field that is not named stays; a language of None is detected."""

    url: str
    name: str
    read_from: Literal["entry", "page"]
    interval_minutes: int
    language: str | None
    active: bool


Lines = Path | Iterable[Mapping[str, Any]]
"""A file of JSON lines, or what is to be one line each."""


def as_json(value: Any) -> bytes:
    """JSON in UTF-8; dates as ISO 8601 has them."""
    return json.dumps(value, ensure_ascii=False, default=_written).encode()


def as_lines(lines: Lines) -> bytes:
    """JSON lines in UTF-8."""
    return lines.read_bytes() if isinstance(lines, Path) else b"".join(as_json(one) + b"\n" for one in lines)


def as_query(filters: Mapping[str, Any]) -> dict[str, str]:
    """Parameters of an address: what is None is left out."""
    return {
        name: str(value).lower()
        if isinstance(value, bool)
        else _written(value)
        if isinstance(value, date)
        else str(value)
        for name, value in filters.items()
        if value is not None
    }


def _written(value: Any) -> str:
    if not isinstance(value, date):
        raise TypeError(f"{type(value).__name__} cannot be sent as JSON")
    return value.isoformat()
