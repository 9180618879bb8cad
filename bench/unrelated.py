"""Number of texts flagged against an archive that they have nothing to do with: those of a folder's queries.

    python bench/unrelated.py DATA/checkthat2022_en [--queries 300]

The archive is the sample that ships, of few scripts and many statements of each: where false alarms are likeliest.
"""

import argparse
import random
import tempfile
from pathlib import Path

from app.domain.checks.checks import CheckRequest
from app.domain.statements.statements import LONGEST_TEXT
from app.formats.evaluation import read_queries
from app.formats.opening import Format, open_lines
from app.settings import load_settings
from app.wiring import SAMPLE, build

AT_ONCE = 50


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--queries", type=int, default=300)
    options = parser.parse_args()
    texts = [query.text[:LONGEST_TEXT] for query in read_queries(options.folder, None)]
    texts = random.Random(1).sample(texts, min(options.queries, len(texts)))
    with tempfile.TemporaryDirectory() as data_dir:
        services = build(load_settings().model_copy(update={"data_dir": Path(data_dir), "database_url": ""}))
        services.archive.open()
        services.archive.backfill()
        lines = open_lines(SAMPLE, Format.AUTO)
        services.import_statements((file.name, line) for file, line in lines)
        flagged = 0
        for begin in range(0, len(texts), AT_ONCE):
            asked = [CheckRequest(text=text, record=False) for text in texts[begin : begin + AT_ONCE]]
            flagged += sum(check.flagged for check in services.check_statements(asked))
        print(f"{flagged} of {len(texts)} flagged, policy {services.policy.version}")
        services.store.close()


if __name__ == "__main__":
    main()
