"""The arrays that go in and out of every engine: which shapes fit, what a time window admits, what a snapshot holds."""

from typing import Final

import numpy as np
import numpy.typing as npt

from index.contract import NEVER, FloatArray, Hit, IdArray, PeriodArray, State, TimeWindow, WrongShape

Entries = tuple[IdArray, FloatArray, PeriodArray]
"""Ids, vectors and periods of n entries: shapes (n,), (n, dimension), (n, 2)."""

_KIND: Final = "flat"
_DECIMALS: Final = 6


def checked(ids: IdArray, vectors: FloatArray, periods: PeriodArray, dimension: int) -> Entries:
    """Arrays converted to the types that engines require. Raises `WrongShape`."""
    ids, vectors, periods = np.asarray(ids), np.asarray(vectors), np.asarray(periods)
    n = ids.size
    found = (("ids", ids.shape, (n,)), ("vectors", vectors.shape, (n, dimension)), ("periods", periods.shape, (n, 2)))
    for name, actual, shape in found:
        if actual != shape:
            raise WrongShape(f"{name} have shape {actual}, {shape} expected")
    for name, array in (("ids", ids), ("periods", periods)):
        if array.size and array.dtype.kind not in "iu":
            raise WrongShape(f"{name} are {array.dtype}, whole numbers expected")
    if not np.isfinite(vectors).all():
        raise WrongShape("vectors hold numbers that are not finite")
    return (
        np.ascontiguousarray(ids, np.int64),
        np.ascontiguousarray(vectors, np.float32),
        np.ascontiguousarray(periods, np.int64),
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


def admits(window: TimeWindow, periods: PeriodArray) -> npt.NDArray[np.bool_]:
    """Mask of the `periods`, shape (n, 2), that lie inside the window."""
    inside = np.ones(len(periods), np.bool_)
    if window.ends_by is not None:
        inside &= periods[:, 1] <= min(window.ends_by, NEVER - 1)
    if window.begins_by is not None:
        inside &= periods[:, 0] <= min(window.begins_by, NEVER - 1)
    if window.begins_from is not None:
        inside &= (periods[:, 0] >= window.begins_from) & (periods[:, 0] < NEVER)
    return inside


def rounded(similarities: FloatArray) -> npt.NDArray[np.float64]:
    """Similarities as they are ranked: where the last bits differ by the order of additions only, they are equal."""
    return np.clip(np.round(similarities.astype(np.float64), _DECIMALS), -1, 1)


def ranked(ids: IdArray, similarities: FloatArray, k: int) -> list[Hit]:
    """The best `k`, best first, equals in order of id. Both arrays of shape (n,)."""
    compared = rounded(similarities)
    best = np.lexsort((ids, -compared))[: max(k, 0)]
    return [Hit(int(ids[row]), float(compared[row])) for row in best]


def state_of(ids: IdArray, vectors: FloatArray, periods: PeriodArray) -> State:
    """State of an engine that keeps plain vectors, in a form that any other can restore."""
    return {"kind": np.array(_KIND), "ids": ids, "vectors": vectors, "periods": periods}


def entries_of(state: State, dimension: int) -> Entries:
    """The entries of a `state_of`. Raises `WrongShape`."""
    if state.keys() != {"kind", "ids", "vectors", "periods"} or str(state["kind"]) != _KIND:
        raise WrongShape("the state is of another kind of index")
    ids, vectors, periods = checked(state["ids"], state["vectors"], state["periods"], dimension)
    if len(np.unique(ids)) != len(ids):
        raise WrongShape("the state holds an id twice")
    return ids, vectors, periods
