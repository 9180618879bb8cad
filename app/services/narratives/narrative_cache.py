"""Cache of narratives' appearances, in memory, refreshed where the archive has changed."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from app.domain.access.keys import Organisation
from app.domain.narratives.history import Appearance, Member, appearances_of
from app.language.predictions.detection import detect_prediction
from app.services.ports import Transaction

_REMEMBERED = 100_000
"""Statements of narratives kept in memory, about a kilobyte each."""

Aliases = frozenset[tuple[str, str]]
"""Aliases of speakers, each with the name of the speaker."""


class NarrativeCache:
    """Cache of appearances. Safe to call from several threads. Two cheap queries where nothing has changed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sequence = 0
        self._members: dict[int, list[Member]] = {}
        self._appearances_by_viewer: dict[tuple[int, int | None, Aliases], list[Appearance]] = {}

    def __call__(
        self,
        tx: Transaction,
        narratives: Sequence[int],
        viewer: Organisation | None = None,
        known_at: datetime | None = None,
    ) -> Mapping[int, list[Appearance]]:
        """Appearances of each narrative that `viewer` may see, in order of time, undated ones last.

        With `known_at` as they were then: known, linked and not withdrawn by that moment.
        """
        if not narratives:
            return {}
        organisation = viewer.key if viewer else None
        main_names = tx.speakers.main_names(viewer) if viewer else {}
        if known_at is not None:
            then = tx.members.as_of(narratives, known_at)
            return {
                key: appearances_of(_add_predictions(_visible(members, organisation)), main_names)
                for key, members in then.items()
            }
        with self._lock:
            self._sync(tx, narratives)
            return {key: self._appearances(key, organisation, main_names) for key in narratives}

    def _sync(self, tx: Transaction, keys: Sequence[int]) -> None:
        """Drops what has changed and reads what is missing."""
        sequence = tx.statements.sequence()
        if sequence < self._sequence:  # the transaction is older than what is known, or the database was set back
            self._evict(list(self._members))
        elif sequence > self._sequence:
            self._evict(tx.members.changed_since(self._sequence) & self._members.keys())
        self._sequence = sequence
        missing = [key for key in keys if key not in self._members]
        if missing:
            read = {key: _add_predictions(members) for key, members in tx.members.of(missing).items()}
            if sum(map(len, self._members.values())) + sum(map(len, read.values())) > _REMEMBERED:
                self._evict([key for key in self._members if key not in keys])
            self._members |= read

    def _evict(self, narratives: Sequence[int] | frozenset[int] | set[int]) -> None:
        evicted = set(narratives)
        self._members = {key: members for key, members in self._members.items() if key not in evicted}
        self._appearances_by_viewer = {
            key: appearances for key, appearances in self._appearances_by_viewer.items() if key[0] not in evicted
        }

    def _appearances(self, narrative: int, organisation: int | None, main_names: Mapping[str, str]) -> list[Appearance]:
        members = self._members[narrative]
        private = organisation is not None and any(member.owner == organisation for member in members)
        aliases = _aliases(members, main_names)
        cache_key = narrative, organisation if private else None, aliases
        if cache_key not in self._appearances_by_viewer:
            visible = _visible(members, organisation)
            self._appearances_by_viewer[cache_key] = appearances_of(visible, dict(aliases))
        return self._appearances_by_viewer[cache_key]


def _aliases(members: Sequence[Member], main_names: Mapping[str, str]) -> Aliases:
    """Those of the aliases that speakers of these members have."""
    if not main_names:
        return frozenset()
    speakers = {member.speaker for member in members if member.speaker}
    return frozenset((name, main_names[name]) for name in speakers & main_names.keys())


def _visible(members: Sequence[Member], organisation: int | None) -> list[Member]:
    return [member for member in members if member.owner is None or member.owner == organisation]


def _add_predictions(members: Sequence[Member]) -> list[Member]:
    """Members with their predictions."""
    return [
        replace(member, prediction=detect_prediction(member.text, member.language, member.said_at))
        for member in members
    ]
