"""State of an index that has inverted lists: a table, which of its rows are alive, and the entries beside them."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.contract import State, WrongShape
from index.search.engines.entries import Columns, Entries, entries_of, state_of
from index.search.engines.fixed_point import Codes, Fixed
from index.search.engines.inverted_lists import Table
from index.search.engines.row_masks import Bits

_KIND: Final = "lists 1"
_PREFIX: Final = "lists_"
_ARRAYS: Final = (
    ("vectors", np.int16), ("centroids", np.float32), ("offsets", np.int64), ("ids", np.int64), ("periods", np.int64),
    ("owners", np.int64), ("known_from", np.int64), ("languages", np.int32), ("tags", None), ("alive", np.uint8),
    ("scale", np.float64), ("trained_on", np.int64),
)  # fmt: skip
_CODES: Final = ("codes", np.uint8)


class Content(NamedTuple):
    """Content of a state: entries beside the lists, and the lists."""

    tail: Entries
    table: Table | None
    alive: Bits | None
    tags: list[str]
    """Language tags by their codes."""


def state_of_lists(tail: Entries, table: Table | None, alive: Bits | None, tags: npt.NDArray[np.str_]) -> State:
    """State of lists and of the entries beside them; that of plain entries where there are no lists.

    The table's vectors and codes come first and are not copied.
    """
    state = state_of(tail)
    if table is None or alive is None:
        return state
    arrays: dict[str, npt.NDArray[Any]] = {
        "vectors": table.vectors,
        "codes": table.codes,
        "centroids": table.centroids,
        "offsets": table.offsets,
        "ids": table.ids,
        "periods": table.columns.periods,
        "owners": table.columns.owners,
        "known_from": table.columns.known_from,
        "languages": table.columns.languages,
        "tags": tags,
        "alive": alive,
        "scale": np.array([table.scale]),
        "trained_on": np.array([table.trained_on]),
    }
    return {**{_PREFIX + name: array for name, array in arrays.items()}, "lists_kind": np.array(_KIND), **state}


def has_codes(state: State) -> bool:
    """False for a state without lists, or whose lists a former version has written, which kept no codes."""
    return f"{_PREFIX}codes" in state


def content_of(state: State, dimension: int, encode: Callable[[Fixed, float], Codes]) -> Content:
    """Content of a state. Raises `WrongShape`.

    `encode`: gives the codes of vectors at a scale, where a former version has written the state, which kept none.
    """
    tail = entries_of({name: array for name, array in state.items() if not name.startswith(_PREFIX)}, dimension)
    if _PREFIX + "kind" not in state:
        return Content(tail, None, None, [])
    expected = (*_ARRAYS, _CODES) if has_codes(state) else _ARRAYS
    named = {name: state.get(_PREFIX + name, np.empty(0)) for name, _ in expected}
    if str(state[_PREFIX + "kind"]) != _KIND:
        raise WrongShape("the state is of another kind of index")
    n, lists = len(named["ids"]), len(named["centroids"])
    shapes = {
        "vectors": (n, dimension), "centroids": (lists, dimension), "offsets": (lists + 1,), "ids": (n,),
        "periods": (n, 2), "owners": (n,), "known_from": (n,), "languages": (n,), "tags": (len(named["tags"]),),
        "alive": (-(-n // 64) * 8,), "scale": (1,), "trained_on": (1,),
        "codes": (n, dimension),
    }  # fmt: skip
    for name, dtype in expected:
        array = named[name]
        if array.shape != shapes[name] or (dtype is not None and array.dtype != dtype):
            raise WrongShape(f"{name} of the lists are {array.dtype} of shape {array.shape}")
    offsets, languages = named["offsets"], named["languages"]
    if offsets[0] != 0 or offsets[-1] != n or (np.diff(offsets) < 0).any():
        raise WrongShape("the lists do not follow each other")
    if languages.size and not 0 <= languages.min() <= languages.max() < len(named["tags"]):
        raise WrongShape("the lists have a language without a tag")
    scale = float(named["scale"][0])
    table = Table(
        named["centroids"],
        offsets,
        named["ids"],
        Columns(named["periods"], named["owners"], languages, named["known_from"]),
        named["vectors"],
        named["codes"] if "codes" in named else encode(named["vectors"], scale),
        scale,
        int(named["trained_on"][0]),
    )
    return Content(tail, table, named["alive"], named["tags"].tolist())
