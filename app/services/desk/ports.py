"""Ports of the desk: flags, saved views, reviews and counter-examples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.checks import Match, Precedent
from app.domain.checks.reviews import Actor, Decision, Review
from app.domain.checks.scoring import Tier
from app.domain.core.dates import Period
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagAssignment, FlagNote, FlagView
from app.domain.desk.flag_groups import FlagGroup, ListCount, ReviewTally
from app.domain.desk.flags import Flag, FlagSort, FlagStanding, FlagState
from app.domain.desk.view_messages import ViewMessage


@dataclass(frozen=True, slots=True)
class FlagFilter:
    """Filter of a list of flags; None: any. Names are compared without regard to case; a speaker's aliases count."""

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
    group: str | None = None
    """Id of a flag: those of its group."""
    flagged_on: str | None = None
    """Day of the check in UTC, as YYYY-MM-DD."""


@dataclass(frozen=True, slots=True)
class FlagCursor:
    """Cursor of a list of flags: the sort value (0 for the newest and the oldest first), and the key."""

    value: float | str
    key: int


@dataclass(frozen=True, slots=True)
class FlagListPage:
    """Page of a list of flags, a row a group: the groups with the cursors of their first flags, and the numbers of
    flags in the whole list."""

    rows: list[tuple[FlagCursor, FlagGroup]]
    count: ListCount
    newest: int
    """Key of the newest flag of the organisation, 0 where there is none."""


class Flags(Protocol):
    """Store of flags: checks that were flagged or reviewed; an organisation sees its own only."""

    def by_id(self, organisation: Organisation, check_id: str) -> Flag | None:
        """A check of the organisation with its reviews, whether it is a flag or not."""

    def of_checks(self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int) -> list[Flag]:
        """Checks of the organisation, flags or not, the newest first; `before` is the key of the last one seen."""

    def standings(self, organisation: Organisation, check_ids: Sequence[str]) -> dict[str, FlagStanding]:
        """State and version of each of these checks of the organisation, by its id."""

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
        """Page of flags in an order; `after` is the cursor of the last one seen.

        Backwards: those that come just before it, in the order of the list all the same.
        """

    def grouped(
        self,
        organisation: Organisation,
        filters: FlagFilter,
        sort: FlagSort,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool = False,
    ) -> FlagListPage:
        """Page of a list that shows each group once, at the place of the first of its flags that the filter selects."""

    def newer(self, organisation: Organisation, filters: FlagFilter, key: int, limit: int) -> int:
        """Number of flags with a higher key, `limit` at most."""

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

    def assign(self, flag: Flag, assignment: FlagAssignment, batch: str | None = None) -> None:
        """`batch`: what the assignments of one gesture have in common."""

    def assigned_in(self, organisation: Organisation, batch: str) -> list[tuple[str, Actor | None, Actor | None]]:
        """Assignments of one gesture that nobody changed since: the flag's id, the assignee, and the one before."""

    def add_note(self, flag: Flag, note: FlagNote) -> None: ...
    def activity(self, flag: Flag) -> Activity: ...


class FlagViews(Protocol):
    """Saved views of an organisation; a private one is seen by its maker alone."""

    def of(self, organisation: Organisation, viewer: Actor) -> list[FlagView]:
        """Saved views that `viewer` may use, by name."""

    def put(self, organisation: Organisation, view: FlagView) -> tuple[str, bool]:
        """Adds a view, or changes the query of the visible view with that name; its id, and True if it is new."""

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str) -> bool: ...


