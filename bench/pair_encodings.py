"""Texts as the pair model compares them, each encoded once, and kept in a file where one is named."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np

from index.contract import EncoderInput
from index.pairs.features import PairText
from index.pairs.pair_states import PairStates
from index.text.encoder import DefaultTextEncoder

_TEXTS_AT_ONCE = 200


class Encodings:
    """`encodings[text]` for every text that was added."""

    def __init__(self, encoder: DefaultTextEncoder, file: Path | None = None) -> None:
        """Texts that `file` has are not encoded again. Delete it when the encoder changes."""
        self._encoder, self._file = encoder, file
        self._known: dict[str, PairText] = {}
        self._packed: dict[str, bytes] = {}
        if file and file.is_file():
            with np.load(file) as stored:
                self._read(stored)

    def __getitem__(self, text: str) -> PairText:
        return self._known[text]

    def add(self, texts: Iterable[tuple[str, str]]) -> None:
        """Encodes the texts, given with their language codes, that are new. Shows progress on standard error."""
        new = sorted(
            {text: code for text, code in texts if text not in self._known}.items(), key=lambda one: len(one[0])
        )
        for begin in range(0, len(new), _TEXTS_AT_ONCE):
            batch = new[begin : begin + _TEXTS_AT_ONCE]
            for (text, code), one in zip(
                batch, self._encoder.encode([EncoderInput(*one) for one in batch]), strict=True
            ):
                self._put(text, code, one.terms, one.vector, one.pair_states)
            print(f"\rencoded {begin + len(batch)} of {len(new)} texts", end="", file=sys.stderr, flush=True)
        if new:
            print(file=sys.stderr)
            self._write()

    def _put(self, text: str, code: str, terms: str, vector: np.ndarray, packed: bytes) -> None:
        self._known[text] = PairText(text, code, frozenset(terms.split()), vector, PairStates.unpack(packed))
        self._packed[text] = packed

    def _read(self, stored: np.lib.npyio.NpzFile) -> None:
        texts, codes, terms = zip(*json.loads(stored["texts"].tobytes()), strict=True)
        states, vectors, ends = stored["states"].tobytes(), stored["vectors"], stored["ends"].tolist()
        for at, begin in enumerate([0, *ends[:-1]]):
            self._put(texts[at], codes[at], terms[at], vectors[at], states[begin : ends[at]])

    def _write(self) -> None:
        if not self._file:
            return
        known = list(self._known.values())
        np.savez(
            self._file,
            texts=np.frombuffer(
                json.dumps([(one.text, one.language, " ".join(one.terms)) for one in known]).encode(), "u1"
            ),
            vectors=np.array([one.vector for one in known], np.float32),
            states=np.frombuffer(b"".join(self._packed[one.text] for one in known), np.uint8),
            ends=np.cumsum([len(self._packed[one.text]) for one in known]),
        )
