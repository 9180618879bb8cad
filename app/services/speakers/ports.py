"""Port of speakers and outlets: their store."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.speakers.speakers import NamedDetail, NamedLine, NamedRef, NameKind, NameSort


class Speakers(Protocol):
    """Speakers and outlets of the statements that an organisation sees; aliases are its own."""

    def page(
        self,
        kind: NameKind,
        words: Sequence[str],
        sort: NameSort,
        skipped: int,
        limit: int,
        viewer: Organisation,
        now: datetime,
    ) -> list[NamedLine]:
        """Page of those whose name, or alias, has these words."""

    def detail(self, kind: NameKind, key: int, viewer: Organisation, now: datetime) -> NamedDetail | None:
        """One of those that the viewer sees statements of; for an alias, the speaker whose it is."""

    def key_of(self, kind: NameKind, name: str) -> int | None: ...
    def most_heard(self, limit: int, viewer: Organisation) -> list[NamedRef]:
        """Speakers that are no aliases, those with the most statements first."""

    def narratives_of(self, keys: Sequence[int], viewer: Organisation) -> dict[int, frozenset[int]]:
        """Narratives of the statements of each speaker, by key."""

    def refused(self, viewer: Organisation) -> frozenset[tuple[int, int]]:
        """Pairs of speakers that were said not to be the same, the lower key first."""

    def main_names(self, viewer: Organisation) -> Mapping[str, str]:
        """The name of the speaker whose alias it is, by each name that is an alias; one query a transaction."""

    def merge(self, speaker: int, into: int, viewer: Organisation, now: datetime, by: Actor) -> None:
        """Makes a speaker, and its aliases, aliases of another one, or of whose alias that is."""

    def separate(self, speaker: int, viewer: Organisation) -> None:
        """Makes an alias a speaker of its own again, with the names that were merged into it."""

    def refuse(self, speaker: int, other: int, viewer: Organisation, now: datetime, by: Actor) -> None: ...
    def accept_again(self, speaker: int, other: int, viewer: Organisation) -> None:
        """Forgets that a pair was refused."""
