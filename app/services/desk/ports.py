"""Ports of the desk: flags, saved views, reviews and counter-examples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Match, Precedent
from app.domain.checks.reviews import Actor, Decision, Review
from app.domain.checks.scoring import Tier
from app.domain.core.dates import Period
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagAssignment, FlagNote, FlagView
from app.domain.desk.flags import Flag, FlagSort, FlagState


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """Which flags a list shows; None: any. Names are compared without regard to case."""

    state: FlagState | None = None
    tier: Tier | None = None
    narrative: str | None = None
    speaker: str | None = None
    source: str | None = None
    language: str | None = None
    said_from: Period | None = None
    said_to: Period | None = None
    q: str | None = None
    """Words of the text, or beginnings of them."""
    assigned: str | None = None
    """The id of who is to look at it, or `NOBODY`."""


@dataclass(frozen=True, slots=True)
class FlagCursor:
    """Where a flag stands in a list: by what the list is sorted (0 for the newest first), and its key."""

    value: float
    key: int


class Flags(Protocol):
    """Checks that were flagged or reviewed; an organisation sees its own only."""

    def by_id(self, organisation: Organisation, check_id: str) -> Flag | None:
        """A check of the organisation with its reviews, whether it is a flag or not."""

    def find(
        self,
        organisation: Organisation,
        wanted: FlagFilter,
        sort: FlagSort,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool = False,
    ) -> list[tuple[FlagCursor, Flag]]:
        """The newest, or those with the most score or recurrence, first; `after` is where the last one seen stands.

        Backwards: those that come just before it, in the order of the list all the same.
        """

    def neighbours(self, organisation: Organisation, wanted: FlagFilter, sort: FlagSort, flag: Flag) -> AdjacentFlags:
        """What comes before and after a flag in a list, whether the list has the flag itself or not."""

    def counts(self, organisation: Organisation) -> dict[FlagState, int]:
        """How many flags there are in each state; takes no longer when there are more."""

    def facets(self, organisation: Organisation, state: FlagState | None) -> Facets:
        """What most flags in a state have; takes no longer when there are more."""

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
    def remarks(self, flag: Flag) -> Activity: ...


class FlagViews(Protocol):
    """Saved views of an organisation; a private one is seen by its maker alone."""

    def of(self, organisation: Organisation, viewer: Actor) -> list[FlagView]:
        """In order of their names."""

    def put(self, organisation: Organisation, view: FlagView) -> tuple[str, bool]:
        """Adds it, or gives the view of that name, private or not as it is, another query; its id, and whether new."""

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A precedent that an organisation does not want to see with a text."""

    text_hash: str
    statement: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """A checked text and a precedent, the precedent as it was shown, and what an analyst decided about the two."""

    text: str
    language: str
    said_at: Period | None
    speaker: str | None
    precedent: Precedent
    verdict: Decision


@dataclass(frozen=True, slots=True)
class CounterExample:
    """A text that looks like a narrative and is not."""

    key: int
    id: str
    narrative: int
    text: str
    language: str
    created_at: datetime
    withdrawn_at: datetime | None


class Reviews(Protocol):
    """What analysts decided. Nothing is forgotten: a decision that is taken back stays, marked."""

    def add(
        self, organisation: Organisation, flag: Flag, review: Review, text_hash: str, linked: frozenset[int]
    ) -> None:
        """`linked`: which of its narratives the archived statement was not under before."""

    def add_match(self, flag: Flag, match: Match) -> None:
        """Stores a match that was found by hand."""

    def matches_by_hand(self, flag: Flag) -> list[Match]:
        """Those found by hand, taken back or not."""

    def of_batch(self, organisation: Organisation, batch: str) -> list[tuple[str, str]]:
        """The ids of the check and the review of each decision that was made in one gesture."""

    def take_back(self, review_id: str, by: Actor, at: datetime, version: int) -> None: ...
    def set_standing(self, flag: Flag, standing: Iterable[str]) -> None: ...
    def archiving(self, statement_id: str) -> list[Review]:
        """The reviews, of any organisation and taken back or not, that put this statement on record."""

    def linked(self, statement_id: str) -> frozenset[int]:
        """The narratives that the statement is under because a review put it there."""

    def countering(self, narrative: int, text_hash: str) -> bool:
        """Whether a review stands that made this text a counter-example of the narrative."""

    def dismissed(self, organisation: Organisation, hashes: Sequence[str]) -> list[Dismissal]:
        """What the organisation dismissed for any of these texts, by their hash."""

    def labelled(self) -> Iterator[LabelledPair]:
        """Every pair of every organisation that a standing review is about, in order of the checks."""


class CounterExamples(Protocol):
    """Texts that look like a narrative and are not, and their vectors by embedder fingerprint."""

    def put(
        self, narrative: int, text: str, language: str, at: datetime, sequence: int, *, by_review: bool
    ) -> tuple[CounterExample, bool]:
        """Adds it, or brings it back, unless it is there; and whether there was anything to do."""

    def find(self, narrative: int, before: int | None, limit: int) -> list[CounterExample]:
        """Those not withdrawn, the newest first."""

    def by_id(self, counter_example_id: str) -> CounterExample | None: ...
    def withdraw(self, key: int, at: datetime, sequence: int) -> None: ...
    def withdraw_reviewed(self, narrative: int, text: str, at: datetime, sequence: int) -> None:
        """Withdraws what a review made, and leaves what was put there on purpose."""

    def changed_since(self, sequence: int, fingerprint: str) -> list[tuple[CounterExample, bytes | None]]: ...
    def missing(self, fingerprint: str) -> list[tuple[int, str]]:
        """Keys and texts of those that have no vector under this fingerprint."""

    def put_vectors(self, fingerprint: str, vectors: Iterable[tuple[int, bytes]], sequence: int) -> None: ...
