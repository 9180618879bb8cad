"""Measures how good, fast and large the default model is in several arithmetics: `python bench/embedders.py DATA_DIR`.

Quality is MRR@10 on the dated statements of `propaganda_diary`: for each query with an earlier statement filed under
the same fake (relevance 2), the reciprocal rank of the first such statement among all earlier ones. Every arithmetic is
measured in a process of its own, so that its peak memory is its own. Speed is that of this machine: compare rows of
one run only.
"""

import json
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np
from quantisation import ARITHMETICS, arithmetic

from index.embedders.model_folder import GRAPH
from index.embedders.onnx_runtime import OnnxEmbedder
from index.embedders.preparation.packed_weights import weights_file
from index.embedders.preparation.prepare import write_model
from index.embedders.preparation.q4_weights import read_q4_model
from index.embedders.preparation.tokenizer_file import build_tokenizer

LANGUAGES = ("en", "ru", "uk", "de", "it")
SHORT = "The White Helmets staged a chemical attack in the town and filmed it for the foreign media on Sunday"
LONG = (
    SHORT + ". According to a military source, six tanks of chlorine had been brought to the town by the militants, "
    "who want to blame government forces."
)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def build(name: str, folder: Path) -> None:
    """Writes a model folder whose graph computes in the arithmetic `name`."""
    model = read_q4_model(weights_file())
    write_model(model, build_tokenizer(model), arithmetic(name, model), folder, name, "by nobody")


def measure(folder: Path, data: Path) -> dict[str, float]:
    """All figures of one model folder."""
    began = time.perf_counter()
    embedder = OnnxEmbedder(folder)
    found = {"open_s": time.perf_counter() - began, "size_mb": (folder / GRAPH).stat().st_size / 1e6}
    found |= diary_mrr(embedder, data / "propaganda_diary")
    found["short_ms"] = latency_ms(embedder, SHORT)
    found["long_ms"] = latency_ms(embedder, LONG)
    titles = [row["text"] for row in rows(data / "euvsdisinfo" / "corpus.jsonl")][:10000:10]
    began = time.perf_counter()
    together = embedder.embed(titles)
    found["texts_per_s"] = len(titles) / (time.perf_counter() - began)
    alone = np.concatenate([embedder.embed([title]) for title in titles[:200]])
    found["least_self_cosine"] = float(np.sum(together[:200] * alone, axis=1).min())
    found["peak_mb"] = peak_mb()
    return found


def peak_mb() -> float:
    """Highest resident memory of this process; `getrusage` would give its parent's as well."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def latency_ms(embedder: Any, text: str) -> float:
    times = []
    for _ in range(60):
        began = time.perf_counter()
        embedder.embed([text])
        times.append(time.perf_counter() - began)
    return 1000 * median(times[10:])


def diary_mrr(embedder: Any, folder: Path) -> dict[str, float]:
    corpus, queries = list(rows(folder / "corpus.jsonl")), list(rows(folder / "queries.jsonl"))
    relevant: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "qrels.tsv").read_text().splitlines():
        query, statement, relevance = line.split("\t")
        if relevance == "2":
            relevant[query].add(statement)
    similarity = embedder.embed([q["text"] for q in queries]) @ embedder.embed([c["text"] for c in corpus]).T
    scores = defaultdict(list)
    for query, similarities in zip(queries, similarity, strict=True):
        earlier = [at for at, c in enumerate(corpus) if c["date"] < query["date"]]
        wanted = relevant[query["id"]] & {corpus[at]["id"] for at in earlier}
        if wanted:
            ranked = sorted(earlier, key=lambda at: -similarities[at])[:10]
            ranks = [rank for rank, at in enumerate(ranked, 1) if corpus[at]["id"] in wanted]
            scores[query["lang"]].append(1 / ranks[0] if ranks else 0.0)
    return {lang: mean(scores[lang]) for lang in LANGUAGES} | {"mean": mean(mean(scores[lang]) for lang in LANGUAGES)}


def main() -> None:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="folder that holds propaganda_diary and euvsdisinfo")
    parser.add_argument("--only", nargs="*", help="names of arithmetics, see quantisation.py")
    parser.add_argument("--folder", type=Path, help="measure this model folder, and print JSON")
    arguments = parser.parse_args()
    if arguments.folder:
        print(json.dumps(measure(arguments.folder, arguments.data)))
        return
    columns = "| {:48} | {} | {} | {:>6} | {:>6} | {:>5} | {:>5} | {:>5} | {:>6} |"
    print(columns.format("arithmetic", "  ".join(f" {lang} " for lang in LANGUAGES), "mean ", "22 tok", "62 tok", "1/s",
                         "MB", "peak", "self"))  # fmt: skip
    for name in arguments.only or ARITHMETICS:
        with tempfile.TemporaryDirectory() as folder:
            build(name, Path(folder))
            command = [sys.executable, __file__, str(arguments.data), "--folder", folder]
            r = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
        print(columns.format(
            name, "  ".join(f"{r[lang]:.3f}"[1:] for lang in LANGUAGES), f"{r['mean']:.4f}"[1:], f"{r['short_ms']:.1f}",
            f"{r['long_ms']:.1f}", f"{r['texts_per_s']:.0f}", f"{r['size_mb']:.0f}", f"{r['peak_mb']:.0f}",
            f"{r['least_self_cosine']:.4f}"), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
