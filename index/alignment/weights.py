"""Trained weights of the alignment models for roles, phrases and counterparts, shipped in `weights.json`.

Multinomial logistic regressions, fitted by `python bench/alignment.py --fit` on the development half of
`tests/quality/alignment`. Those that look at states serve the embedder whose states they have seen; with any other,
roles come from kinds alone, and counterparts from stems, names, numbers and letters.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

import numpy as np
import numpy.typing as npt

from index.alignment.chunked_text import ChunkedText
from index.alignment.chunks import Kind
from index.contract import FloatArray

Role = Literal["actor", "accused", "act", "means", "place", "quantity", "target", "victims", "time", "motive", "other"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
STATE_SCALE: Final = 8.0
"""Factor on unit states, so that the penalty on weights regularises them no more than the kinds."""

_JOIN_STATE_SCALE: Final = 4.0

_SHIPPED: Final = Path(__file__).with_name("weights.json")
_BY_KIND: Final[Mapping[Kind, Role]] = {
    Kind.NUMBER: "quantity",
    Kind.QUANTITY: "quantity",
    Kind.TIME: "time",
}


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A multinomial logistic regression of k classes over d numbers: `weights` of shape (d, k), `bias` (k,)."""

    weights: FloatArray
    bias: FloatArray

    def __call__(self, features: FloatArray) -> FloatArray:
        """Probabilities of shape (..., k) for features of shape (..., d)."""
        scores = features @ self.weights + self.bias
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares: FloatArray = scores / scores.sum(axis=-1, keepdims=True)
        return shares

    def to_json(self) -> dict[str, Any]:
        return {"bias": np.round(self.bias, 4).tolist(), "weights": np.round(self.weights, 4).tolist()}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(*(np.array(stored[name], np.float32) for name in ("weights", "bias")))


@dataclass(frozen=True, slots=True, eq=False)
class Weights:
    """Trained models: roles of chunks, joins of neighbours into phrases, and counterparts in two texts."""

    roles: Linear | None
    """Over `role_features`; without it roles come from kinds."""
    pairs: Linear
    """Over `pair_features`: nothing in common, repeated, changed."""
    joins: Linear
    """Over `join_features`: two phrases, or one."""

    def with_state_width(self, content: ChunkedText) -> ChunkedText:
        """Chunked text with states of the width that these weights expect: zeros where it has others."""
        width = self.roles.weights.shape[0] - 3 * len(Kind) if self.roles else 0
        if content.states.shape[1] == width:
            return content
        return replace(content, states=np.zeros((len(content), width), np.float32))

    def roles_of(self, content: ChunkedText) -> FloatArray:
        """Probabilities of each of `ROLES` for each chunk: shape (n, roles)."""
        if self.roles is not None:
            return self.roles(role_features(content))
        likely = np.zeros((len(content), len(ROLES)), np.float32)
        for row, kind in enumerate(content.kinds.tolist()):
            likely[row, ROLES.index(_BY_KIND.get(Kind(kind), "other"))] = 1
        return likely

    def to_json(self) -> dict[str, Any]:
        named = {"roles": self.roles, "pairs": self.pairs, "joins": self.joins}
        return {name: part.to_json() for name, part in named.items() if part}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        roles = Linear.from_json(stored["roles"]) if "roles" in stored else None
        return cls(roles, *(Linear.from_json(stored[name]) for name in ("pairs", "joins")))

    def joined_to_next(self, content: ChunkedText, roles: FloatArray) -> npt.NDArray[np.bool_]:
        """True for each chunk that forms one phrase with the next, given that nothing stands between them: shape (n -
        1,)."""
        likely = self.joins(join_features(content, roles))
        return likely[:, 1] > likely[:, 0]


def role_features(content: ChunkedText) -> FloatArray:
    """Shape (n, d): each part's state and kind, and the kinds of those before and after it."""
    kinds = np.eye(len(Kind), dtype=np.float32)[content.kinds]
    nothing = np.zeros((min(1, len(content)), len(Kind)), np.float32)
    around = [np.vstack([nothing, kinds[:-1]]), np.vstack([kinds[1:], nothing])]
    return np.hstack([STATE_SCALE * content.states, 2 * kinds, *around])


def join_features(content: ChunkedText, roles: FloatArray) -> FloatArray:
    """Shape (n - 1, d): roles, kinds and states of each part and the next. `roles`: shape (n, roles)."""
    kinds = np.eye(len(Kind), dtype=np.float32)[content.kinds]
    states = content.states
    both = roles[:-1] * roles[1:]
    alike = [(columns[:-1] * columns[1:]).sum(axis=1, keepdims=True) for columns in (roles, states)]
    beside = [half for columns in (roles, kinds, _JOIN_STATE_SCALE * states) for half in (columns[:-1], columns[1:])]
    return np.hstack([*alike, both, *beside])


@cache
def shipped_weights(embedder: str) -> Weights:
    """The weights for an embedder of this name."""
    stored = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return Weights.from_json(stored["with_states"] if stored["embedder"] == embedder else stored["without"])


def write_shipped(embedder: str, with_states: Weights, without: Weights) -> None:
    """Puts newly fitted weights in the place of the shipped ones."""
    stored = {"embedder": embedder, "with_states": with_states.to_json(), "without": without.to_json()}
    text = json.dumps(stored).replace("], [", "],\n[").replace('}, "', '},\n"')
    _SHIPPED.write_text(text + "\n", encoding="utf-8")
