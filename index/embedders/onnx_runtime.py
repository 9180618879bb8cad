"""Runs a prepared model with ONNX Runtime: the default embedder, and the one that servers use."""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from index.contract import FloatArray, ModelUnusable, TokenStates
from index.embedders.batching import embed_in_batches, embed_tokens_in_batches
from index.embedders.model_folder import GRAPH, PIECES, SURPRISALS, ModelCard
from index.embedders.tokenizer import Tokenizer, Tokens
from index.embedders.windows import Span, text_tokens
from index.processor_slots import processors

_SPARE_TOKENS = 2
"""A window cut out of a text can have a token more than it had inside."""


class OnnxEmbedder:
    """A model folder as an `Embedder`. Opening takes a second or two.

    A batch is computed on one thread: two of them share the work badly, and take half as much processor time again.
    Callers run side by side, as the batches of a long call do.
    """

    def __init__(self, folder: Path, batches_at_once: int | None = None) -> None:
        """`batches_at_once`: of one call; as many as there are processors by default. Raises `ModelUnusable`."""
        self.batches_at_once = batches_at_once or processors()
        self._card = ModelCard.read(folder)
        try:
            self._tokenizer = Tokenizer(folder / PIECES)
            self._surprisals = np.load(folder / SURPRISALS)
            self._session = onnxruntime.InferenceSession(
                str(folder / GRAPH), _options(), providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # both libraries raise their own, undocumented kinds
            raise ModelUnusable(f"The model in {folder} does not load: {error}") from error
        self.overhead = len(self._tokenizer.encode_whole(self._card.prompt).ids)
        self.limit = self._card.window - self.overhead - _SPARE_TOKENS

    @property
    def name(self) -> str:
        return self._card.name

    @property
    def fingerprint(self) -> str:
        return self._card.fingerprint

    @property
    def dimension(self) -> int:
        return self._card.dimension

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        return embed_in_batches(self, texts, progress)

    def embed_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[FloatArray, list[TokenStates]]:
        return embed_tokens_in_batches(self, texts, progress)

    def spans(self, texts: list[str]) -> list[list[Span]]:
        return [self._tokenizer.encode(text).spans for text in texts]

    def encode(self, texts: list[str]) -> FloatArray:
        vectors, _ = self._run(self._tokens(texts), ["sentence_embedding"])
        return vectors

    def encode_tokens(self, texts: list[str]) -> tuple[FloatArray, list[TokenStates]]:
        tokens = self._tokens(texts)
        vectors, [states, last] = self._run(tokens, ["sentence_embedding", "token_states", "last_states"])
        return vectors, [
            text_tokens(read.spans, own, len(self._card.prompt), own_last, self._surprisals[np.array(read.ids)])
            for read, own, own_last in zip(tokens, states, last, strict=True)
        ]

    def _tokens(self, texts: list[str]) -> list[Tokens]:
        return [self._tokenizer.encode_whole(self._card.prompt + text) for text in texts]

    def _run(self, texts: Sequence[Tokens], outputs: list[str]) -> tuple[FloatArray, list[FloatArray]]:
        """The first output, and the rest."""
        tokens = min(max(len(text.ids) for text in texts), self._card.window)
        ids = np.full((len(texts), tokens), self._card.pad, np.int64)
        mask = np.zeros((len(texts), tokens), np.int64)
        for row, text in enumerate(texts):
            known = text.ids[:tokens]
            ids[row, : len(known)] = known
            mask[row, : len(known)] = 1
        vectors, *rest = self._session.run(outputs, {"input_ids": ids, "attention_mask": mask})
        return np.asarray(vectors, np.float32), rest

    def close(self) -> None:
        del self._session


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options
