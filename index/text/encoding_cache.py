"""Text encoder that remembers what it encoded lately: a statement is often checked again, a word or a day later."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import Final

from index.contract import EncodedText, EncoderInput, FloatArray, TextEncoder

MOST_BYTES: Final = 16 * 1024 * 1024
"""Room for some 2,000 statements."""
_MOST_TEXTS: Final = 64
"""Of one call: an import has more, and would only push out what is asked for again."""


class CachingEncoder:
    """`TextEncoder` over another one. Keeps the encodings of short calls, the least recently used leaving first.

    Entries are found by a hash of the text, which itself is not kept. Safe to call from several threads.
    """

    def __init__(self, encoder: TextEncoder, most_bytes: int = MOST_BYTES):
        self._encoder = encoder
        self._most_bytes = most_bytes
        self._bytes = 0
        self._lock = threading.Lock()
        self._entries: OrderedDict[bytes, EncodedText] = OrderedDict()
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.token_features_version = encoder.token_features_version
        self.pair_states_version = encoder.pair_states_version

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        """Vectors from the encoder."""
        return self._encoder.embed(texts, progress)

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        """Encodings of the texts, in order: those that are remembered, and the others in one call of the encoder."""
        if len(texts) > _MOST_TEXTS:
            return self._encoder.encode(texts, progress)
        keys = [_key(text) for text in texts]
        with self._lock:
            known = {key: self._entries[key] for key in keys if key in self._entries}
            for key in known:
                self._entries.move_to_end(key)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            encoded = self._encoder.encode([*missing.values()], progress)
            known |= dict(zip(missing, encoded, strict=True))
            self._remember(missing, known)
        return [known[key] for key in keys]

    def add_names(self, people: Iterable[str]) -> None:
        """Adds names of people to the encoder; what it would encode otherwise from now on is forgotten."""
        self._encoder.add_names(people)
        with self._lock:
            self._entries.clear()
            self._bytes = 0

    def close(self) -> None:
        """Releases the model."""
        self._encoder.close()

    def _remember(self, keys: Iterable[bytes], encoded: dict[bytes, EncodedText]) -> None:
        with self._lock:
            for key in keys:
                before = self._entries.pop(key, None)
                self._entries[key] = encoded[key]
                self._bytes += _size(encoded[key]) - (_size(before) if before else 0)
            while self._bytes > self._most_bytes:
                _, gone = self._entries.popitem(last=False)
                self._bytes -= _size(gone)


def _key(text: EncoderInput) -> bytes:
    parts = f"{text.language}\0{text.text_start}\0{text.text}"
    return blake2b(parts.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _size(encoded: EncodedText) -> int:
    """Bytes that an entry takes, about."""
    packed = len(encoded.token_features) + len(encoded.pair_states) + 2 * len(encoded.terms)
    return 500 + encoded.vector.nbytes + packed
