"""Interfaces of embedders and engines, which make their implementations interchangeable.

Nothing here knows what a statement is: an entry is an id, a vector or terms, and filterable attributes. The battery
in `tests/contract/` runs over every implementation; `engines/exact.py` is the oracle that the others agree with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IdArray = npt.NDArray[np.int64]
PeriodArray = npt.NDArray[np.int64]
State = Mapping[str, npt.NDArray[Any]]

NEVER: Final = 2**63 - 1
"""Begin and end of an entry without a date: it passes no filter with a bound on periods."""

ALWAYS: Final = -(2**63) + 1
"""`known_from` of an entry that is known at every moment."""

SHARED: Final = 0
"""Owner of an entry that everybody may find."""


class Embedder(Protocol):
    """Turns texts into unit vectors. Safe to call from several threads."""

    @property
    def name(self) -> str:
        """Display name of the model, e.g. `multilingual-e5-small (onnx int8)`."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text could get another vector. Two fingerprints never meet in one ranking."""

    @property
    def dimension(self) -> int: ...

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Vectors of `texts`, in their order: shape (len(texts), dimension), rows of length 1.

        A text longer than the model's window is read in full: it is cut into windows and gets the mean of their
        vectors, weighted by tokens. `progress` is called after every batch with the number of texts done since.
        """

    def close(self) -> None: ...


class TokenStates(NamedTuple):
    """Contextual states of a text's n tokens; n is 0 where none are available."""

    spans: IdArray
    """Shape (n, 2): begin and end in the text's code points, in order."""
    states: FloatArray
    """Shape (n, width). Similar tokens have a small angle after the text's mean is subtracted."""
    last: FloatArray = np.zeros((0, 0), np.float32)
    """Shape (n, width), of the model's last layer; of no rows where the model does not give it."""
    surprisals: FloatArray = np.zeros(0, np.float32)
    """Shape (n,): minus the natural logarithm of each token's frequency in the tokenizer's own corpus; empty as `last`.
    """

    def select(self, rows: IdArray, spans: IdArray) -> "TokenStates":
        """The tokens at `rows`, with other spans."""
        known = len(self.last) > 0
        return TokenStates(
            spans,
            self.states[rows],
            self.last[rows] if known else self.last,
            self.surprisals[rows] if known else self.surprisals,
        )

    @classmethod
    def none(cls) -> "TokenStates":
        """Empty states, for a text whose tokens are not known."""
        return cls(np.zeros((0, 2), np.int64), np.zeros((0, 0), np.float32))


@runtime_checkable
class TokenEmbedder(Protocol):
    """Embedder that returns token states as well."""

    def embed_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[FloatArray, list[TokenStates]]:
        """Vectors of `embed`, and the token states of each text, from the same run of the model.

        They take some kilobytes a word: ask for a few hundred texts at a time.
        """


class EncoderInput(NamedTuple):
    """Input of the encoder: a text with its title before it, and its language, an ISO 639 code."""

    text: str
    language: str
    text_start: int = 0
    """Offset of the statement's own text, after the title."""


class EncodedText(NamedTuple):
    """Encoding of a text: what search and explanation need, as it is stored."""

    vector: FloatArray
    """Shape (dimension,)."""
    terms: str
    """With blanks between."""
    token_features: bytes = b""
    """Chunked text without the title, as `index.alignment` packs it."""
    token_features_version: str = ""
    """`TextEncoder.token_features_version` at the time."""
    pair_states: bytes = b""
    """Token states of the statement's own text that the pair model compares, as `index.pairs` packs them."""
    pair_states_version: str = ""
    """`TextEncoder.pair_states_version` at the time."""


class TextEncoder(Embedder, Protocol):
    """Embedder that computes terms and token features as well; its fingerprint changes when vector or terms could."""

    @property
    def token_features_version(self) -> str:
        """Version of the token features, changed when the same text could be packed in another way: at most 16
        characters."""

    @property
    def pair_states_version(self) -> str:
        """Version of the pair states; "" where this embedder has no pair model."""

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        """Encodings of the texts, in order. `progress` as in `embed`."""

    def add_names(self, people: Iterable[str]) -> None:
        """Adds names of people that are recognised in every script from now on."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Search hit: the id, and the cosine similarity in [-1, 1], rounded so that equal texts tie."""

    id: int
    similarity: float


class Attributes(NamedTuple):
    """Filterable attributes of n entries, in columns; None for a column means the same as its default for all."""

    periods: PeriodArray
    """Shape (n, 2): begin and end in microseconds since 1970 UTC; `NEVER` twice for an entry without a date."""
    owners: IdArray | None = None
    """Shape (n,): key of the organisation that alone may find the entry, a positive number; `SHARED` (the default) for
    everybody."""
    languages: Sequence[str] | None = None
    """n language tags without line breaks; "" (the default) is none."""
    known_from: IdArray | None = None
    """Shape (n,): moment in microseconds since 1970 UTC from which the entry is known; `ALWAYS` (the default) where
    there is none."""


