"""From parts to phrases: neighbours that belong together become one span."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from index.alignment.content import Content
from index.alignment.weights import ROLES, Role, Weights
from index.contract import FloatArray

_SURE: Final = 0.55
"""How likely a role has to be to be named."""
_FLOOR: Final = 1e-3


class Phrases:
    """The parts of one text, and which neighbours can be one phrase."""

    def __init__(self, text: str, content: Content, roles: FloatArray, weights: Weights) -> None:
        """`roles`: shape (n, roles)."""
        self.spans = content.spans.tolist()
        self.roles = roles
        touching = [
            text[before[1] : after[0]].isspace() for before, after in zip(self.spans, self.spans[1:], strict=False)
        ]
        self._touching = touching
        self._joined = (np.array(touching, bool) & weights.bound(content, roles)).tolist()

    def touching(self, one: int, other: int) -> bool:
        """Whether two parts are neighbours with nothing but blanks between them."""
        return abs(one - other) == 1 and self._touching[min(one, other)]

    def joined(self, one: Sequence[int], other: Sequence[int]) -> bool:
        """Whether two runs of parts, each in order, make one phrase."""
        first, second = (one, other) if one[0] < other[0] else (other, one)
        return first[-1] + 1 == second[0] and self._joined[first[-1]]

    def runs(self, parts: Sequence[int]) -> list[list[int]]:
        """Parts, in order, put together to phrases."""
        runs: list[list[int]] = []
        for part in parts:
            if runs and self.joined(runs[-1], [part]):
                runs[-1].append(part)
            else:
                runs.append([part])
        return runs

    def span(self, parts: Sequence[int]) -> tuple[int, int]:
        """From the first of them to the last."""
        return self.spans[min(parts)][0], self.spans[max(parts)][1]


def role_of(evidence: FloatArray) -> Role:
    """The role of a phrase, from what is likely for each of its parts on both sides: shape (parts, roles)."""
    told = np.log(np.maximum(evidence, _FLOOR)).mean(axis=0)
    likely = np.exp(told - told.max())
    best = int(likely.argmax())
    return ROLES[best] if likely[best] >= _SURE * likely.sum() else "other"
