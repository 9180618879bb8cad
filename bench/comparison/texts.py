"""Texts to check: statements of the archive, each changed in a word, so that each has a precedent and no two are equal."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

NEAR = 0.25
"""Part by which a statement may be longer or shorter than is asked."""


@dataclass(frozen=True)
class Text:
    """A text to check, and the statement that it was made of."""

    text: str
    statement: str


class Texts:
    """Endless texts of about a number of tokens, in the same order for the same seed.

    No text comes twice: a service that keeps answers or vectors of texts has no use of them here.
    """

    def __init__(self, statements: Sequence[str], tokens: int, tokenizer: Tokenizer, seed: int = 1):
        """Raises `ValueError` where no statement is of such a length."""
        lengths = [len(encoding.ids) for encoding in tokenizer.encode_batch(list(statements))]
        self.statements = [
            text for text, length in zip(statements, lengths, strict=True) if abs(length - tokens) <= NEAR * tokens
        ]
        if not self.statements:
            raise ValueError(f"no statement has about {tokens} tokens")
        self.tokens = tokens
        self._words = sorted({word for text in self.statements for word in text.split() if word.isalpha()})
        self._random = random.Random(seed)
        self._given: set[str] = set(statements)

    def take(self, count: int) -> list[Text]:
        return [next(self) for _ in range(count)]

    def __iter__(self) -> "Texts":
        return self

    def __next__(self) -> Text:
        while True:
            statement = self._random.choice(self.statements)
            words = statement.split()
            words[self._random.randrange(len(words))] = self._random.choice(self._words)
            text = " ".join(words)
            if text not in self._given:
                self._given.add(text)
                return Text(text, statement)


def statements_of(corpus: Path) -> list[str]:
    """Texts of a `corpus.jsonl`."""
    with corpus.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"].strip() for line in lines]
