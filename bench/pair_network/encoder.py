"""`multilingual-e5-small` in torch: as the encoder that ships, for one text, and as a cross-encoder, for two at once."""

from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import AutoModel

from index.embedders.preparation.transformer_folder import write_transformer_folder
from index.pairs.pair_states import MOST_TOKENS, WIDTH

from .readings import LABELS
from .tokens import Tokens

_LEVELS = 7
"""Of a stored number, either side of 0 (`index.pairs.pair_states`)."""
_TEXTS_AT_ONCE = 256


def open_e5(model: Path) -> nn.Module:
    """The transformer in 32 bits, with its word embeddings frozen; `model` is a prepared model folder."""
    folder = model / "sentence-transformers"
    if not folder.exists():
        write_transformer_folder(folder)
    transformer = AutoModel.from_pretrained(folder, add_pooling_layer=False, local_files_only=True)
    transformer.get_input_embeddings().weight.requires_grad_(False)
    return transformer


class CrossEncoder(nn.Module):
    """Twelve layers that read `<s> statement </s> precedent </s>`, and a head for each task."""

    def __init__(self, model: Path, tokens: Tokens, dropout: float = 0.1) -> None:
        super().__init__()
        self.transformer = open_e5(model)
        width = self.transformer.config.hidden_size
        self.head = nn.Sequential(
            nn.Linear(2 * width, width), nn.Tanh(), nn.Dropout(dropout), nn.Linear(width, len(LABELS))
        )
        self.similarity = nn.Linear(2 * width, 1)
        self.link = nn.Linear(2 * width, 1)
        self._tokens = tokens

    def forward(self, statements: np.ndarray, precedents: np.ndarray) -> Tensor:
        """Logits of the four labels for pairs of text numbers: shape (pairs, 4)."""
        logits: Tensor = self.head(self.states(statements, precedents))
        return logits

    def states(self, statements: np.ndarray, precedents: np.ndarray) -> Tensor:
        """The first token's last state beside the mean of all: shape (pairs, 2 * width)."""
        ids, types = self._sequences(statements, precedents)
        mask = ids != self._tokens.pad
        last = self.transformer(input_ids=ids, token_type_ids=types, attention_mask=mask.long()).last_hidden_state
        mean = (last * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return torch.cat([last[:, 0], mean], 1)

    def _sequences(self, statements: np.ndarray, precedents: np.ndarray) -> tuple[Tensor, Tensor]:
        tokens, device = self._tokens, self.similarity.weight.device
        first, second = tokens.lengths[statements], tokens.lengths[precedents]
        ids = np.full((len(statements), int((first + second).max()) + 3), tokens.pad, np.int64)
        types = np.zeros_like(ids)
        for row, (one, other, a, b) in enumerate(zip(statements, precedents, first, second, strict=True)):
            ids[row, 0], ids[row, a + 1], ids[row, a + b + 2] = tokens.begin, tokens.end, tokens.end
            ids[row, 1 : a + 1] = tokens.ids[one, :a]
            ids[row, a + 2 : a + b + 2] = tokens.ids[other, :b]
            types[row, a + 2 : a + b + 3] = 1
        return torch.from_numpy(ids).to(device), torch.from_numpy(types).to(device)


@torch.no_grad()
def encode_alone(
    model: Path, tokens: Tokens, projection: dict[str, np.ndarray], device: str
) -> tuple[np.ndarray, Tensor]:
    """Of each text the unit vector, shape (n, width), and its token states as they are stored, shape
    (n, MOST_TOKENS, WIDTH), half precision, 0 where there is no token.

    `projection` has the arrays of `index/pairs/projection.npz`.
    """
    transformer = open_e5(model).to(device).eval()
    mean, directions = (
        torch.from_numpy(projection[name].astype(np.float32)).to(device) for name in ("mean", "projection")
    )
    count, ahead = len(tokens.lengths), len(tokens.prompt)
    vectors = np.zeros((count, transformer.config.hidden_size), np.float32)
    states = torch.zeros(count, MOST_TOKENS, WIDTH, dtype=torch.float16, device=device)
    order = np.argsort(tokens.lengths, kind="stable")
    for begin in range(0, count, _TEXTS_AT_ONCE):
        batch = order[begin : begin + _TEXTS_AT_ONCE]
        lengths = tokens.lengths[batch]
        longest = int(lengths.max())
        ids = np.full((len(batch), ahead + longest + 1), tokens.pad, np.int64)
        ids[:, :ahead] = tokens.prompt
        ids[:, ahead:-1] = tokens.ids[batch, :longest]
        ids[np.arange(len(batch)), ahead + lengths] = tokens.end
        given = torch.from_numpy(ids).to(device)
        mask = given != tokens.pad
        with torch.autocast(device, torch.bfloat16, enabled=device == "cuda"):
            last = transformer(input_ids=given, attention_mask=mask.long()).last_hidden_state.float()
        pooled = (last * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        vectors[batch] = normalize(pooled, dim=1).cpu().numpy()
        known = torch.arange(longest, device=device)[None] < torch.from_numpy(lengths).to(device)[:, None]
        stored = _as_stored((last[:, ahead:-1] - mean) @ directions) * known[..., None]
        states[torch.from_numpy(batch).to(device), :longest] = stored.half()
    return vectors, states


def _as_stored(states: Tensor) -> Tensor:
    """Rounded to 4 bits by the largest number of each state, and of length 1."""
    largest = states.abs().amax(-1, keepdim=True).clamp(min=1e-6)
    return normalize(torch.round(states / largest * _LEVELS), dim=-1)
