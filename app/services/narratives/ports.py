"""Ports of narratives: their tree, and the statements under them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.dates import Period
from app.domain.narratives.changes import NarrativeChange
from app.domain.narratives.history import Member
from app.domain.narratives.summaries import (
    NarrativeActivity,
    NarrativeSort,
    NarrativeSummary,
    PeriodCount,
    RecentNarrative,
    TimelineRows,
)
from app.domain.narratives.warnings import Evidence, NarrativeWarning, Sighting, WarningState
from app.domain.statements.statements import Narrative, NarrativeDraft, NarrativeLabel, NarrativeRef


@dataclass(frozen=True, slots=True)
class NarrativeFilter:
    """Filter and order of a list of narratives."""

    words: tuple[str, ...] = ()
    """Each occurs in title or description."""
    top: bool = False
    """Only those that have no parent."""
    parents: tuple[int, ...] | None = None
    """Only the children of these, by key."""
    keys: tuple[int, ...] | None = None
    """Only these."""
    sort: NarrativeSort = "last"
    followed: bool = False
    """Only those that the account in question follows."""
    tag: str = ""
    """Only those with this tag of the viewer's organisation."""


class Narratives(Protocol):
    """Narratives and their parents."""

    def resolve(self, name: str, viewer: Organisation | None = None) -> NarrativeRef | None:
        """By id, external id or title, in this order."""

    def ensure(
        self, labels: Sequence[NarrativeLabel], owner: int | None = None, contributor: Contributor | None = None
    ) -> tuple[dict[NarrativeLabel, NarrativeRef], list[str]]:
        """Narratives for labels, among those that the owner sees, and the ids of new ones; those are created as its
        own, under their parents. One without a parent is moved under one where the contributor brought it; None: the
        operator moves any."""

    def by_id(self, narrative_id: str, viewer: Organisation | None = None) -> Narrative | None: ...
    def find(
        self, q: str | None, before: int | None, limit: int, viewer: Organisation | None = None
    ) -> list[tuple[int, Narrative]]: ...
    def keys_after(self, after: int, limit: int, viewer: Organisation | None = None) -> list[int]:
        """Keys in order of recording; `after` is the last one seen, 0 at the start."""

    def by_keys(self, keys: Sequence[int], viewer: Organisation | None = None) -> dict[int, Narrative]: ...
    def put(self, draft: NarrativeDraft, parent: NarrativeRef | None) -> tuple[str, bool]:
        """Adds, or updates the one with this external id or title; its id, and whether it is new."""

    def owner_of(self, key: int) -> Organisation | None:
        """The organisation that it is private to; None: it is shared."""

    def change(self, key: int, title: str, description: str | None, parent: NarrativeRef | None) -> None: ...
    def is_below(self, key: int, ancestor: int) -> bool: ...
    def page(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]: ...
    def overview(
        self, filters: NarrativeFilter, now: datetime, viewer: Organisation | None, account_id: str | None
    ) -> list[NarrativeActivity]:
        """Every narrative that passes the filter, by title; what `account_id` follows is marked."""

    def recently_seen(self, now: datetime, viewer: Organisation | None) -> list[RecentNarrative]:
        """Narratives with recent statements, by the rule of `app.domain.narratives.activity`, the most active first."""

    def months(
        self, keys: Sequence[int], since: datetime, now: datetime, viewer: Organisation | None
    ) -> dict[int, dict[str, int]]:
        """Numbers of statements by month (`YYYY-MM`) of each narrative, from `since` to `now`."""

    def by_period(self, keys: Sequence[int], rows: TimelineRows, viewer: Organisation | None) -> list[PeriodCount]:
        """Numbers of dated statements under any of these narratives, by speaker, outlet or language, and by month, or
        by year where no month is known; in order of time."""

    def dates(self, moments: Iterable[int]) -> dict[int | None, Period]:
        """Dates of statements that begin at these moments (microseconds since 1970 UTC), the most precise of each."""


class Members(Protocol):
    """The statements of narratives, all at once."""

    def of(self, keys: Sequence[int]) -> dict[int, list[Member]]:
        """Of each of the narratives, whosesoever, those not withdrawn, without what they predict."""

    def as_of(self, keys: Sequence[int], moment: datetime) -> dict[int, list[Member]]:
        """The statements of each of the narratives as they were at that moment, withdrawn ones left out."""

    def changed_since(self, sequence: int) -> frozenset[int]:
        """Narratives of statements that changed since, those included that they are not under any more."""

    def below(self, narrative: int) -> list[int]:
        """The narrative itself and all below it."""


@dataclass(frozen=True, slots=True)
class Relinked:
    """Result of a bulk change of links, by keys of statements: those that `moved`, and which of these were under the
    narrative that they went to already (`known`)."""

    moved: tuple[int, ...]
    known: tuple[int, ...]


