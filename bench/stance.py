"""How well the stance of texts is read: what is mistaken for what, and how often that matters, by language.

    python bench/stance.py [FILE ...] [--errors]

Each line of a FILE has `text`, `language` and `label`; without one, every set in `tests/quality/stance` is read.
*missed*: the share of denials and questions labelled assertion or report, which would be flagged. *barred*: the share
of assertions and reports labelled denial or question, which never would.
"""

import argparse
import json
from collections import Counter
from pathlib import Path

from app.domain.stance import read_stance

SETS = Path(__file__).parent.parent / "tests" / "quality" / "stance"
LABELS = ("assertion", "report", "denial", "question")
FLAGGED = frozenset(LABELS[:2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--errors", action="store_true", help="show each text that is missed or barred")
    options = parser.parse_args()
    for file in options.files or sorted(SETS.glob("*.jsonl")):
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        _report(file.name, rows, options.errors)


def _report(name: str, rows: list[dict[str, str]], errors: bool) -> None:
    read = [read_stance(row["text"], row["language"]) for row in rows]
    pairs = [(row["language"], row["label"], stance.label) for row, stance in zip(rows, read, strict=True)]
    seen = Counter((label, given) for _, label, given in pairs)
    print(f"{name}: {len(rows)} texts; a row for what a text is, a column for what it was read as")
    print(f"{'':10}" + "".join(f"{label:>10}" for label in LABELS))
    for label in LABELS:
        print(f"{label:10}" + "".join(f"{seen[label, given]:10}" for given in LABELS))
    print(f"{'language':10}{'missed':>18}{'barred':>18}{'all right':>18}")
    for language in [*dict.fromkeys(code for code, _, _ in pairs), "all"]:
        chosen = [(label, given) for code, label, given in pairs if language in (code, "all")]
        missed = [given in FLAGGED for label, given in chosen if label not in FLAGGED]
        barred = [given not in FLAGGED for label, given in chosen if label in FLAGGED]
        right = [label == given for label, given in chosen]
        print(f"{language:10}" + "".join(f"{_share(part):>18}" for part in (missed, barred, right)))
    if errors:
        for row, stance in zip(rows, read, strict=True):
            if (row["label"] in FLAGGED) != (stance.label in FLAGGED):
                cues = ", ".join(cue.exact for cue in stance.cues)
                print(f"{row['id']}: {row['label']} read as {stance.label} ({cues}): {row['text']}")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)} {sum(hits) / len(hits):.1%}" if hits else "–"


if __name__ == "__main__":
    main()
