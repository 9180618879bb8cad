"""What was learned from labelled pairs: weights that tell roles and counterparts, shipped in `weights.json`.

Multinomial logistic regressions, fitted by `python bench/alignment.py --fit` on the development half of
`tests/quality/alignment`. Those that look at states serve the embedder whose states they have seen; with any other,
roles come from kinds alone, and counterparts from stems, names, numbers and letters.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

import numpy as np

from index.alignment.content import Content
from index.alignment.parts import Kind
from index.contract import FloatArray

Role = Literal["actor", "accused", "act", "means", "place", "quantity", "target", "victims", "time", "motive", "other"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)
STATE_SCALE: Final = 8.0
"""What unit states are multiplied by, so that the penalty on weights binds them no harder than the kinds."""

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
    """Tells the roles of parts, and which parts of two texts belong together."""

    roles: Linear | None
    """Over `role_features`; without it roles come from kinds."""
    pairs: Linear
    """Over `pair_features`: nothing in common, repeated, changed."""

    def roles_of(self, content: Content) -> FloatArray:
        """How likely each part has each of `ROLES`: shape (n, roles)."""
        if self.roles is not None and content.states.shape[1]:
            return self.roles(role_features(content))
        likely = np.zeros((len(content), len(ROLES)), np.float32)
        for at, kind in enumerate(content.kinds.tolist()):
            likely[at, ROLES.index(_BY_KIND.get(Kind(kind), "other"))] = 1
        return likely


def role_features(content: Content) -> FloatArray:
    """Shape (n, d): each part's state and kind, and the kinds of those before and after it."""
    kinds = np.eye(len(Kind), dtype=np.float32)[content.kinds]
    nothing = np.zeros((min(1, len(content)), len(Kind)), np.float32)
    around = [np.vstack([nothing, kinds[:-1]]), np.vstack([kinds[1:], nothing])]
    return np.hstack([STATE_SCALE * content.states, 2 * kinds, *around])


@cache
def shipped_weights(embedder: str) -> Weights:
    """The weights for an embedder of this name."""
    stored = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    if stored["embedder"] == embedder:
        return Weights(Linear.from_json(stored["roles"]), Linear.from_json(stored["pairs"]))
    return Weights(None, Linear.from_json(stored["bare_pairs"]))


def write_shipped(embedder: str, roles: Linear, pairs: Linear, bare_pairs: Linear) -> None:
    """Puts newly fitted weights in the place of the shipped ones."""
    stored = {
        "embedder": embedder,
        "roles": roles.to_json(),
        "pairs": pairs.to_json(),
        "bare_pairs": bare_pairs.to_json(),
    }
    text = json.dumps(stored).replace("], [", "],\n[").replace('}, "', '},\n"')
    _SHIPPED.write_text(text + "\n", encoding="utf-8")
