"""Text encoder that notifies observers of its calls."""

from collections.abc import Callable, Iterable, Sequence

from app.services.observability.observers import observers
from index.contract import EncodedText, EncoderInput, FloatArray, TextEncoder


class ObservedEncoder:
    """`TextEncoder` over another one; the observers are notified of each call with its number of texts."""

    def __init__(self, encoder: TextEncoder):
        self._encoder = encoder
        self.name = encoder.name
        self.fingerprint = encoder.fingerprint
        self.dimension = encoder.dimension
        self.token_features_version = encoder.token_features_version
        self.pair_states_version = encoder.pair_states_version

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        with observers.encoding(len(texts)):
            return self._encoder.embed(texts, progress)

    def encode(self, texts: Sequence[EncoderInput], progress: Callable[[int], None] | None = None) -> list[EncodedText]:
        if not texts:
            return []
        with observers.encoding(len(texts)):
            return self._encoder.encode(texts, progress)

    def add_names(self, people: Iterable[str]) -> None:
        self._encoder.add_names(people)

    def close(self) -> None:
        self._encoder.close()
