"""Annotations of flags beside reviews: notes, assignment, saved views, and facets of a list."""

from dataclasses import dataclass, field
from datetime import datetime

from app.domain.checks.reviews import Actor

NOBODY = "nobody"
"""Filter value for flags without an assignee."""


@dataclass(frozen=True, slots=True)
class FlagNote:
    """Note of an analyst on a flag. It cannot be changed or removed."""

    id: str
    text: str
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class FlagAssignment:
    """Assignment of a flag; `to` is None where it was removed."""

    to: Actor | None
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class FlagView:
    """A list of flags with a name. `query` is the query string of its address; a private one is its maker's alone."""

    id: str
    name: str
    query: str
    private: bool
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that a list can be filtered by, and how many flags in the state that is listed have it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    """Facets of a list of flags: their most frequent values, the most frequent first."""

    tiers: tuple[Facet, ...] = ()
    languages: tuple[Facet, ...] = ()
    narratives: tuple[Facet, ...] = ()
    """By id."""
    speakers: tuple[Facet, ...] = ()
    sources: tuple[Facet, ...] = ()


@dataclass(frozen=True, slots=True)
class AdjacentFlags:
    """The ids of the flags before and after one in a list, None at its ends."""

    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Everything beside its decisions that was done about a flag, the oldest first."""

    notes: tuple[FlagNote, ...] = field(default=())
    assignments: tuple[FlagAssignment, ...] = field(default=())
