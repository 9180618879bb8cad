"""Quality of reading predictions and their windows.

    python bench/predictions.py [FILE ...]

Each line of a FILE has `text`, `language`, `said_at`, `predicts`, `window` and `until`; without one, the two halves of
the labelled set are read, and how many statements of each script of the sample archive predict.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from app.domain.core.dates import parse_period
from app.language.predictions.detection import detect_prediction

ROOT = Path(__file__).resolve().parents[1]
SET = ROOT / "tests" / "quality" / "predictions"


def main() -> None:
    """Prints the figures of `docs/quality.md`."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*")
    files = parser.parse_args().files
    for file in files or [SET / "dev.jsonl", SET / "held_back.jsonl"]:
        rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
        read = [(row, detect_prediction(row["text"], row["language"], parse_period(row["said_at"]))) for row in rows]
        found = [(row, predicted) for row, predicted in read if predicted]
        right = [(row, predicted) for row, predicted in found if row["predicts"]]
        windows = [
            (row["window"] or "").lower() == (one.window.exact if one.window else "").lower() for row, one in right
        ]
        ends = [row["until"] == (one.until.text if one.until else None) for row, one in right]
        print(
            f"{file.name}: {len(rows)} texts, precision {len(right) / len(found):.3f},"
            f" recall {len(right) / sum(row['predicts'] for row in rows):.3f},"
            f" window {sum(windows)}, until {sum(ends)} of {len(right)}"
        )
    if files:
        return
    scripts: Counter[str] = Counter()
    predicting: Counter[str] = Counter()
    for line in (ROOT / "sample" / "corpus.jsonl").read_text("utf-8").splitlines():
        record = json.loads(line)
        predicted = detect_prediction(record["text"], record["lang"], parse_period(record["date"]))
        scripts[record["fakes"][0]] += 1
        predicting[record["fakes"][0]] += predicted is not None
    for script, count in sorted(scripts.items()):
        print(f"{script}: {predicting[script]} of {count}")


if __name__ == "__main__":
    main()
