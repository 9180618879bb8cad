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
    """Saved view: a named filter. `query` is the query string of its address; a private one is visible to its owner
    alone."""

    id: str
    name: str
    query: str
    private: bool
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Facet:
    """Facet value: a filter value, and the number of flags that have it in the listed state."""

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
    """Neighbours in a list: the ids of the flags before and after one, None at its ends."""

    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Activity on a flag besides reviews: notes and assignments, the oldest first."""

    notes: tuple[FlagNote, ...] = field(default=())
    assignments: tuple[FlagAssignment, ...] = field(default=())
