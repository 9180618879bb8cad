"""Ports for flags: lists, activity, notes and saved views."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.checks.scoring import Tier
from app.domain.core.dates import Period
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagAssignment, FlagNote, FlagView
from app.domain.desk.flags import Flag, FlagSort, FlagState


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """Filter of a list of flags; None: any. Names are compared without regard to case."""

    state: FlagState | None = None
    tier: Tier | None = None
    narrative: str | None = None
    speaker: str | None = None
    source: str | None = None
    language: str | None = None
    said_from: Period | None = None
    said_to: Period | None = None
    q: str | None = None
    """Words of the text, or prefixes of them."""
    assigned: str | None = None
    """Id of the assignee, or `NOBODY`."""


@dataclass(frozen=True, slots=True)
class FlagCursor:
    """Cursor of a list of flags: the sort value (0 for the newest first), and the key."""

    value: float
    key: int


class Flags(Protocol):
    """Store of flags: checks that were flagged or reviewed; an organisation sees its own only."""

    def by_id(self, organisation: Organisation, check_id: str) -> Flag | None:
        """A check of the organisation with its reviews, whether it is a flag or not."""

    def find(
        self,
        organisation: Organisation,
        filters: FlagFilter,
        sort: FlagSort,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool = False,
    ) -> list[tuple[FlagCursor, Flag]]:
        """Page of flags: the newest, or those with the highest score or recurrence, first; `after` is the cursor of
        the last one seen.

        Backwards: those that come just before it, in the order of the list all the same.
        """

    def neighbours(self, organisation: Organisation, filters: FlagFilter, sort: FlagSort, flag: Flag) -> AdjacentFlags:
        """Neighbours of a flag in a list, whether the list contains the flag itself or not."""

    def counts(self, organisation: Organisation) -> dict[FlagState, int]:
        """Number of flags in each state, in constant time."""

    def facets(self, organisation: Organisation, state: FlagState | None) -> Facets:
        """Facets of the flags in a state, in constant time."""

    def settle(
        self,
        organisation: Organisation,
        flag: Flag,
        state: FlagState | None,
        dismissed: Mapping[int, datetime],
        narratives: Iterable[int],
    ) -> None:
        """Stores what a decision made of a flag as it was before: its state, a version higher by one, which statements
        are dismissed since when, and the narratives that it is to be found under."""

    def assign(self, flag: Flag, assignment: FlagAssignment) -> None: ...
    def add_note(self, flag: Flag, note: FlagNote) -> None: ...
    def activity(self, flag: Flag) -> Activity: ...


class FlagViews(Protocol):
    """Saved views of an organisation; a private one is seen by its maker alone."""

    def of(self, organisation: Organisation, viewer: Actor) -> list[FlagView]:
        """Saved views that `viewer` may use, by name."""

    def put(self, organisation: Organisation, view: FlagView) -> tuple[str, bool]:
        """Adds a view, or changes the query of the visible view with that name; its id, and True if it is new."""

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str) -> bool: ...
