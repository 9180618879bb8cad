"""Interface of a vector index that lies outside of the process, and that several processes fill and search."""

from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, runtime_checkable

from index.contract import Attributes, FloatArray, IdArray, RetrievalError, VectorIndex


class EngineUnusable(RetrievalError):
    """An engine cannot be used as it is set up; the message says what to do."""


class IndexBusy(RetrievalError):
    """Another process does with the index what keeps this one from it; the message says what."""


class IndexPosition(NamedTuple):
    """Position of a shared index, as of one moment."""

    source: str
    """Identity of what its entries were made of; "" while nothing has been built."""
    checkpoint: int
    """Sequence of the source up to which all changes are in."""
    entries: int
    """Number of entries."""


class Turns(Protocol):
    """Lets one at a time do something with an index, of all threads and processes that share the archive."""

    def __call__(self, name: str, *, wait: bool = True) -> AbstractContextManager[None]:
        """Turn at what `name` says. `wait`: False raises `IndexBusy` where another has it."""


class Changes(Protocol):
    """Changes that are made together, and the checkpoint that goes with them."""

    @property
    def checkpoint(self) -> int: ...

    def advance(self, checkpoint: int) -> None:
        """Sets the checkpoint: all changes of the source up to this sequence are in."""

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        """As `VectorIndex.upsert`."""

    def remove(self, ids: IdArray) -> int:
        """As `VectorIndex.remove`."""

    def finish(self) -> None:
        """Of new content: prepares it to be searched, and from then on lets changes by other processes wait for it."""


@runtime_checkable
class SharedIndex(VectorIndex, Protocol):
    """Vector index with one content for all processes; it needs no snapshot.

    A change by another process is seen by the very next search as well. Each process makes those changes that are
    missing when it looks: whoever holds `changing` knows the checkpoint, and nobody else changes anything meanwhile.
    """

    def position(self) -> IndexPosition: ...

    def changing(self) -> AbstractContextManager[Changes]:
        """Changes, and the checkpoint that goes with them.

        They become visible together at the end, and not at all after an error, where the engine has transactions; else
        one after another, and after an error the checkpoint stays, so that they are made again.
        """

    def building(self, source: str) -> AbstractContextManager[Changes]:
        """New content, empty at checkpoint 0, which takes the place of the old one at the end; until then the old one
        is searched. Raises `IndexBusy`.
        """

    def drop(self) -> None:
        """Removes the index from where it lies; nobody may search it any more."""
