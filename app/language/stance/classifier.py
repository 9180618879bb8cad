"""Classifier of a text's stance from its vector and its features (`app.language.stance.features`).

A multinomial logistic regression, fitted by `python bench/stance.py --fit` on the labelled sets of
`tests/quality/stance`. The vector carries what no list of words has; the features, what a vector blurs.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, Self, get_args

import numpy as np

from index.contract import FloatArray, WrongShape

Label = Literal["assertion", "report", "denial", "question"]
LABELS: Final[tuple[Label, ...]] = get_args(Label)
SCALE: Final = 8.0
"""Factor applied to unit vectors, so that the penalty on weights binds them no harder than those of features."""

_SHIPPED: Final = Path(__file__).with_name("classifier.json")


@dataclass(frozen=True, slots=True, eq=False)
class StanceClassifier:
    """Weights over the vectors of one embedder, of dimension d, and m named features."""

    embedder: str
    """The name of the embedder whose vectors these weights are for."""
    features: Sequence[str]
    weights: FloatArray
    """Shape (d + m, 4): a column for each of `LABELS`."""
    bias: FloatArray
    """Shape (4,)."""

    def classify(self, vector: FloatArray, features: Mapping[str, float]) -> Label:
        """The likeliest of `LABELS` for a text of this vector, shape (d,), and these features; one it lacks counts 0.

        Raises `WrongShape` for a vector of another dimension.
        """
        if len(vector) + len(self.features) != len(self.weights):
            raise WrongShape(f"{len(vector)} numbers where {len(self.weights) - len(self.features)} are classified")
        seen = np.concatenate([SCALE * vector, [features.get(name, 0.0) for name in self.features]])
        return LABELS[int(np.argmax(seen @ self.weights + self.bias))]

    def to_json(self) -> dict[str, Any]:
        return {
            "embedder": self.embedder,
            "labels": LABELS,
            "features": list(self.features),
            "bias": _rounded(self.bias),
            "weights": [_rounded(row) for row in self.weights],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        weights, bias = (np.array(stored[name], np.float32) for name in ("weights", "bias"))
        return cls(stored["embedder"], tuple(stored["features"]), weights, bias)


def shipped_classifier(embedder: str) -> StanceClassifier | None:
    """The classifier that is shipped for an embedder of this name; None where the rules decide alone."""
    classifier = StanceClassifier.from_json(json.loads(_SHIPPED.read_text(encoding="utf-8")))
    return classifier if classifier.embedder == embedder else None


def write_shipped(classifier: StanceClassifier) -> None:
    """Puts a newly fitted classifier in the place of the shipped one."""
    head = classifier.to_json()
    rows = ",\n".join(json.dumps(row) for row in head.pop("weights"))
    _SHIPPED.write_text(f'{json.dumps(head)[:-1]}, "weights": [\n{rows}\n]}}\n', encoding="utf-8")


def _rounded(numbers: FloatArray) -> list[float]:
    return [round(float(number), 4) for number in numbers]
