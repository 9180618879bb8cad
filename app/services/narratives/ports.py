"""Ports of narratives: their tree, and the statements under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.narratives.history import Member
from app.domain.narratives.summaries import NarrativeSort, NarrativeSummary
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
    sort: NarrativeSort = "last"


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

    def change(self, key: int, title: str, description: str | None, parent: NarrativeRef | None) -> None: ...
    def is_below(self, key: int, ancestor: int) -> bool: ...
    def page(
        self, filters: NarrativeFilter, skipped: int, limit: int, viewer: Organisation | None = None
    ) -> list[NarrativeSummary]: ...


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
