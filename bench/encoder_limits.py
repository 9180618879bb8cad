"""Throughput of the encoder on these processors: threads, batches, padding and tokenising, in turns within one run.

    python bench/encoder_limits.py DATA/euvsdisinfo/corpus.jsonl [--rounds 7]

For texts of about 22 and 100 tokens, and for a long text with its sentences: milliseconds a text of the clock and of the
processor, with one and with two threads a call, alone and with two callers at once, in batches of 1, 4, 16 and 64; the
share of tokenising; and the same with batches of any length, as padding has it.
"""

import argparse
import json
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import onnxruntime

from app.settings import load_settings
from index.embedders import batching, onnx_runtime
from index.embedders.model_folder import default_model_dir
from index.embedders.onnx_runtime import OnnxEmbedder
from index.factory import open_embedder

Timed = tuple[float, float]
"""Seconds of the clock, and of the processor."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.corpus.open(encoding="utf-8")]
    one, two = _embedder(1), _embedder(2)
    length = {text: len(spans) for text, spans in zip(texts[:4_000], one.spans(texts[:4_000]), strict=True)}
    for tokens in (22, 100):
        chosen = [text for text, its in length.items() if abs(its - tokens) <= tokens // 10][:64]
        if len(chosen) < 64:  # few are so long: sentences of several
            joined = [" ".join(texts[at : at + 5]) for at in range(0, 640, 5)]
            chosen = sorted(joined, key=lambda text: abs(len(one.spans([text])[0]) - tokens))[:64]
        print(f"texts of {tokens} tokens, ms a text, clock · processor (median of {options.rounds})")
        for size in (1, 4, 16, 64):
            rows = {
                "1 thread": partial(_in_batches, one, chosen, size),
                "2 threads": partial(_in_batches, two, chosen, size),
                "1 thread, 2 callers": partial(_two_callers, one, chosen, size),
                "2 threads, 2 callers": partial(_two_callers, two, chosen, size),
            }
            _print_row(f"batches of {size}", rows, len(chosen), options.rounds)
        _print_row("tokenising", {"alone": partial(one.spans, chosen)}, len(chosen), options.rounds)
    groups = [[*sentences, " ".join(sentences)] for sentences in (texts[at : at + 6] for at in range(0, 120, 6))]
    within, gap = batching.MAX_PADDING, 10_000

    def padded(most: int) -> Callable[[], object]:
        def run() -> None:
            batching.MAX_PADDING = most
            for group in groups:
                one.embed_tokens(group)
            batching.MAX_PADDING = within

        return run

    rows = {f"at most {within} tokens of padding": padded(within), "any padding": padded(gap)}
    _print_row("a text with its six sentences", rows, len(groups), options.rounds)


def _embedder(threads: int) -> OnnxEmbedder:
    """The shipped embedder with so many threads a call."""
    settings = load_settings()
    open_embedder(settings.embedder, settings.model_dir).close()  # prepares it
    options = onnx_runtime._options
    with_threads: onnxruntime.SessionOptions = options()
    with_threads.intra_op_num_threads = threads
    onnx_runtime._options = lambda: with_threads
    try:
        folder = max(path.parent for path in default_model_dir().glob("multilingual-e5-small-*/model.json"))
        return OnnxEmbedder(folder, batches_at_once=1)
    finally:
        onnx_runtime._options = options


def _in_batches(embedder: OnnxEmbedder, texts: Sequence[str], size: int) -> None:
    for start in range(0, len(texts), size):
        embedder.encode_tokens(list(texts[start : start + size]))


def _two_callers(embedder: OnnxEmbedder, texts: Sequence[str], size: int) -> None:
    half = len(texts) // 2
    callers = [
        threading.Thread(target=_in_batches, args=(embedder, part, size)) for part in (texts[:half], texts[half:])
    ]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()


def _print_row(name: str, rows: dict[str, Callable[[], object]], texts: int, rounds: int) -> None:
    found: dict[str, list[Timed]] = {variant: [] for variant in rows}
    for _ in range(rounds):
        for variant, work in rows.items():
            clock, processor = time.perf_counter(), time.process_time()
            work()
            found[variant].append((time.perf_counter() - clock, time.process_time() - processor))
    for variant, times in found.items():
        clock, processor = (statistics.median(kind) * 1000 / texts for kind in zip(*times, strict=True))
        print(f"  {name:30} {variant:32} {clock:7.2f} · {processor:.2f}")


if __name__ == "__main__":
    main()
