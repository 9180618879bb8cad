"""The arrays that go in and out of every engine: which shapes fit, what a filter lets pass, what a snapshot holds."""

from collections.abc import Callable, Collection
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.contract import (
    ALWAYS,
    NEVER,
    SHARED,
    Attributes,
    FloatArray,
    Hit,
    IdArray,
    PeriodArray,
    SearchFilter,
    State,
    WrongShape,
)

_KIND: Final = "flat 2"
_DECIMALS: Final = 6


class Columns(NamedTuple):
    """Attributes of n entries as arrays; `languages` as tags or as an engine's codes for them."""

    periods: PeriodArray
    owners: IdArray
    languages: npt.NDArray[Any]
    known_from: IdArray

    def select(self, rows: npt.NDArray[Any] | slice) -> "Columns":
        """The entries at these rows, or under this mask; of a slice a view."""
        return self.mapped(lambda column: column[rows])

    def mapped(self, change: Callable[[npt.NDArray[Any]], npt.NDArray[Any]]) -> "Columns":
        """Each column changed in the same way."""
        return Columns(*(change(column) for column in self))

    def joined(self, more: "Columns") -> "Columns":
        """These entries and more after them."""
        return Columns(*(np.concatenate(pair) for pair in zip(self, more, strict=True)))


class Entries(NamedTuple):
    """Entries: ids and vectors of shape (n,) and (n, dimension), and their attributes."""

    ids: IdArray
    vectors: FloatArray
    columns: Columns

    def select(self, rows: npt.NDArray[Any] | slice) -> "Entries":
        """The entries at these rows, or under this mask; of a slice a view."""
        return Entries(self.ids[rows], self.vectors[rows], self.columns.select(rows))


def columns_of(attributes: Attributes, n: int) -> Columns:
    """Arrays of the attributes of n entries, with defaults filled in. Raises `WrongShape`."""
    periods = np.asarray(attributes.periods)
    owners = np.full(n, SHARED) if attributes.owners is None else np.asarray(attributes.owners)
    known_from = np.full(n, ALWAYS) if attributes.known_from is None else np.asarray(attributes.known_from)
    languages = np.array([""] * n if attributes.languages is None else attributes.languages, np.str_)
    found = (
        ("periods", periods, (n, 2)), ("owners", owners, (n,)), ("known_from", known_from, (n,)),
        ("languages", languages, (n,)),
    )  # fmt: skip
    for name, array, shape in found:
        if array.shape != shape:
            raise WrongShape(f"{name} have shape {array.shape}, {shape} expected")
        if name != "languages" and array.size and array.dtype.kind not in "iu":
            raise WrongShape(f"{name} are {array.dtype}, whole numbers expected")
    return Columns(
        np.ascontiguousarray(periods, np.int64),
        np.ascontiguousarray(owners, np.int64),
        languages,
        np.ascontiguousarray(known_from, np.int64),
    )


def checked(ids: IdArray, vectors: FloatArray, attributes: Attributes, dimension: int) -> Entries:
    """Arrays converted to the types that engines require. Raises `WrongShape`."""
    ids, vectors = np.asarray(ids), np.asarray(vectors)
    n = ids.size
    for name, actual, shape in (("ids", ids.shape, (n,)), ("vectors", vectors.shape, (n, dimension))):
        if actual != shape:
            raise WrongShape(f"{name} have shape {actual}, {shape} expected")
    if ids.size and ids.dtype.kind not in "iu":
        raise WrongShape(f"ids are {ids.dtype}, whole numbers expected")
    if not np.isfinite(vectors).all():
        raise WrongShape("vectors hold numbers that are not finite")
    return Entries(
        np.ascontiguousarray(ids, np.int64), np.ascontiguousarray(vectors, np.float32), columns_of(attributes, n)
    )


def checked_query(vector: FloatArray, dimension: int) -> FloatArray:
    """Query vector of shape (dimension,). Raises `WrongShape`."""
    vector = np.ascontiguousarray(vector, np.float32)
    if vector.shape != (dimension,) or not np.isfinite(vector).all():
        raise WrongShape(f"the vector has shape {vector.shape}, finite numbers of shape {(dimension,)} expected")
    return vector


def last_of_each_id(ids: IdArray) -> npt.NDArray[np.int64]:
    """Positions of the last entry of every id, in their order."""
    _, from_the_end = np.unique(ids[::-1], return_index=True)
    positions: npt.NDArray[np.int64] = np.sort(len(ids) - 1 - from_the_end)
    return positions


