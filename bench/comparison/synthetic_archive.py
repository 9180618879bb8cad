"""Archives of any size: statements of a real one with words added, and vectors that vary the real ones'.

A statement keeps what explaining and scoring need of the text that it is made of (phrases, token states, stance); its vector
is that text's plus noise with the covariance of the real vectors, at a cosine of .6 to .95; it is dated within five days of
it. So vectors drift with date as the real ones do, and nothing is embedded but the real texts.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Any
from zlib import crc32

import numpy as np

from app.domain.core.dates import parse_period
from app.domain.statements.statements import StatementDraft
from app.services.stance.ports import ClassifiedText
from index.alignment.chunked_text import ChunkedText
from index.contract import EncodedText, EncoderInput, FloatArray, TextEncoder
from index.pairs.pair_states import PairStates

LEAST_LIKE, MOST_LIKE = 0.6, 0.95
WRITTEN_AT_ONCE = 2_048


class SyntheticArchive:
    """Endless statements made of real ones; call it in place of what encodes statements."""

    def __init__(self, records: Sequence[dict[str, Any]], encoded: Sequence[ClassifiedText], seed: int = 1):
        """`records`: lines of a `corpus.jsonl`, with what encodes statements made of their texts."""
        self._records, self._encoded = records, encoded
        self._words = sorted({word for record in records for word in record["text"].lower().split() if word.isalpha()})
        self._random = np.random.default_rng(seed)
        vectors = np.stack([one.encoded.vector for one in encoded])
        covariance = np.cov((vectors - vectors.mean(0)).T) + 1e-7 * np.eye(vectors.shape[1])
        self._spread = np.linalg.cholesky(covariance).astype(np.float32)
        self._made_of: dict[str, tuple[int, str]] = {}
        self._number = 0
        self.encoder: TextEncoder | None = None
        """Whose fingerprint the vectors are stored under."""

    def drafts(self) -> Iterator[StatementDraft]:
        """Statements in no order of date, each another text."""
        while True:
            parent = int(self._random.integers(len(self._records)))
            words = " ".join(self._words[at] for at in self._random.integers(len(self._words), size=2))
            added = f"{words} {self._number}"
            self._number += 1
            record = self._records[parent]
            text = f"{record['text'].strip()} ({added})"
            self._made_of[text] = parent, added
            day = date.fromisoformat(record["date"][:10]) + timedelta(days=int(self._random.integers(-5, 6)))
            yield StatementDraft(text, language=record["lang"], said_at=parse_period(day.isoformat()))

    def __call__(
        self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None
    ) -> list[ClassifiedText]:
        made_of = [self._made_of.pop(one.text) for one in texts]
        known = [self._encoded[parent] for parent, _ in made_of]
        vectors = self._variations(np.stack([one.encoded.vector for one in known]))
        return [
            one._replace(
                encoded=_as_of(one.encoded, text.text)._replace(vector=vector, terms=f"{one.encoded.terms} {added}")
            )
            for one, vector, text, (_, added) in zip(known, vectors, texts, made_of, strict=True)
        ]

    def _variations(self, of: FloatArray) -> FloatArray:
        noise = self._random.standard_normal(of.shape, np.float32) @ self._spread.T
        noise -= np.sum(noise * of, 1, keepdims=True) * of
        noise /= np.linalg.norm(noise, axis=1, keepdims=True)
        like = self._random.uniform(LEAST_LIKE, MOST_LIKE, (len(of), 1)).astype(np.float32)
        varied: FloatArray = like * of + np.sqrt(1 - like**2) * noise
        return varied


def _as_of(encoded: EncodedText, text: str) -> EncodedText:
    """The encoding as if it were of this text, which begins with its own; a check would compute another's anew."""
    phrases = replace(ChunkedText.unpack(encoded.token_features), checksum=crc32(text.encode()))
    states = replace(PairStates.unpack(encoded.pair_states), checksum=crc32(text.encode()))
    return encoded._replace(token_features=phrases.pack(), pair_states=states.pack())


def fill(services: Any, archive: SyntheticArchive, statements: int) -> None:
    """Adds statements to the archive of some services until it has so many."""
    archive.encoder = services.encoder
    record = replace(services.record_statements, encode=archive)
    drafts = archive.drafts()
    while missing := statements - services.archive.size:
        record.commit_in_pieces(record.prepare(list(islice(drafts, min(missing, WRITTEN_AT_ONCE)))))
    services.archive.save()
