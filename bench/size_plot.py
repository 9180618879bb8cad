"""The cost of a check against the size of the archive, as a table and a chart.

    python bench/size_plot.py DATA/euvsdisinfo [--sizes 1000 10000 …] [--write] [--archive FOLDER]

One archive grows to each size; its statements are made of FOLDER's (`bench/comparison/synthetic_archive.py` says how).
At each a new process opens it from disk and checks texts of about 22 and 100 tokens, statements of FOLDER with a word
replaced, with explanations and without, in blocks that take turns; nothing is recorded. The processor time of a check counts,
median of the blocks' medians. `--write` puts table and chart into docs. A million statements take some 8 GB of
disk and most of an hour.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from comparison.chart import line_chart
from comparison.markers import write_between
from comparison.services import SAID_AT, resident_mib
from comparison.synthetic_archive import SyntheticArchive, fill
from comparison.tables import table
from comparison.texts import Texts, statements_of
from tokenizers import Tokenizer

from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import parse_period
from app.services import Services
from app.settings import load_settings
from app.wiring import build
from index.contract import EncoderInput
from index.embedders.model_folder import TOKENIZER, default_model_folder
from index.search.engines.faiss import FaissIndex

SIZES = (1_000, 10_000, 100_000, 1_000_000)
TOKENS = (22, 100)
PARENTS = 4_000
"""Real statements that the others are made of."""

BLOCKS, CHECKS = 5, 20
DOCS = Path(__file__).resolve().parents[1] / "docs"
CHART = DOCS / "images" / "check-cost-by-size.svg"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--parents", type=int, default=PARENTS, help="real statements that the others are made of")
    parser.add_argument("--blocks", type=int, default=BLOCKS)
    parser.add_argument("--write", action="store_true", help="put table and chart into docs")
    parser.add_argument("--archive", type=Path, help="where the archive is made, and left")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.folder, options.blocks)))
        return
    found = {}
    with tempfile.TemporaryDirectory() as data_dir:
        os.environ["REFRAIN_DATA_DIR"] = str(options.archive or data_dir)
        archive = synthetic(options.folder, options.parents)
        for size in sorted(options.sizes):
            filled_s = grow(archive, size)
            command = [sys.executable, __file__, str(options.folder), "--measure", "--blocks", str(options.blocks)]
            answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
            found[size] = json.loads(answer.stdout.splitlines()[-1])
            print(f"{size:,} statements, filled in {filled_s:.0f} s: {found[size]}", file=sys.stderr, flush=True)
    text = _table(found, options.blocks)
    print(text)
    if options.write:
        ways = next(iter(found.values()))["processor_ms"]
        lines = {way: [(size, figures["processor_ms"][way]) for size, figures in found.items()] for way in ways}
        title = "Processor time of a check by size of the archive"
        CHART.write_text(line_chart(title, "statements in the archive", "ms of the processor", lines), "utf-8")
        shown = f"{text}\n![Processor time of a check by size of the archive](images/{CHART.name})\n"
        write_between(DOCS / "performance.md", "cost by size", shown)


def synthetic(folder: Path, parents: int) -> SyntheticArchive:
    """Statements made of the first dated ones of a folder, which are encoded here."""
    with (folder / "corpus.jsonl").open(encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record.get("date")][:parents]
    services = build(load_settings())
    texts = [EncoderInput(record["text"].strip(), record["lang"]) for record in records]
    encoded = []
    for begin in range(0, len(texts), 256):
        encoded += services.record_statements.encode(texts[begin : begin + 256])
    services.store.close()
    return SyntheticArchive(records, encoded)


def grow(archive: SyntheticArchive, size: int) -> float:
    """Seconds in which the archive on disk grew to a size."""
    services = build(load_settings())
    services.archive.open()
    began = time.perf_counter()
    fill(services, archive, size)
    wait_until_built(services)
    services.archive.save()
    services.store.close()
    return time.perf_counter() - began


def wait_until_built(services: Services) -> None:
    """Waits for lists that are built in the background, whose processor time is no check's."""
    vectors, _ = services.archive.index.parts
    if isinstance(vectors, FaissIndex):
        vectors.wait_until_built()


def measure(folder: Path, blocks: int) -> dict[str, object]:
    """Figures of the archive on disk, in a process that has done nothing else."""
    settings = load_settings()
    began = time.perf_counter()
    services = build(settings)
    services.archive.open()
    services.archive.backfill()
    opened_s = time.perf_counter() - began
    wait_until_built(services)
    tokenizer = Tokenizer.from_file(str(default_model_folder(settings.model_dir) / TOKENIZER))
    statements = statements_of(folder / "corpus.jsonl")
    texts = {tokens: Texts(statements, tokens, tokenizer) for tokens in TOKENS}
    took: dict[str, list[tuple[float, float]]] = {}
    for _ in range(blocks):
        for tokens in TOKENS:
            for explained in (True, False):
                way = f"{tokens} tokens, {'explained' if explained else 'not explained'}"
                of_block = [_check(services, next(texts[tokens]).text, explained) for _ in range(CHECKS + 2)][2:]
                took.setdefault(way, []).append(_medians(of_block))
    medians = {way: _medians(of_blocks) for way, of_blocks in took.items()}
    return {
        "statements": services.archive.size,
        "opened_s": opened_s,
        "resident_mib": resident_mib(os.getpid()),
        "processor_ms": {way: processor for way, (processor, _) in medians.items()},
        "clock_ms": {way: clock for way, (_, clock) in medians.items()},
    }


def _check(services: Services, text: str, explained: bool) -> tuple[float, float]:
    """Milliseconds of a check: of the processor, and of the clock."""
    request = CheckRequest(text, said_at=parse_period(SAID_AT), record=False, explained=explained)
    began, computed = time.perf_counter(), time.process_time()
    services.check_statements([request])
    return 1_000 * (time.process_time() - computed), 1_000 * (time.perf_counter() - began)


def _medians(values: Sequence[tuple[float, float]]) -> tuple[float, float]:
    processor, clock = (statistics.median(column) for column in zip(*values, strict=True))
    return processor, clock


def _table(found: dict[int, dict[str, Any]], blocks: int) -> str:
    ways = next(iter(found.values()))["processor_ms"]
    rows = [
        [
            f"{size:,}",
            *(f"{figures['processor_ms'][way]:.1f} ({figures['clock_ms'][way]:.1f})" for way in ways),
            f"{figures['opened_s']:.1f}",
            f"{figures['resident_mib']:,.0f}",
        ]
        for size, figures in found.items()
    ]
    header = ["statements", *ways, "opened in, s", "resident, MiB"]
    return (
        f"`python bench/size_plot.py`: milliseconds of the processor (of the clock) a check, medians of {blocks} blocks of "
        f"{CHECKS}; one process that does one check at a time; synthetic archives.\n\n{table(header, rows)}\n"
    )


if __name__ == "__main__":
    main()