def filter_mask(
    where: SearchFilter, ids: IdArray, columns: Columns, language: str | int | None
) -> npt.NDArray[np.bool_]:
    """Mask of the entries that pass the filter; `language` is the filter's, as tag or code like the column."""
    inside: npt.NDArray[np.bool_] = (columns.owners == SHARED) | (
        columns.owners == (SHARED if where.viewer is None else where.viewer)
    )
    begins, ends = columns.periods[:, 0], columns.periods[:, 1]
    if where.ends_by is not None:
        inside &= ends <= min(where.ends_by, NEVER - 1)
    if where.begins_by is not None:
        inside &= begins <= min(where.begins_by, NEVER - 1)
    if where.begins_from is not None:
        inside &= (begins >= where.begins_from) & (begins < NEVER)
    if where.known_by is not None:
        inside &= columns.known_from <= where.known_by
    if language is not None:
        inside &= columns.languages == language
    if where.among is not None:
        inside &= np.isin(ids, id_array(where.among))
    if where.excluded:
        inside &= ~np.isin(ids, id_array(where.excluded))
    return inside


def id_array(ids: Collection[int]) -> IdArray:
    """Array of ids, in any order."""
    return np.fromiter(ids, np.int64, len(ids))


def closest(similarities: FloatArray, k: int) -> npt.NDArray[np.int64]:
    """Positions of the best `k` and of all that are as good as the last of them, in any order. Shape (n,)."""
    if k >= len(similarities):
        return np.arange(len(similarities))
    worst = np.partition(similarities, len(similarities) - k)[len(similarities) - k]
    return np.flatnonzero(similarities >= worst - 2 * 10.0**-_DECIMALS)


def rounded(similarities: FloatArray) -> npt.NDArray[np.float64]:
    """Similarities as they are ranked: where the last bits differ by the order of additions only, they are equal."""
    return np.clip(np.round(similarities.astype(np.float64), _DECIMALS), -1, 1)


def ranked(ids: IdArray, similarities: FloatArray, k: int) -> list[Hit]:
    """The best `k`, best first, equals in order of id. Both arrays of shape (n,)."""
    compared = rounded(similarities)
    best = np.lexsort((ids, -compared))[: max(k, 0)]
    return [Hit(int(ids[row]), float(compared[row])) for row in best]


def best_with_ties(k: int, more: int, search: Callable[[int], list[Hit] | None]) -> list[Hit] | None:
    """The best `k`, equals in order of id; None where `search`, given a number of hits, gives none.

    Searches for `more`, and for still more while the last hit is as good as the k-th: which of equals is found is a
    matter of chance.
    """
    wanted = k + more
    while True:
        hits = search(wanted)
        if hits is None or len(hits) < wanted or hits[-1].similarity < hits[k - 1].similarity:
            return hits[:k] if hits is not None else None
        wanted *= 2


def state_of(entries: Entries) -> State:
    """State of an engine that keeps plain vectors, in a form that any other can restore."""
    columns = entries.columns
    tags, codes = np.unique(columns.languages, return_inverse=True)
    return {
        "kind": np.array(_KIND),
        "ids": entries.ids,
        "vectors": entries.vectors,
        "periods": columns.periods,
        "owners": columns.owners,
        "known_from": columns.known_from,
        "languages": codes.astype(np.int32),
        "language_tags": tags,
    }


def entries_of(state: State, dimension: int) -> Entries:
    """The entries of a `state_of`. Raises `WrongShape`."""
    columns = ("periods", "owners", "known_from", "languages", "language_tags")
    if state.keys() != {"kind", "ids", "vectors", *columns} or str(state["kind"]) != _KIND:
        raise WrongShape("the state is of another kind of index")
    periods, owners, known_from, codes, tags = (state[name] for name in columns)
    if codes.size and not 0 <= codes.min() <= codes.max() < len(tags):
        raise WrongShape("the state has a language without a tag")
    languages = tags[codes] if codes.size else np.empty(0, np.str_)
    attributes = Attributes(periods, owners, languages.tolist(), known_from)
    entries = checked(state["ids"], state["vectors"], attributes, dimension)
    if len(np.unique(entries.ids)) != len(entries.ids):
        raise WrongShape("the state holds an id twice")
    return entries
