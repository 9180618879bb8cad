"""Judges a text's stance from its vector and from what the rules saw in it (`app.language.stance.features`).

A multinomial logistic regression, fitted by `python bench/stance.py --fit` on the labelled sets of
`tests/quality/stance`. The vector carries what no list of words has; the marks, what a vector blurs.
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
"""What unit vectors are multiplied by, so that the penalty on weights binds them no harder than the marks."""

_SHIPPED: Final = Path(__file__).with_name("classifier.json")


@dataclass(frozen=True, slots=True, eq=False)
class StanceJudge:
    """Weights over the vectors of one embedder, of dimension d, and m named marks."""

    embedder: str
    """The name of the embedder whose vectors these weights are for."""
    marks: Sequence[str]
    weights: FloatArray
    """Shape (d + m, 4): a column for each of `LABELS`."""
    bias: FloatArray
    """Shape (4,)."""

    def judge(self, vector: FloatArray, marks: Mapping[str, float]) -> Label:
        """The likeliest of `LABELS` for a text of this vector, shape (d,), and these marks; one it lacks counts 0.

        Raises `WrongShape` for a vector of another dimension.
        """
        if len(vector) + len(self.marks) != len(self.weights):
            raise WrongShape(f"{len(vector)} numbers where {len(self.weights) - len(self.marks)} are judged")
        seen = np.concatenate([SCALE * vector, [marks.get(name, 0.0) for name in self.marks]])
        return LABELS[int(np.argmax(seen @ self.weights + self.bias))]

    def to_json(self) -> dict[str, Any]:
        return {
            "embedder": self.embedder,
            "labels": LABELS,
            "marks": list(self.marks),
            "bias": _rounded(self.bias),
            "weights": [_rounded(row) for row in self.weights],
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        weights, bias = (np.array(stored[name], np.float32) for name in ("weights", "bias"))
        return cls(stored["embedder"], tuple(stored["marks"]), weights, bias)


def shipped_judge(embedder: str) -> StanceJudge | None:
    """The judge that is shipped for an embedder of this name; None where there is none, and the rules decide alone."""
    judge = StanceJudge.from_json(json.loads(_SHIPPED.read_text(encoding="utf-8")))
    return judge if judge.embedder == embedder else None


def write_shipped(judge: StanceJudge) -> None:
    """Puts a newly fitted judge in the place of the shipped one."""
    head = judge.to_json()
    rows = ",\n".join(json.dumps(row) for row in head.pop("weights"))
    _SHIPPED.write_text(f'{json.dumps(head)[:-1]}, "weights": [\n{rows}\n]}}\n', encoding="utf-8")


def _rounded(numbers: FloatArray) -> list[float]:
    return [round(float(number), 4) for number in numbers]
