"""Speed of `refrain import`, as a share of the encoder alone on the same texts in the same run.

    python bench/import_rate.py FOLDER [--rounds N]

FOLDER has a `corpus.jsonl`. Each round embeds its texts in this process, then imports the folder into a new archive
with the command, and takes the ratio of the two rates. The command's start, timed by a file of one line, is told apart.
Memory is the operating system's figure for the whole import process.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.domain.statements.statements import indexed_text
from app.settings import load_settings
from index.factory import open_embedder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as installed: modules are compiled once, not at each start
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    records = [json.loads(line) for line in (options.folder / "corpus.jsonl").open(encoding="utf-8")]
    texts = [indexed_text(record.get("title"), record["text"].strip()) for record in records]
    embedder.embed(texts[:256])
    print(f"{embedder.name}, {len(texts):,} texts of {options.folder.name}")
    ratios = []
    one = Path(tempfile.mkdtemp()) / "corpus.jsonl"
    one.write_text(json.dumps(records[0]) + "\n", encoding="utf-8")
    for number in range(options.rounds):
        encoder_s = _timed(lambda: embedder.embed(texts))
        import_s, start_s = _imported(options.folder), _imported(one)
        ratios.append((encoder_s / import_s, encoder_s / (import_s - start_s)))
        print(
            f"round {number + 1}: encoder {len(texts) / encoder_s:6.1f}/s  import {len(texts) / import_s:6.1f}/s  "
            f"ratio {ratios[-1][0]:.3f}, without the {start_s:.1f} s of starting {ratios[-1][1]:.3f}",
            flush=True,
        )
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    whole, running = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"median ratio {whole:.3f}, without starting {running:.3f}; peak memory of an import {peak:,.0f} MiB")


def _imported(folder: Path) -> float:
    with tempfile.TemporaryDirectory() as data_dir:
        command = [str(Path(sys.executable).with_name("refrain")), "import", str(folder)]
        environment = {**os.environ, "REFRAIN_DATA_DIR": data_dir}
        return _timed(lambda: subprocess.run(command, env=environment, check=True, capture_output=True))


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
