"""The network of the pair model: a small cross-encoder over the stored token states of two texts.

What it computes of late interaction `index.pairs.network.network_inputs` computes for its ONNX form.
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import dropout, gelu, scaled_dot_product_attention

from index.pairs.network import COVERED, TOKEN_NUMBERS
from index.pairs.pair_states import MOST_RARITY, MOST_TOKENS, WIDTH

from .readings import LABELS

_PAIR_NUMBERS = 12


class Layer(nn.Module):
    """A layer of a transformer, normalised after each part (as in BERT)."""

    def __init__(self, width: int, heads: int, inner: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.projections = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)
        self.norm_attention = nn.LayerNorm(width, eps=1e-12)
        self.widen = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm_output = nn.LayerNorm(width, eps=1e-12)

    def forward(self, states: Tensor, known: Tensor) -> Tensor:
        """States of shape (n, tokens, width); `known`, shape (n, tokens), is false for padding."""
        count, length, width = states.shape
        split = self.projections(states).view(count, length, 3, self.heads, width // self.heads)
        query, key, value = split.permute(2, 0, 3, 1, 4).unbind(0)
        drop = self.drop if self.training else 0.0
        attended = scaled_dot_product_attention(query, key, value, attn_mask=known[:, None, None, :], dropout_p=drop)
        attended = self.output(attended.transpose(1, 2).reshape(count, length, width))
        states = self.norm_attention(states + dropout(attended, drop, self.training))
        wide = self.narrow(gelu(self.widen(states)))
        normalised: Tensor = self.norm_output(states + dropout(wide, drop, self.training))
        return normalised


class Student(nn.Module):
    """Joint attention over both texts' token states, with what late interaction finds as further inputs."""

    def __init__(self, layers: int = 2, width: int = 256, heads: int = 4, inner: int = 512, drop: float = 0.1) -> None:
        super().__init__()
        self.drop, self.heads = drop, heads
        self.input = nn.Linear(WIDTH + TOKEN_NUMBERS, width)
        self.sides = nn.Parameter(torch.randn(2, width) * 0.02)
        self.positions = nn.Parameter(torch.randn(MOST_TOKENS, width) * 0.02)
        self.first = nn.Parameter(torch.randn(width) * 0.02)
        self.norm = nn.LayerNorm(width)
        self.layers = nn.ModuleList([Layer(width, heads, inner, drop) for _ in range(layers)])
        self.pair = nn.Linear(_PAIR_NUMBERS, 64)
        self.head = nn.Sequential(
            nn.Linear(3 * width + 64, 192), nn.GELU(), nn.Dropout(drop), nn.Linear(192, len(LABELS))
        )

    def forward(
        self, statement: Tensor, candidates: Tensor, statement_rarities: Tensor, candidate_rarities: Tensor
    ) -> Tensor:
        """Logits of the four labels, shape (n, 4).

        States of shape (n, tokens, WIDTH), each of length 1; rarities of shape (n, tokens), 0 for padding.
        """
        in_statement, in_candidate = statement_rarities > 0, candidate_rarities > 0
        for_statement, for_candidate, of_pair = _late_interaction(
            statement, candidates, statement_rarities, candidate_rarities
        )
        tokens = statement.shape[1]
        ours = torch.cat([statement * WIDTH**0.5, for_statement], 2)
        theirs = torch.cat([candidates * WIDTH**0.5, for_candidate], 2)
        ours = self.input(ours) + self.sides[0] + self.positions[:tokens]
        theirs = self.input(theirs) + self.sides[1] + self.positions[: candidates.shape[1]]
        first = self.first[None, None].expand(statement.shape[0], 1, -1).to(ours.dtype)
        states = dropout(self.norm(torch.cat([first, ours, theirs], 1)), self.drop, self.training)
        known = torch.cat([torch.ones_like(in_statement[:, :1]), in_statement, in_candidate], 1)
        for layer in self.layers:
            states = layer(states, known)
        pooled = [
            states[:, 0],
            _weighed_mean(states[:, 1 : 1 + tokens], statement_rarities),
            _weighed_mean(states[:, 1 + tokens :], candidate_rarities),
            self.pair(of_pair.to(states.dtype)),
        ]
        logits: Tensor = self.head(torch.cat(pooled, 1))
        return logits


def _late_interaction(
    statement: Tensor, candidates: Tensor, statement_rarities: Tensor, candidate_rarities: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """For each token its rarity, its best match's cosine, whether both are each other's best, and the side: shape
    (n, tokens, 4) for both texts; for the pair twelve means of these, shape (n, 12)."""
    ours, theirs = statement_rarities > 0, candidate_rarities > 0
    cosines = statement @ candidates.transpose(1, 2)
    cosines = cosines.masked_fill(~theirs[:, None, :], -1).masked_fill(~ours[:, :, None], -1)
    our_best, our_match = cosines.max(2)
    their_best, their_match = cosines.max(1)
    places = [torch.arange(states.shape[1], device=states.device)[None] for states in (statement, candidates)]
    our_mutual = ((torch.gather(their_match, 1, our_match) == places[0]) & ours).float()
    their_mutual = ((torch.gather(our_match, 1, their_match) == places[1]) & theirs).float()
    sides = (
        (our_best, our_mutual, statement_rarities, ours.float()),
        (their_best, their_mutual, candidate_rarities, theirs.float()),
    )
    of_pair = [
        *(_mean(best, rarities) for best, _, rarities, _ in sides),
        *(_mean(best, known) for best, _, _, known in sides),
        *(_mean((best > least).float(), rarities) for least in COVERED for best, _, rarities, _ in sides),
        *(_mean(mutual, rarities) for _, mutual, rarities, _ in sides),
        *(torch.log(known.sum(1) + 1) / 5 for _, _, _, known in sides),
    ]
    of_tokens = [
        torch.stack([rarities / MOST_RARITY, best, mutual, torch.full_like(best, side)], 2)
        for side, (best, mutual, rarities, _) in enumerate(sides)
    ]
    return of_tokens[0], of_tokens[1], torch.stack(of_pair, 1)


def _mean(numbers: Tensor, weights: Tensor) -> Tensor:
    return (numbers * weights).sum(1) / weights.sum(1).clamp(min=1e-6)


def _weighed_mean(states: Tensor, weights: Tensor) -> Tensor:
    return (states * (weights / weights.sum(1, keepdim=True).clamp(min=1e-6))[..., None]).sum(1)


class StudentOfTexts(nn.Module):
    """A student that is called with text numbers, for training: it looks their states up."""

    def __init__(self, student: Student, states: Tensor, rarities: np.ndarray, lengths: np.ndarray) -> None:
        """`states` of shape (texts, MOST_TOKENS, WIDTH), on the device on which is trained."""
        super().__init__()
        self.student = student
        self._states = states
        self._rarities = torch.from_numpy(rarities).to(states.device)
        self._lengths = lengths

    def forward(self, statements: np.ndarray, precedents: np.ndarray) -> Tensor:
        ours, our_rarities = self._side(statements)
        theirs, their_rarities = self._side(precedents)
        logits: Tensor = self.student(ours, theirs, our_rarities, their_rarities)
        return logits

    def _side(self, texts: np.ndarray) -> tuple[Tensor, Tensor]:
        longest = int(self._lengths[texts].max())
        at = torch.from_numpy(texts).to(self._states.device)
        return self._states[at, :longest].float(), self._rarities[at, :longest]
