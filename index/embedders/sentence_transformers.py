"""Runs any sentence-transformers model, by name or folder: for trying other models. Needs torch, and is slower."""

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.contract import FloatArray, ModelUnusable, TokenStates
from index.embedders.batching import embed_in_batches, embed_tokens_in_batches
from index.embedders.model_folder import checksum
from index.embedders.windows import Span, text_tokens, unit_rows

_E5_PROMPT: Final = "query: "
_REACHABLE_WITHIN_S: Final = 5
_STATES_DEPTH: Final = 2 / 3
"""After which part of the layers words are compared: the eighth of twelve, as in the default model."""

_SPARE_TOKENS: Final = 2
"""A window cut out of a text can have a token more than it had inside."""


class SentenceTransformersEmbedder:
    """A sentence-transformers model as an `Embedder`.

    Prompt: the model's own default, else the one it names `query`, else e5's for models that are called e5, else none.
    """

    def __init__(self, name: str) -> None:
        """`name` is a folder, or a model to be downloaded if it is not yet. Raises `ModelUnusable`."""
        self._model = _load(name)
        self._lock = threading.Lock()
        self._tokenizer = self._model.tokenizer
        if not getattr(self._tokenizer, "is_fast", False):
            raise ModelUnusable(f"The model {name!r} has no fast tokenizer, which reading long texts needs.")
        self.name = f"{name} (sentence-transformers)"
        self.batches_at_once = 1
        self.dimension = int(self._model.get_embedding_dimension())
        self.prompt = _prompt(self._model, name)
        self.overhead = len(self._tokenizer(self.prompt)["input_ids"])
        window = self._model.max_seq_length
        self.limit = int(window) - self.overhead - _SPARE_TOKENS if window and window < 1_000_000 else None
        self.fingerprint = _fingerprint(self._model, name, self.prompt, window)

    def embed(self, texts: Sequence[str], progress: Callable[[int], None] | None = None) -> FloatArray:
        return embed_in_batches(self, texts, progress)

    def embed_tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> tuple[FloatArray, list[TokenStates]]:
        """Vectors and token states; without states for a model that is not a stack of encoder layers."""
        return embed_tokens_in_batches(self, texts, progress)

    def spans(self, texts: list[str]) -> list[list[Span]]:
        if not texts:
            return []
        with self._lock:  # a fast tokenizer must not be set up from two threads
            found = self._tokenizer(texts, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        return [[(int(a), int(b)) for a, b in offsets] for offsets in found["offset_mapping"]]

    def encode(self, texts: list[str]) -> FloatArray:
        with self._lock:
            vectors = self._model.encode(
                texts, prompt=self.prompt, batch_size=len(texts), convert_to_numpy=True, show_progress_bar=False
            )
        return unit_rows(np.asarray(vectors, np.float32))

    def encode_tokens(self, texts: list[str]) -> tuple[FloatArray, list[TokenStates]]:
        layers = _encoder_layers(self._model)
        if not layers:
            return self.encode(texts), [TokenStates.none()] * len(texts)
        seen: list[FloatArray] = []
        prompted = [self.prompt + text for text in texts]
        with self._lock:
            features = self._model.preprocess(prompted)
            offsets = self._tokenizer(prompted, return_offsets_mapping=True, verbose=False)["offset_mapping"]
            layer = layers[round(len(layers) * _STATES_DEPTH) - 1]
            hook = layer.register_forward_hook(lambda _, __, out: seen.append(_numbers(out)))
            try:
                vectors = _numbers(self._model(features)["sentence_embedding"])
            finally:
                hook.remove()
        tokens = [text_tokens(spans, states, len(self.prompt)) for spans, states in zip(offsets, seen[0], strict=True)]
        return unit_rows(vectors), tokens

    def close(self) -> None:
        del self._model


def _encoder_layers(model: Any) -> Any:
    """The layers of a BERT or one of its kin, in order; nothing for any other architecture."""
    encoder = getattr(getattr(model[0], "auto_model", None), "encoder", None)
    return getattr(encoder, "layer", None) or []


def _numbers(out: Any) -> FloatArray:
    tensor = out[0] if isinstance(out, tuple) else out
    return np.asarray(tensor.detach().cpu().numpy(), np.float32)


def _load(name: str) -> Any:
    try:
        import torch  # noqa: F401  first, because transformers goes on without it and prints a warning
        from sentence_transformers import SentenceTransformer
    except (ImportError, OSError) as error:  # OSError: torch without a library that its build needs
        raise ModelUnusable(
            f"The model {name!r} needs the packages sentence-transformers and torch, and they cannot be imported "
            f"({_first_line(error)}). `make models` installs them."
        ) from error
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=_is_here_or_out_of_reach(name))
    except Exception as error:  # the library raises many kinds, from OSError to its hub's own
        raise ModelUnusable(
            f"The model {name!r} is no folder here, or cannot be downloaded or read "
            f"({type(error).__name__}: {_first_line(error)}). Give the path of a model folder, or leave the setting "
            "empty for the default model, which needs no network."
        ) from error


def _is_here_or_out_of_reach(name: str) -> bool:
    """True if nothing is to be downloaded. Asking first saves a minute of retries where there is no network."""
    from huggingface_hub import model_info, try_to_load_from_cache
    from huggingface_hub.errors import HfHubHTTPError

    if Path(name).is_dir() or isinstance(try_to_load_from_cache(name, "config.json"), str):
        return True
    try:
        model_info(name, timeout=_REACHABLE_WITHIN_S)
    except HfHubHTTPError:  # it answers, though not to this short name: loading knows more names
        return False
    except Exception:  # noqa: BLE001  every way of having no network
        return True
    return False


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), "")


def _prompt(model: Any, name: str) -> str:
    prompts: dict[str, str] = model.prompts or {}
    default = prompts.get(model.default_prompt_name or "", "")
    guessed = _E5_PROMPT if "e5" in Path(name).name.lower().split("-") else ""
    return default or prompts.get("query", "") or guessed


def _fingerprint(model: Any, name: str, prompt: str, window: int | None) -> str:
    """Over the model's files where it lies in a folder, and else over its name and the revision that was loaded."""
    folder = Path(name)
    if folder.is_dir():
        files = sorted(file for file in folder.rglob("*") if file.is_file() and not file.name.startswith("."))
        source = [[file.relative_to(folder).as_posix(), checksum(file)] for file in files]
    else:
        source = [[name, str(model.model_card_data.base_model_revision)]]
    return hashlib.sha256(json.dumps([source, prompt, window]).encode()).hexdigest()
