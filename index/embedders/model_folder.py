"""Layout and completeness check of a prepared model folder: start here when one is refused."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final, Self

from platformdirs import user_cache_path

from index.contract import ModelUnusable

LAYOUT: Final = 1
"""To be raised with every change that could give a text another vector: arithmetic, calibration texts.

It is part of the fingerprint, and of the folder's name, so that older folders stay aside.
"""

REVISION: Final = 4
"""To be raised with every other change to what a folder holds, such as one more output of the graph. It is part of the
folder's name alone: vectors of an earlier revision stay valid."""

GRAPH: Final = "model.onnx"
TOKENIZER: Final = "tokenizer.json"
"""For the library tokenizers, and for the fingerprint; `PIECES` is what is read here."""

PIECES: Final = "sentencepiece.model"
CARD: Final = "model.json"
SURPRISALS: Final = "surprisals.npy"
"""Of each token of the vocabulary, float32: minus the natural logarithm of its frequency, as the tokenizer has it."""
DEFAULT_MODEL: Final = "multilingual-e5-small"


def default_model_dir() -> Path:
    """Default folder of models: the user's cache, e.g. `~/.cache/refrain/models`."""
    return user_cache_path("refrain") / "models"


def default_model_folder(model_dir: Path) -> Path:
    """The folder of the default model."""
    return model_dir / f"{DEFAULT_MODEL}-{LAYOUT}.{REVISION}"


@dataclass(frozen=True, slots=True)
class ModelCard:
    """All that one must know to use the graph and the tokenizer beside it. Stored as JSON in `model.json`."""

    name: str
    dimension: int
    window: int
    """Tokens that the model reads at once, special tokens and prompt included."""
    prompt: str
    """Prefix of every text."""
    states_layer: int
    """The encoder layer, counted from 1, whose states the graph gives as `token_states`."""
    pad: int
    """The token id that fills a batch up."""
    verified: str
    """Check that the model passed when it was prepared."""
    licence: str
    source: str
    """SHA-256 of the weights that the graph was made from."""
    files: dict[str, str]
    """SHA-256 of every other file in the folder."""

    @property
    def fingerprint(self) -> str:
        """Over what determines a vector. Not over the graph: made on another processor, its last bits differ."""
        decisive = [LAYOUT, self.name, self.source, self.files[TOKENIZER], self.dimension, self.window, self.prompt]
        return hashlib.sha256(json.dumps(decisive).encode()).hexdigest()

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The card of a folder whose files all have the right checksums. Takes about a tenth of a second.

        Raises `ModelUnusable` when a file is missing, damaged or from another preparation.
        """
        cure = f"Delete {folder} and start again: it will be prepared anew."
        try:
            card = cls(**json.loads((folder / CARD).read_bytes()))
            wrong = [name for name, expected in card.files.items() if checksum(folder / name) != expected]
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise ModelUnusable(f"The model in {folder} is damaged ({error}). {cure}") from error
        if wrong or not {GRAPH, TOKENIZER, PIECES, SURPRISALS} <= card.files.keys():
            raise ModelUnusable(f"The model in {folder} is damaged ({', '.join(wrong) or CARD}). {cure}")
        return card

    def write(self, folder: Path) -> None:
        """Writes `model.json`."""
        (folder / CARD).write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def checksum(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
