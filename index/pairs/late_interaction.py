"""Late interaction of two texts: the best match of each token among the other text's tokens (as in ColBERT)."""

from collections.abc import Sequence
from typing import Final, NamedTuple, Self, TypeVar

import numpy as np
import numpy.typing as npt

from index.contract import FloatArray
from index.pairs.pair_states import WIDTH, PairStates, restored

_COLUMNS_AT_ONCE: Final = 16

T = TypeVar("T", bound=np.generic)
BoolArray = npt.NDArray[np.bool_]


class Matches(NamedTuple):
    """Best matches of one side's tokens, of n pairs: arrays of shape (n, tokens)."""

    cosines: FloatArray
    """Cosine of each token with its best match; 0 for padding, and where the other text has no token."""
    mutual: BoolArray
    """True where a token is the best match of its own best match."""


class LateInteraction(NamedTuple):
    """One statement with a tokens beside n candidates, padded to b tokens."""

    own: FloatArray
    """Shape (a, WIDTH): the statement's states."""
    theirs: FloatArray
    """Shape (n, b, WIDTH): the candidates'; 0 for padding."""
    valid: BoolArray
    """Shape (n, b): False for padding."""
    statement: Matches
    candidates: Matches

    @classmethod
    def of(cls, statement: PairStates, candidates: Sequence[PairStates], tokens: int) -> Self:
        """The statement and candidates of at most so many tokens, to which they are padded; both at least 1."""
        n, own = len(candidates), restored(statement.codes)
        lengths = np.array([len(candidate.codes) for candidate in candidates], np.int64)
        valid = np.arange(tokens) < lengths[:, None]
        theirs = np.zeros((n, tokens, WIDTH), np.float32)
        theirs[valid] = restored(np.concatenate([candidate.codes for candidate in candidates]))
        cosines = _products(theirs, own)
        cosines[~valid] = -np.inf
        of_own, of_theirs = cosines.argmax(axis=1), cosines.argmax(axis=2)
        mutual_own = np.take_along_axis(of_theirs, of_own, axis=1) == np.arange(len(own))
        mutual_theirs = np.take_along_axis(of_own, of_theirs, axis=1) == np.arange(tokens)
        highest_own = np.take_along_axis(cosines, of_own[:, None], axis=1)[:, 0]
        highest_theirs = np.take_along_axis(cosines, of_theirs[:, :, None], axis=2)[:, :, 0]
        known = (lengths > 0)[:, None]
        return cls(
            own,
            theirs,
            valid,
            Matches(np.where(known, highest_own, 0), mutual_own & known),
            Matches(np.where(valid, highest_theirs, 0), mutual_theirs & valid),
        )


def padded(arrays: Sequence[npt.NDArray[T]], valid: BoolArray) -> npt.NDArray[T]:
    """One row for each of the arrays, of one number a token: shape and padding, which is 0, are those of `valid`."""
    rows = np.zeros(valid.shape, arrays[0].dtype)
    rows[valid] = np.concatenate(arrays)
    return rows


def _products(states: FloatArray, others: FloatArray) -> FloatArray:
    """Products of states, shape (n, b, WIDTH), with others, shape (a, WIDTH): shape (n, b, a).

    By products so small that they are not spread over threads, which would wait for processors that other work keeps
    busy.
    """
    blocks = np.zeros((-(-len(others) // _COLUMNS_AT_ONCE) * _COLUMNS_AT_ONCE, WIDTH), np.float32)
    blocks[: len(others)] = others
    parts = states[None] @ blocks.reshape(-1, 1, _COLUMNS_AT_ONCE, WIDTH).swapaxes(2, 3)
    return np.concatenate(list(parts), axis=2)[:, :, : len(others)]
