"""Ports of search: stored vectors, terms, token features and stances, and what an index has not seen of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

from app.domain.checks.checks import Stance
from app.services.stance.ports import ClassifiedText, UnclassifiedText
from index.contract import EncodedText, EncoderInput


@dataclass(frozen=True, slots=True)
class IndexRow:
    """Change of a statement as the index needs it. No vector: withdrawn, or not embedded yet."""

    key: int
    sequence: int
    begins: int | None
    ends: int | None
    vector: bytes | None
    terms: str | None = None
    owner: int | None = None
    """Key of the organisation whose alone it is; None: shared."""
    language: str = ""
    learned_at: datetime | None = None


class ChosenIndex(NamedTuple):
    """Index of an archive, and what it is made of."""

    index_url: str
    embedder: str
    """As `REFRAIN_EMBEDDER` names it."""
    name: str
    """Of the index, where its engine has several."""
    fingerprint: str
    """Of the embedder."""
    dimension: int


class IndexChoices(Protocol):
    """Indexes that were chosen for the archive; where there is none, the settings of each process say which it is."""

    def number(self) -> int:
        """Number of the choice in force, 0 where there is none. Another choice has another, higher number."""

    def all(self) -> list[ChosenIndex]:
        """The one in force first, then former ones."""

    def put(self, chosen: ChosenIndex, at: datetime) -> None:
        """Puts an index in force."""

    def forget_former(self) -> None: ...
    def forget_vectors_but(self, fingerprint: str) -> int:
        """Deletes stored vectors of other embedders; their number."""


class Vectors(Protocol):
    """Store of encodings, by embedder fingerprint: vectors, terms, token features and stances of statements."""

    def put(self, fingerprint: str, texts: Iterable[tuple[int, ClassifiedText]]) -> None: ...
    def of(self, key: int, fingerprint: str) -> EncodedText | None:
        """The encoding of a statement, None where it has none under this fingerprint."""

    def encodings(self, keys: Sequence[int], fingerprint: str) -> dict[int, EncodedText]:
        """The encodings of those of the statements that have one, by key, without token features."""

    def embeddings(self, fingerprint: str, keys: Sequence[int]) -> dict[int, bytes]:
        """The vectors, float32 and little endian, of those of the statements that have one, by key."""

    def put_token_features(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None:
        """Replaces token features and pair states of statements, and leaves their vectors and terms as they are."""

    def stances(self, fingerprint: str, version: str, texts: Mapping[int, str]) -> dict[int, Stance]:
        """The stances of those of the statements that have one of this version; keys and texts of statements."""

    def put_stances(self, fingerprint: str, version: str, stances: Iterable[tuple[UnclassifiedText, Stance]]) -> None:
        """Stores stances, but for statements whose vector is another one by now."""

    def forget(self, keys: Sequence[int]) -> None:
        """Drops the vectors of statements whose text changed, under every fingerprint."""

    def changed_since(self, sequence: int, fingerprint: str) -> Iterator[IndexRow]:
        """Changed statements, in order of sequence."""

    def erased_since(self, sequence: int) -> bool:
        """True where a statement was erased after this sequence of the archive."""

    def missing(self, fingerprint: str, limit: int) -> list[tuple[int, EncoderInput]]:
        """Keys of statements that have no vector under this fingerprint, and what is read of them."""

    def sequence_after(self, sequence: int, statements: int) -> int:
        """The sequence up to which about so many statements were changed since `sequence`: the archive's at most."""

    def missing_token_features(
        self,
        fingerprint: str,
        version: str,
        pair_version: str,
        after: int,
        limit: int,
        between: tuple[int, int] | None = None,
    ) -> list[tuple[int, EncoderInput]]:
        """Statements with a vector but no token features or no pair states of these versions, by key, after a key.

        `pair_version` is "" where the encoder computes no pair states. `between`: only those that were last changed
        after the first of two sequences of the archive, up to the second.
        """

    def missing_stances(
        self, fingerprint: str, version: str, after: int, limit: int, between: tuple[int, int] | None = None
    ) -> list[UnclassifiedText]:
        """Statements that have a vector and no stance of this version, by key, after a key. `between` as above."""

    def count_missing(self, fingerprint: str) -> int: ...
    def token_features(self, fingerprint: str, version: str, keys: Sequence[int]) -> dict[int, bytes]:
        """The token features of those of the statements that have any of this version, by key."""

    def touch(self, keys: Sequence[int], sequence: int) -> None:
        """Lets every process see that these have vectors now."""


class Consistency(Protocol):
    """Comparison of what is stored twice, and of vectors with what they were made of."""

    def damage(self) -> list[str]:
        """The faults that the database's own checks find, in words; empty where it is sound."""

    def count_searchable(self, fingerprint: str) -> int:
        """Number of statements with a vector of this embedder, without withdrawn ones."""

    def searchable(self, fingerprint: str) -> Iterator[IndexRow]:
        """Searchable statements in order of key, each with its vector and terms."""

    def keys(self, fingerprint: str) -> list[int]:
        """Keys of those statements, in order."""

    def rows(self, fingerprint: str, keys: Sequence[int]) -> Iterator[IndexRow]:
        """Searchable ones among these statements, in order of key, each with its vector and terms."""

    def inputs(self, keys: Sequence[int]) -> dict[int, EncoderInput]:
        """The inputs of the encoder for statements, by key."""

    def forget_vectors(self, fingerprint: str, keys: Sequence[int]) -> None:
        """Drops the vectors of statements under this fingerprint."""

    def wrong_flag_counters(self) -> int:
        """Number of counters of flags, by state and by facet, that are not what counting gives."""

    def recount_flags(self) -> None:
        """Sets those counters right."""
