"""Speakers and outlets: lists, their pages, and the names of a speaker that an organisation takes for one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.speakers.speakers import AliasSuggestion, NamedDetail, NamedLine, NameKind, NameSort
from app.domain.statements.statements import Statement
from app.language.attribution.alike_speakers import alike_pairs
from app.services.ports import Clock, Store
from app.services.statements.ports import StatementFilter

_COMPARED: Final = 2_000
"""Speakers among whom names are compared, those with the most statements."""

_STATEMENTS: Final = 15


@dataclass(frozen=True, slots=True)
class BrowseSpeakers:
    """Reads what speakers and outlets said, as far as `viewer` sees it, under the aliases that it has given."""

    store: Store
    clock: Clock

    def find(
        self, kind: NameKind, words: Sequence[str], sort: NameSort, skipped: int, limit: int, viewer: Organisation
    ) -> list[NamedLine]:
        """Page of those whose name, or alias, has these words."""
        with self.store.reading() as tx:
            return tx.speakers.page(kind, words, sort, skipped, limit, viewer, self.clock())

    def get(self, kind: NameKind, key: int, viewer: Organisation) -> tuple[NamedDetail, list[Statement]]:
        """One with its latest statements; for an alias, the speaker whose it is. Raises `NotFound`."""
        with self.store.reading() as tx:
            detail = tx.speakers.detail(kind, key, viewer, self.clock())
            if detail is None:
                raise NotFound("nobody of this number said anything that you see")
            name = detail.line.ref.name
            filters = StatementFilter(speaker=name) if kind == "speaker" else StatementFilter(source=name)
            return detail, tx.statements.latest(filters, 0, _STATEMENTS, viewer)

    def key_of(self, kind: NameKind, name: str, viewer: Organisation) -> int:
        """Key of the one of exactly this name. Raises `NotFound`."""
        with self.store.reading() as tx:
            key = tx.speakers.key_of(kind, name)
            if key is None or tx.speakers.detail(kind, key, viewer, self.clock()) is None:
                raise NotFound("nobody of this name said anything that you see")
        return key

    def suggestions(self, viewer: Organisation, limit: int) -> list[AliasSuggestion]:
        """Pairs of names that sound alike and were seen in one narrative at least, those with the most in common first;
        refused ones are left out."""
        with self.store.reading() as tx:
            heard = tx.speakers.most_heard(_COMPARED, viewer)
            refused = tx.speakers.refused(viewer)
            alike = [(heard[one], heard[other]) for one, other in alike_pairs([ref.name for ref in heard])]
            alike = [
                (into, speaker)
                for into, speaker in alike
                if (min(into.key, speaker.key), max(into.key, speaker.key)) not in refused
            ]
            seen = tx.speakers.narratives_of(sorted({ref.key for pair in alike for ref in pair}), viewer)
        none: frozenset[int] = frozenset()
        found = [
            AliasSuggestion(speaker, into, len(seen.get(speaker.key, none) & seen.get(into.key, none)))
            for into, speaker in alike
        ]
        return sorted((one for one in found if one.shared), key=lambda one: -one.shared)[:limit]


@dataclass(frozen=True, slots=True)
class MergeSpeakers:
    """Makes names of speakers aliases. What one organisation does, others do not see. Every method raises `NotFound`
    for speakers of whom `viewer` sees nothing."""

    store: Store
    clock: Clock

    def merge(self, speaker: int, into: int, viewer: Organisation, by: Actor) -> None:
        """Makes a speaker an alias of another one. Raises `InvalidInput` for one and the same."""
        self._seen(viewer, speaker, into)
        with self.store.writing() as tx:
            main = tx.speakers.detail("speaker", into, viewer, self.clock())
            if main is None or main.line.ref.key == speaker:
                raise InvalidInput.at("/into", "is this speaker itself: choose another one")
            tx.speakers.merge(speaker, into, viewer, self.clock(), by)
            tx.audit.add("speaker.merged", "speaker", None, speaker=speaker, into=into)

    def separate(self, speaker: int, viewer: Organisation) -> None:
        """Makes an alias a speaker of its own again, with the names that were aliases of it when it was merged."""
        self._seen(viewer, speaker)
        with self.store.writing() as tx:
            tx.speakers.separate(speaker, viewer)
            tx.audit.add("speaker.separated", "speaker", None, speaker=speaker)

    def refuse(self, speaker: int, other: int, viewer: Organisation, by: Actor) -> None:
        """Remembers that two names are not those of one speaker."""
        self._seen(viewer, speaker, other)
        with self.store.writing() as tx:
            tx.speakers.refuse(speaker, other, viewer, self.clock(), by)
            tx.audit.add("speaker.merge_refused", "speaker", None, speaker=speaker, into=other)

    def accept_again(self, speaker: int, other: int, viewer: Organisation) -> None:
        """Lets two names be suggested again."""
        with self.store.writing() as tx:
            tx.speakers.accept_again(speaker, other, viewer)
            tx.audit.add("speaker.merge_reopened", "speaker", None, speaker=speaker, into=other)

    def _seen(self, viewer: Organisation, *speakers: int) -> None:
        with self.store.reading() as tx:
            for key in speakers:
                if tx.speakers.detail("speaker", key, viewer, self.clock()) is None:
                    raise NotFound("nobody of this number said anything that you see")
