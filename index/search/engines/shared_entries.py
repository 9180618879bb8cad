"""Base of engines whose index all processes share: every change of entries is made within a change of the position."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager

from index.contract import Attributes, FloatArray, IdArray, State
from index.search.engines.entries import Entries, checked, entries_of
from index.search.shared import IndexPosition


class EntryChanges(ABC):
    """`Changes` by one writer, and the position that the index has afterwards."""

    def __init__(self, position: IndexPosition, dimension: int, finish: Callable[[], None] | None = None) -> None:
        """`finish`: prepares new content to be searched, and has other writers wait from then on; called once."""
        self.position = position
        self._dimension = dimension
        self._finish = finish

    @property
    def checkpoint(self) -> int:
        """Sequence of the source up to which the content is complete."""
        return self.position.checkpoint

    def advance(self, checkpoint: int) -> None:
        """Notes that all changes up to this sequence are in."""
        self.position = self.position._replace(checkpoint=checkpoint)

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        """As `VectorIndex.upsert`."""
        self.put(checked(ids, vectors, attributes, self._dimension))

    @abstractmethod
    def put(self, entries: Entries) -> None:
        """Adds or replaces entries."""

    @abstractmethod
    def remove(self, ids: IdArray) -> int:
        """As `VectorIndex.remove`."""

    def finish(self) -> None:
        """Of new content: prepares it to be searched, and lets other processes' changes wait until it is in place."""
        finish, self._finish = self._finish, None
        if finish:
            finish()

    def _grew(self, by: int) -> None:
        self.position = self.position._replace(entries=self.position.entries + by)


class SharedEntries(ABC):
    """Methods of `VectorIndex` that follow from those of `SharedIndex`."""

    dimension: int

    def __len__(self) -> int:
        return self.position().entries

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        entries = checked(ids, vectors, attributes, self.dimension)
        with self.changing() as changes:
            changes.put(entries)

    def remove(self, ids: IdArray) -> int:
        with self.changing() as changes:
            return changes.remove(ids)

    def restore(self, state: State) -> None:
        entries = entries_of(state, self.dimension)
        with self.building("") as changes:
            changes.put(entries)

    @abstractmethod
    def position(self) -> IndexPosition:
        """Source, checkpoint and size, as of one moment."""

    @abstractmethod
    def changing(self) -> AbstractContextManager[EntryChanges]:
        """As `SharedIndex.changing`."""

    @abstractmethod
    def building(self, source: str) -> AbstractContextManager[EntryChanges]:
        """As `SharedIndex.building`."""
