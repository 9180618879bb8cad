"""Phrases: adjacent chunks that belong together become one span."""

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from index.alignment.chunked_text import ChunkedText
from index.alignment.weights import ROLES, Role, Weights

_SURE: Final = 0.55
"""Least probability of a role for it to be assigned."""
_FLOOR: Final = 1e-3


class AlignmentInput(NamedTuple):
    """A text to be aligned, its language, and its content."""

    text: str
    language: str
    content: ChunkedText


class Phrases:
    """Chunks of one text, their roles, and which neighbours can form one phrase."""

    def __init__(self, side: AlignmentInput, weights: Weights) -> None:
        self.text, self.language, _ = side
        text = self.text
        self.content = content = weights.with_state_width(side.content)
        self.spans: list[tuple[int, int]] = content.spans.tolist()
        self.words = [text[start:end].lower() for start, end in self.spans]
        self.roles = roles = weights.roles_of(content)
        """Shape (n, roles)."""
        evidence = np.log(np.maximum(roles, _FLOOR))
        self._evidence: list[list[float]] = evidence.tolist()
        most = evidence.max(axis=1, initial=-np.inf, keepdims=True)
        sure = np.exp(evidence - most).sum(axis=1) * _SURE <= 1
        likeliest = evidence.argmax(axis=1).tolist() if len(evidence) else []
        self.single_roles: list[Role] = [
            ROLES[role] if known else "other" for role, known in zip(likeliest, sure.tolist(), strict=True)
        ]
        """Role of each chunk that is a phrase by itself, as `role_of` has it."""
        adjacent = [
            text[before[1] : after[0]].isspace() for before, after in zip(self.spans, self.spans[1:], strict=False)
        ]
        self._adjacent = adjacent
        self._joined = (np.array(adjacent, bool) & weights.joined_to_next(content, roles)).tolist()

    def adjacent(self, first: int, second: int) -> bool:
        """True if two chunks are neighbours with only blanks between them."""
        before = min(first, second)
        return abs(first - second) == 1 and before < len(self._adjacent) and self._adjacent[before]

    def joined(self, run: Sequence[int], next_run: Sequence[int]) -> bool:
        """True if two runs of chunks, each in order, form one phrase."""
        first, second = (run, next_run) if run[0] < next_run[0] else (next_run, run)
        return first[-1] + 1 == second[0] and self._joined[first[-1]]

    def runs(self, parts: Sequence[int]) -> list[list[int]]:
        """Runs of chunks that form phrases, from chunks in order."""
        runs: list[list[int]] = []
        for part in parts:
            if runs and self.joined(runs[-1], [part]):
                runs[-1].append(part)
            else:
                runs.append([part])
        return runs

    def role_log_probabilities(self, parts: Sequence[int]) -> list[list[float]]:
        """Log probabilities of each role, for each of the chunks."""
        return [self._evidence[part] for part in parts]

    def span(self, parts: Sequence[int]) -> tuple[int, int]:
        """Span from the first to the last chunk."""
        return self.spans[min(parts)][0], self.spans[max(parts)][1]


def role_of(log_probabilities: Sequence[Sequence[float]]) -> Role:
    """Role of a phrase, from the log probabilities of its chunks on both sides."""
    totals = log_probabilities[0]
    for others in log_probabilities[1:]:
        totals = [total + other for total, other in zip(totals, others, strict=True)]
    count = len(log_probabilities)
    most = max(totals)
    spread = sum([math.exp((total - most) / count) for total in totals])
    return ROLES[totals.index(most)] if spread * _SURE <= 1 else "other"