class NarrativeChanges(Protocol):
    """Merges and bulk moves of statements, and the changes of narratives that can be undone."""

    def statements_of(self, narrative: int) -> list[int]:
        """Keys of the statements directly under it, whosesoever, withdrawn ones included."""

    def relink(
        self, keys: Sequence[int], leave: int | None, enter: int | None, at: datetime, by: Actor | None
    ) -> Relinked:
        """Takes statements off the narrative `leave` and puts them under `enter`, with a revision of each.

        Those that are not under `leave` stay as they are; with `leave` None those not under `enter` yet enter it.
        """

    def carry(self, source: int, target: int) -> dict[str, list[int]]:
        """Merges all but the statements: children, findings, counter-examples, feeds and followers go to the target,
        where the names of the source lead from now on; the keys of what went, by kind."""

    def bring_back(self, source: int, target: int, carried: Mapping[str, Sequence[int]]) -> None:
        """Undoes `carry`, as far as what went is still at the target."""

    def merged_into(self, narrative: int) -> int | None:
        """Key of the narrative that this one was merged into; None for one that was not merged."""

    def add(self, change: NarrativeChange) -> None: ...
    def by_id(self, change_id: str) -> NarrativeChange | None: ...
    def of(self, narrative: int, limit: int, viewer: Organisation | None = None) -> list[NarrativeChange]:
        """Changes of a narrative, and those by which statements came to it, the newest first."""

    def undone(self, change: NarrativeChange, at: datetime, by: Actor | None) -> None: ...


@dataclass(frozen=True, slots=True)
class FollowedNews:
    """New statements of a narrative that somebody of an organisation follows, by key, at most 100."""

    organisation: Organisation
    narrative: NarrativeRef
    statements: tuple[int, ...]


class Follows(Protocol):
    """Narratives that people follow."""

    def put(self, account_id: str, narrative: int, now: datetime) -> None:
        """Follows it; what is there by now counts as looked at. No change where it is followed already."""

    def remove(self, account_id: str, narrative: int) -> None: ...
    def followed(self, account_id: str, narrative: int) -> bool: ...
    def looked(self, account_id: str, narrative: int, now: datetime) -> None:
        """Marks all that is there by now as looked at."""

    def news(self, account_id: str, viewer: Organisation) -> dict[int, int]:
        """Numbers of statements since the account last looked, by narrative, those below it included; at most 100."""

    def unalerted(self, now: datetime) -> list[FollowedNews]:
        """Statements of followed narratives since their organisations were last alerted, which counts as done now."""


class NarrativeTags(Protocol):
    """Tags of narratives; an organisation sees its own only."""

    def of(self, narratives: Sequence[int], organisation: Organisation) -> dict[int, list[str]]:
        """Tags of each narrative that has some, in order of the alphabet."""

    def all(self, organisation: Organisation, limit: int) -> list[str]:
        """The most used tags, in order of the alphabet."""

    def put(self, narrative: int, organisation: Organisation, tag: str) -> None: ...
    def remove(self, narrative: int, organisation: Organisation, tag: str) -> None: ...


class Warnings(Protocol):
    """Early warnings of narratives, and the sightings that they are raised from."""

    def claim(self, name: str, now: datetime, due_before: datetime) -> bool:
        """True for one caller alone where the sweep of this name was last done before then."""

    def active(self, now: datetime) -> list[NarrativeRef]:
        """Narratives with statements said recently, by the rules of warnings."""

    def privately_active(self, now: datetime) -> Mapping[Organisation, list[NarrativeRef]]:
        """Shared narratives under which an organisation has private statements that were said recently, by whose."""

    def sightings(
        self, keys: Sequence[int], now: datetime, viewer: Organisation | None = None
    ) -> dict[int, list[Sighting]]:
        """Sightings of each narrative until now, of its own statements that all see who see it, and of those that are
        private to `viewer`."""

    def add(self, narrative: int, evidence: Evidence, now: datetime, viewer: Organisation | None = None) -> str | None:
        """Id of the new warning, which `viewer` alone sees where it is given; None where those who see it were warned
        of it before, or the rule has just warned them."""

    def find(
        self, viewer: Organisation, state: WarningState, skipped: int, limit: int, narrative: int | None = None
    ) -> list[NarrativeWarning]:
        """The newest first, of all narratives that `viewer` sees or of one."""

    def count_open(self, viewer: Organisation) -> int: ...
    def by_id(self, warning_id: str, viewer: Organisation) -> NarrativeWarning | None: ...
    def decide(
        self, warning: NarrativeWarning, viewer: Organisation, state: WarningState, now: datetime, by: Actor
    ) -> None:
        """Sets what an organisation decides; `open` takes its decision back."""
