"""The index of terms of a synthetic archive: terms of real texts, half of each exchanged for another text's.

Run as a program it reads a file of it, in a process that has nothing else in memory.
"""

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np

from bench.index_at_size.memory import memory_mib
from index.contract import Attributes, Checkpoint, SearchFilter
from index.factory import open_lexical_index
from index.search.snapshots import read_snapshot, write_snapshot
from index.text.language_detection import OfflineLanguages
from index.text.names.recognizer import NameRecognizer
from index.text.terms import TermAnalyzer


def terms_of(texts: Sequence[str]) -> list[str]:
    """Terms of real texts, as the archive stores them."""
    analyzer, languages = TermAnalyzer(NameRecognizer()), OfflineLanguages()
    return [analyzer.terms(text, languages.detect(text)) for text in texts]


def variations(real: Sequence[str], size: int, seed: int = 1) -> Iterator[str]:
    """Texts of terms: the first half of one real text and the second of another, at random."""
    random = np.random.default_rng(seed)
    halves = [(words[: len(words) // 2], words[len(words) // 2 :]) for words in (text.split() for text in real)]
    for first, second in random.integers(0, len(real), (size, 2)).tolist():
        yield " ".join(dict.fromkeys(halves[first][0] + halves[second][1]))


def measure(folder: Path, size: int, where: Path) -> str:
    """Table of what an index of `size` texts costs, made of the texts of a folder."""
    records = [json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
    real = terms_of([record["text"] for record in records])
    index = open_lexical_index(where)
    began, computed = time.perf_counter(), time.process_time()
    texts = variations(real, size)
    for begin in range(0, size, 2_000):
        some = list(islice(texts, 2_000))
        ids = np.arange(begin, begin + len(some))
        languages = np.where(ids % 1_000 == 0, "few", "other").tolist()
        index.upsert(ids, some, Attributes(np.stack([ids, ids + 1], 1), languages=languages))
    index.search(["none"], 1)
    filled, filled_cpu = time.perf_counter() - began, time.process_time() - computed
    write_snapshot(where / "terms.snapshot", index, Checkpoint(1, "bench"))
    (where / "queries.json").write_text(json.dumps([size, list(variations(real, 200, seed=2))]))
    command = [sys.executable, "-m", "bench.index_at_size.terms", str(where)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    on_disk = (where / "terms.snapshot").stat().st_size / 2**20
    title = (
        f"\n{size:,} texts: filled in {filled:.1f} s ({filled_cpu:.1f} s of the processor), file {on_disk:,.0f} MiB, read in "
        f"{found['load_s']:.1f} s ({found['load_cpu_s']:.1f} s of the processor), memory {found['own_mib']:,.0f} MiB and "
        f"{found['mapped_mib']:,.0f} MiB mapped"
    )
    medians = [f"{name:45s} {ms:6.2f} ms {cpu_ms:6.2f} ms" for name, (ms, cpu_ms) in found["medians"].items()]
    return "\n".join([title, *medians])


def searched(where: Path) -> dict[str, object]:
    """Measurements of a process that has only read the file."""
    size, queries = json.loads((where / "queries.json").read_text())
    index = open_lexical_index(where)
    began, computed = time.perf_counter(), time.process_time()
    read_snapshot(where / "terms.snapshot", index, "bench")
    found: dict[str, object] = {"load_s": time.perf_counter() - began, "load_cpu_s": time.process_time() - computed}
    medians = {}
    filters = {
        "none": SearchFilter(),
        "earlier half": SearchFilter(ends_by=size // 2),
        "1 in 1,000": SearchFilter(language="few"),
        "terms of 50 found": None,
    }
    for name, filter_ in filters.items():
        clock, processor = [], []
        for query in queries:
            ids = [hit.id for hit in index.search(query.split(), 50)] if filter_ is None else []
            began, computed = time.perf_counter(), time.process_time()
            if filter_ is None:
                index.terms_of(ids)
            else:
                index.search(query.split(), 50, filter_)
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - computed)
        medians[name] = (1e3 * statistics.median(clock), 1e3 * statistics.median(processor))
    own, mapped = memory_mib()
    return found | {"own_mib": own, "mapped_mib": mapped, "medians": medians}


if __name__ == "__main__":
    print(json.dumps(searched(Path(sys.argv[1]))))