class ViewMessages(Protocol):
    """Messages of saved views. They end with the view, the webhook, or who set them up: an account or a key."""

    def put(self, message: ViewMessage) -> tuple[str, bool]:
        """Its id and True; the id of the one that is there, and False, where the view sends the same kind through the
        same webhook already."""

    def count(self, organisation: Organisation) -> int: ...
    def of_view(self, organisation: Organisation, viewer: Actor, view_id: str) -> list[ViewMessage]:
        """Those of a view that `viewer` may use."""

    def remove(self, organisation: Organisation, viewer: Actor, view_id: str, message_id: str) -> bool: ...
    def forget_closed(self, now: datetime) -> int:
        """Deletes those of accounts that are closed or gone, and of keys that are revoked or have ended."""

    def due(self, now: datetime) -> list[int]:
        """Keys of alerts, and of digests whose moment has come."""

    def by_key(self, key: int) -> ViewMessage | None: ...
    def done(self, message: ViewMessage, until: datetime, next_at: datetime | None) -> None: ...
    def alerted(self, message: ViewMessage, check_keys: Sequence[int]) -> frozenset[int]:
        """Those of the flags that were alerted."""

    def note_alerts(self, message: ViewMessage, check_keys: Sequence[int], at: datetime) -> None: ...
    def forget_alerts(self, message: ViewMessage, before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class Dismissal:
    """Dismissal of a precedent for a text by an organisation."""

    text_hash: str
    statement: int
    at: datetime


@dataclass(frozen=True, slots=True)
class LabelledPair:
    """Labelled pair: a checked text and a precedent as it was shown, with an analyst's decision."""

    text: str
    language: str
    said_at: Period | None
    speaker: str | None
    precedent: Precedent
    verdict: Decision


@dataclass(frozen=True, slots=True)
class CounterExample:
    """Counter-example of a narrative: a similar text that does not belong to it."""

    key: int
    id: str
    narrative: int
    text: str
    language: str
    created_at: datetime
    withdrawn_at: datetime | None
    contributor: Contributor | None = None
    """Organisation that made it; None: the operator, or not known."""
    shared_at: datetime | None = None
    """Since when it counts in the checks of every organisation; None: in those of its contributor alone."""
    added_by: Actor | None = None
    """Key or account that made it."""

    @property
    def shared(self) -> bool:
        """True if it counts in the checks of every organisation."""
        return self.contributor is None or self.shared_at is not None

    def counts_for(self, organisation: int | None, moment: datetime | None = None) -> bool:
        """True if it counts in the checks of an organisation, at a moment or now."""
        if self.contributor is None or self.contributor.key == organisation:
            return True
        return self.shared_at is not None and (moment is None or self.shared_at <= moment)


class Reviews(Protocol):
    """Store of reviews. Nothing is deleted: an undone review stays, marked."""

    def add(
        self, organisation: Organisation, flag: Flag, review: Review, text_hash: str, linked: frozenset[int]
    ) -> None:
        """`linked`: which of its narratives the archived statement was not under before."""

    def add_match(self, flag: Flag, match: Match) -> None:
        """Stores a match that was found by hand."""

    def matches_by_hand(self, flag: Flag) -> list[Match]:
        """Matches found by hand, undone or not."""

    def of_batch(self, organisation: Organisation, batch: str) -> list[tuple[str, str]]:
        """Ids of the check and the review, for each review of a bulk review."""

    def tally(self, organisation: Organisation, by: Actor, since: datetime) -> ReviewTally:
        """Numbers of what one reviewer decided since a moment and what stands."""

    def mark_undone(self, review_id: str, by: Actor, at: datetime, version: int) -> None: ...
    def set_standing(self, flag: Flag, standing: Iterable[str]) -> None: ...
    def archiving(self, statement_id: str) -> list[Review]:
        """Reviews, of any organisation and undone or not, that recorded this statement."""

    def linked(self, statement_id: str) -> frozenset[int]:
        """Narratives that reviews added to the statement."""

    def has_counter_example(self, organisation: Organisation, narrative: int, text_hash: str) -> bool:
        """True if an effective review of the organisation made this text a counter-example of the narrative."""

    def dismissals(self, organisation: Organisation, hashes: Sequence[str]) -> list[Dismissal]:
        """Dismissals of the organisation for any of these texts, by their hash."""

    def labelled_pairs(self) -> Iterator[LabelledPair]:
        """Labelled pairs from the effective reviews of every organisation, in order of the checks."""


class CounterExamples(Protocol):
    """Store of counter-examples, and their vectors by embedder fingerprint."""

    def put(
        self,
        narrative: int,
        text: str,
        language: str,
        at: datetime,
        sequence: int,
        contributor: Organisation | None,
        by: Actor | None = None,
        *,
        by_review: bool,
    ) -> tuple[CounterExample, bool]:
        """Adds a contributor's counter-example, or restores it; with False where it was there. One of the operator's
        organisation counts for every organisation at once."""

    def find(self, narrative: int, before: int | None, limit: int) -> list[CounterExample]:
        """Counter-examples that are not withdrawn, the newest first."""

    def by_id(self, counter_example_id: str) -> CounterExample | None: ...
    def withdraw(self, key: int, at: datetime, sequence: int) -> None: ...
    def withdraw_reviewed(
        self, organisation: Organisation, narrative: int, text: str, at: datetime, sequence: int
    ) -> None:
        """Withdraws the organisation's counter-examples that reviews added, and keeps those that editors added."""

    def share(self, key: int, at: datetime | None, sequence: int) -> None:
        """Lets it count for every organisation since a moment; None: for its contributor alone."""

    def changed_since(self, sequence: int, fingerprint: str) -> list[tuple[CounterExample, bytes | None]]: ...
    def missing(self, fingerprint: str) -> list[tuple[int, str]]:
        """Keys and texts of those that have no vector under this fingerprint."""

    def put_vectors(self, fingerprint: str, vectors: Iterable[tuple[int, bytes]], sequence: int) -> None: ...