@dataclass(frozen=True, slots=True)
class SearchFilter:
    """Conditions that all hold for every entry that a search finds; moments are in microseconds since 1970 UTC.

    Undated entries (`NEVER`) pass only where none of the bounds on periods is given.
    """

    ends_by: int | None = None
    """Latest end of a period."""
    begins_by: int | None = None
    """Latest begin of a period."""
    begins_from: int | None = None
    """Earliest begin of a period."""
    viewer: int | None = None
    """Owner whose private entries are found besides the shared ones; None: the shared ones alone."""
    language: str | None = None
    """Exact language tag."""
    known_by: int | None = None
    """Moment by which the entry was known: `known_from <= known_by`."""
    among: frozenset[int] | None = None
    """Only these ids."""
    excluded: frozenset[int] = frozenset()
    """None of these ids."""


UNFILTERED: Final = SearchFilter()
"""Every shared entry."""


class VectorIndex(Protocol):
    """Nearest neighbours by cosine. Safe to call from several threads; a change is seen by the very next search.

    Vectors are stored with at least 10 bits of mantissa (float16): `vectors` and similarities may differ by 1e-3.
    """

    @property
    def dimension(self) -> int: ...

    def __len__(self) -> int: ...

    def upsert(self, ids: IdArray, vectors: FloatArray, attributes: Attributes) -> None:
        """Adds entries, or replaces those whose id is there. Shapes (n,), (n, dimension), and attributes of n.

        The last of several entries with one id wins. Raises `WrongShape` and then changes nothing.
        """

    def remove(self, ids: IdArray) -> int:
        """Removes entries and says how many were there. Unknown ids are no error."""

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        """At most `k` hits that pass the filter, for one vector of shape (dimension,), best first; equals in order of
        id.

        Never an id that is not in the index. Fewer than `k` entries pass: all of them. An engine may be approximate:
        recall@10 against `engines/exact.py` is at least 0.98, however few entries pass. Similarities are exact.
        """

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        """The vectors of entries, in order: shape (len(ids), dimension). Raises `KeyError` for an id it has not."""

    def attributes(self, ids: Sequence[int]) -> Attributes:
        """The attributes of entries, in order, all columns filled in. Raises `KeyError` for an id it has not."""

    def state(self) -> State:
        """A copy of all that `restore` needs, as arrays, with nothing of entries that were removed before.

        Arrays are not changed any more, and may be mapped from files.
        """

    def restore(self, state: State) -> None:
        """Replaces the content. Raises `WrongShape` when the state is of another kind or dimension."""


class LexicalIndex(Protocol):
    """Finds entries by the terms that they share with a query. Safe to call from several threads."""

    def __len__(self) -> int: ...

    def upsert(self, ids: IdArray, terms: Sequence[str], attributes: Attributes) -> None:
        """Adds entries, or replaces those whose id is there; the last of several with one id wins.

        Shape (n,), n texts of terms with blanks between, attributes of n. Raises `WrongShape` and then changes nothing.
        """

    def remove(self, ids: IdArray) -> int:
        """Removes entries and says how many were there. Unknown ids are no error."""

    def search(self, terms: Sequence[str], k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        """At most `k` entries that share a term and pass the filter, best first; `similarity` is BM25's."""

    def terms_of(self, ids: Sequence[int]) -> list[frozenset[str]]:
        """The terms of entries, in order; none for an id that is not there."""

    def idf(self, terms: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency (BM25) of each term, a natural logarithm, at least 0."""

    def state(self) -> State:
        """A copy of all that `restore` needs, as arrays, with nothing of entries that were removed before.

        Arrays are not changed any more, and may be mapped from files.
        """

    def restore(self, state: State) -> None:
        """Replaces the content. Raises `WrongShape` when the state is of another kind."""


class Restorable(Protocol):
    """Anything whose content a snapshot can hold."""

    def state(self) -> State: ...
    def restore(self, state: State) -> None: ...


@runtime_checkable
class BuildsInTurn(Protocol):
    """Index that builds a large part of itself anew now and then: one process at a time of those with one folder."""

    builds: int
    """Number of builds that have ended; a snapshot of before lacks what was built."""

    @property
    def building(self) -> bool:
        """True while it builds."""

    @property
    def postponed(self) -> bool:
        """True where a build is due and was left to another process, which was building."""

    @property
    def others_build(self) -> bool:
        """True while another process builds."""

    def resume(self) -> None:
        """Begins a build that was postponed, unless another process still builds."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """Position of an index in its source's sequence of changes, and the fingerprint of its vectors."""

    sequence: int
    fingerprint: str


class RetrievalError(Exception):
    """Anything that this package raises on purpose."""


class WrongShape(RetrievalError):
    """Arrays that do not fit each other, or the index."""


class SnapshotUnusable(RetrievalError):
    """The snapshot is missing, damaged or another embedder's; the message says which. Rebuild."""


class SnapshotDamaged(SnapshotUnusable):
    """The snapshot has been changed or cut since it was written: its checksum is wrong."""


class ModelUnusable(RetrievalError):
    """A model cannot be prepared or loaded; the message says what to do."""
