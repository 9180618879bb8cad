"""Texts as padded token ids, as e5's tokenizer cuts them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from tokenizers import Tokenizer

from index.embedders.model_folder import SURPRISALS, TOKENIZER
from index.pairs.pair_states import LEAST_RARITY, MOST_RARITY, MOST_TOKENS
from index.text.normalize import normalize_text

from .texts import Text, one_line

LONGEST_TEXT = 1_200
EXPECTED_SURPRISAL = 2.0
"""As in `index.pairs.pair_states`: rarity is the surprisal above 2, at least .5 and at most 14."""


class Tokens(NamedTuple):
    """Of n texts the first tokens, `MOST_TOKENS` at most."""

    ids: np.ndarray
    """Shape (n, MOST_TOKENS), int64; `pad` behind the text."""
    lengths: np.ndarray
    """Shape (n,)."""
    rarities: np.ndarray
    """Shape (n, MOST_TOKENS), float32; 0 where there is no token."""
    prompt: tuple[int, ...]
    """Tokens before a text that is encoded alone: `<s>` and "query: "."""
    begin: int
    end: int
    pad: int


class TextTable:
    """Texts numbered in the order in which they come, each once however it is spaced."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.texts: list[Text] = []

    def __len__(self) -> int:
        return len(self.texts)

    def number(self, text: Text) -> int:
        """The number of the text, which is added where it is new."""
        words = one_line(text.text)[:LONGEST_TEXT]
        if words not in self._numbers:
            self._numbers[words] = len(self.texts)
            self.texts.append(Text(words, text.language))
        return self._numbers[words]

    def numbers(self, texts: Sequence[Text]) -> np.ndarray:
        return np.array([self.number(text) for text in texts], np.int64)


def tokenize(texts: Sequence[str], model: Path) -> Tokens:
    """The tokens of the texts by the tokenizer of a prepared model folder (`index.embedders.preparation`)."""
    tokenizer = Tokenizer.from_file(str(model / TOKENIZER))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    surprisals = np.load(model / SURPRISALS).astype(np.float32)
    begin, *rest, end = tokenizer.encode("query: ").ids
    pad = int(tokenizer.token_to_id("<pad>"))
    ids = np.full((len(texts), MOST_TOKENS), pad, np.int64)
    lengths = np.zeros(len(texts), np.int64)
    encoded = tokenizer.encode_batch([normalize_text(text) for text in texts], add_special_tokens=False)
    for at, one in enumerate(encoded):
        lengths[at] = min(len(one.ids), MOST_TOKENS)
        ids[at, : lengths[at]] = one.ids[: lengths[at]]
    known = np.arange(MOST_TOKENS) < lengths[:, None]
    rarities = np.clip(surprisals[ids] - EXPECTED_SURPRISAL, LEAST_RARITY, MOST_RARITY) * known
    return Tokens(ids, lengths, rarities.astype(np.float32), (begin, *rest), begin, end, pad)
