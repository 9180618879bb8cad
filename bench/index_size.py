"""The index in process from a thousand to a million entries: recall, time of a search, memory, time to build and load.

    python bench/index_size.py DATA/euvsdisinfo [--sizes 1000 10000 …] [--vectors cache.npz]

The vectors are real ones with variation: each is the projected vector of a real text of DATA/euvsdisinfo plus noise that has
the real vectors' covariance, at a cosine of .6 to .95 with it; each is dated within five days of that text, so that the
synthetic archive drifts with date as the real one does. Queries are variations of the newest texts. One entry in a hundred is
private and must not be found. `--vectors` keeps the encoded texts for the next run.

For every size: the index is filled from vectors in memory (fill: until all is searchable; build: until the lists hold
all), saved, and read by a new process, which has nothing else in memory. There each filter is searched with 200 queries:
recall@10 against exact search, and the median of the clock (and of the processor) a search for 50, as a check asks for.
Memory is that of the new process, the interpreter and libraries included (without a model and the service): its own pages,
and mapped pages of files, which are the system's cache. Then the same for the index of terms, over terms of the real texts,
each text's half exchanged for another's; `--only vectors` or `terms` leaves one out.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np

from app.domain.statements.statements import indexed_text
from app.formats.scoring_file import scoring_model_for
from app.settings import load_settings
from bench.index_at_size import terms
from bench.index_at_size.memory import memory_mib
from bench.index_at_size.vectors import Archive, archive_of, exact, filters_of
from index.contract import Attributes, Checkpoint, SearchFilter
from index.factory import open_embedder, open_index
from index.search.engines.faiss import FaissIndex
from index.search.snapshots import read_snapshot, write_snapshot

K = 10
ASKED = 50
"""Hits that a check asks for."""

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_AT_ONCE = 2_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--only", choices=("vectors", "terms"))
    parser.add_argument("--above", type=int, help="number of entries above which there are lists")
    parser.add_argument("--candidates", type=int, help="rows that a search of the lists looks at")
    parser.add_argument("--search", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.search:
        print(json.dumps(search(options.search, options)))
        return
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            if options.only != "terms":
                real, dates = encoded(options.folder, options.vectors)
                measure(archive_of(real, dates, size), Path(folder), options)
            if options.only != "vectors":
                print(terms.measure(options.folder, size, Path(folder)), flush=True)


def encoded(folder: Path, cache: Path | None) -> tuple[np.ndarray, np.ndarray]:
    """Projected vectors of the dated texts of a folder, and their dates in seconds since 1970."""
    if cache is None or not cache.exists():
        settings = load_settings()
        embedder = open_embedder(settings.embedder, settings.model_dir)
        records = [json.loads(line) for line in (folder / "corpus.jsonl").open(encoding="utf-8")]
        records = [record for record in records if record.get("date")]
        texts = [indexed_text(record.get("title"), record["text"]) for record in records]
        parts = [embedder.embed(texts[begin : begin + 256]) for begin in range(0, len(texts), 256)]
        projection = scoring_model_for(embedder.name).projection
        vectors = projection.project(np.vstack(parts)) if projection else np.vstack(parts)
        days = [date.fromisoformat(record["date"][:10]).toordinal() - 719_163 for record in records]
        kept = {"vectors": vectors, "dates": np.array(days, np.int64) * 86_400}
        if cache is None:
            return kept["vectors"], kept["dates"]
        np.savez(cache, **kept)
    with np.load(cache) as kept:
        return kept["vectors"], kept["dates"]


def opened(dimension: int, folder: Path, options: argparse.Namespace) -> FaissIndex:
    """The index, with what the command line changes of it."""
    index = open_index("faiss:", dimension, folder)
    assert isinstance(index, FaissIndex)
    index.approximate_above = index.approximate_above if options.above is None else options.above
    index.candidates = index.candidates if options.candidates is None else options.candidates
    return index


def measure(archive: Archive, folder: Path, options: argparse.Namespace) -> None:
    size = len(archive.ids)
    index = opened(archive.vectors.shape[1], folder, options)
    began, computed = time.perf_counter(), time.process_time()
    for begin in range(0, size, _AT_ONCE):
        rows = slice(begin, begin + _AT_ONCE)
        columns = archive.attributes
        attributes = Attributes(
            columns.periods[rows], columns.owners[rows], columns.languages[rows], columns.known_from[rows]
        )
        index.upsert(archive.ids[rows], archive.vectors[rows], attributes)
    filled = time.perf_counter() - began
    index.wait_until_built()
    built, built_cpu = time.perf_counter() - began, time.process_time() - computed
    write_snapshot(folder / "index.snapshot", index, Checkpoint(1, "bench"))
    kind = "lists" if index.approximate else "flat"
    del index
    filters = filters_of(archive)
    np.savez(folder / "queries.npz", queries=archive.queries, region=archive.region)
    asked = {
        name: [filter_.ends_by, filter_.begins_from, filter_.language, there]
        for name, (filter_, there) in filters.items()
    }
    (folder / "filters.json").write_text(json.dumps(asked))
    right = {
        name: exact(archive, filter_, archive.region if there else archive.queries, K)
        for name, (filter_, there) in filters.items()
    }
    command = [sys.executable, __file__, str(options.folder), "--search", str(folder)]
    for name in ("above", "candidates"):
        if getattr(options, name) is not None:
            command += [f"--{name}", str(getattr(options, name))]
    answer = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
    found = json.loads(answer.stdout.splitlines()[-1])
    on_disk = (folder / "index.snapshot").stat().st_size / 2**20
    print(
        f"\n{size:,} entries, {kind}: filled in {filled:.1f} s, built in {built:.1f} s ({built_cpu:.1f} s of the processor), "
        f"file {on_disk:,.0f} MiB, read in {found['load_s']:.1f} s ({found['load_cpu_s']:.1f} s of the processor), "
        f"memory {found['own_mib']:,.0f} MiB and {found['mapped_mib']:,.0f} MiB mapped"
    )
    print(f"{'filter':45s} {'recall@10':>9s} {'median':>9s} {'processor':>9s}")
    for name, hits in right.items():
        of_filter = found["filters"][name]
        shares = [len(set(a) & set(b)) / max(len(b), 1) for a, b in zip(of_filter["hits"], hits, strict=True)]
        print(f"{name:45s} {np.mean(shares):9.4f} {of_filter['ms']:6.2f} ms {of_filter['cpu_ms']:6.2f} ms", flush=True)
    if found["rebuild"]:
        print(found["rebuild"], flush=True)


def search(folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """Results and measurements of a process that has only read the file."""
    with np.load(folder / "queries.npz") as kept:
        queries, region = kept["queries"], kept["region"]
    index = opened(queries.shape[1], folder, options)
    began, computed = time.perf_counter(), time.process_time()
    read_snapshot(folder / "index.snapshot", index, "bench")
    load_s, load_cpu_s = time.perf_counter() - began, time.process_time() - computed
    found: dict[str, object] = {}
    for name, (ends_by, begins_from, language, there) in json.loads((folder / "filters.json").read_text()).items():
        where = SearchFilter(ends_by=ends_by, begins_from=begins_from, language=language)
        hits, clock, processor = [], [], []
        for query in region if there else queries:
            began, computed = time.perf_counter(), time.process_time()
            answer = index.search(query, ASKED, where)
            clock.append(time.perf_counter() - began)
            processor.append(time.process_time() - computed)
            hits.append([hit.id for hit in answer[:K]])
        found[name] = {
            "hits": hits, "ms": 1e3 * statistics.median(clock), "cpu_ms": 1e3 * statistics.median(processor),
        }  # fmt: skip
    own, mapped = memory_mib()
    rebuild = rebuilt(index, queries) if index.approximate else ""
    return {
        "load_s": load_s,
        "load_cpu_s": load_cpu_s,
        "own_mib": own,
        "mapped_mib": mapped,
        "filters": found,
        "rebuild": rebuild,
    }


def rebuilt(index: FaissIndex, queries: np.ndarray) -> str:
    """The cost of building the lists anew beside searches, after as many new entries as it takes."""
    random = np.random.default_rng(3)
    new = max(4_200, len(index) // 60)
    vectors = queries[random.integers(0, len(queries), new)] + random.normal(size=(new, queries.shape[1])) / 20
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    before = asked(index, queries, lambda: False)
    began, computed = time.perf_counter(), time.process_time()
    first = 10 * len(index)
    index.upsert(np.arange(first, first + new), vectors, Attributes(np.zeros((new, 2), np.int64)))
    assert index.search(vectors[5], 1)[0].id == first + 5
    at_first = index.lists
    during = asked(index, queries, lambda: index.lists is not at_first)
    seconds, processor = time.perf_counter() - began, time.process_time() - computed
    most = (
        int(next(row for row in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in row).split()[1]) / 1024
    )
    after = asked(index, queries, lambda: False)
    own = processor - sum(during)
    return (
        f"built anew with {new:,} more in {seconds:.1f} s beside searches ({own:.1f} s of the processor); a search took "
        f"{1e3 * statistics.median(before):.2f} ms of the processor before, {1e3 * statistics.median(during):.2f} ms "
        f"meanwhile, {1e3 * statistics.median(after):.2f} ms after; memory at most {most:,.0f} MiB"
    )


def asked(index: FaissIndex, queries: np.ndarray, done: Callable[[], bool]) -> list[float]:
    """Seconds of the thread's processor for every search, until `done` or each query was asked."""
    took = []
    for number in range(1_000_000):
        if done() or (number >= len(queries) and not index.building):
            break
        computed = time.thread_time()
        index.search(queries[number % len(queries)], ASKED)
        took.append(time.thread_time() - computed)
    return took


if __name__ == "__main__":
    main()
