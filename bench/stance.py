"""How well the stance of texts is read: what is mistaken for what, and how often that matters, by language.

    python bench/stance.py [FILE ...] [--rules] [--errors]
    python bench/stance.py --fit

Each line of a FILE has `text`, `language` and `label`; without one, the development set in `tests/quality/stance` is
read. *missed*: the share of denials and questions labelled assertion or report, which would be flagged. *barred*: the
share of assertions and reports labelled denial or question, which never would.

`--fit` fits the judge that is shipped, `app/language/stance/classifier.json`, on the development set, and shows what such a judge makes
of each author's texts when it has seen only those of the others.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from app.language.stance.classifier import LABELS, SCALE, StanceClassifier, shipped_classifier, write_shipped
from app.language.stance.features import StanceFeatures, rests_on_patterns, stance_features
from app.settings import Settings
from index.contract import FloatArray
from index.factory import open_embedder

SETS = Path(__file__).parent.parent / "tests" / "quality" / "stance"
FLAGGED = frozenset(LABELS[:2])
PENALTY = 0.1
"""Inverse strength of the penalty on weights (scikit-learn's C)."""
UNSEEN = 1.0
"""Weight of each text's second copy, without the marks of phrases: the phrases were written with these texts in
sight, and would be trusted beyond what they earn on others."""

Row = dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rules", action="store_true", help="by the rules alone, without the judge that has learned")
    parser.add_argument("--errors", action="store_true", help="show each text that is missed or barred")
    parser.add_argument("--fit", action="store_true", help="fit the judge anew and cross-validate it by author")
    options = parser.parse_args()
    files = options.files or [SETS / "dev.jsonl"]
    if options.errors and any("held_back" in file.name for file in files):
        parser.error("a held-back set is for measuring: its texts are not shown")
    rows = {file.name: _rows(file) for file in files}
    if options.fit:
        _fit([row for part in rows.values() for row in part])
        return
    for name, part in rows.items():
        readings = _readings(part)
        if options.rules:
            labels = [reading.by_rules.label for reading in readings]
        else:
            vectors, embedder = _embedded(part)
            classifier = shipped_classifier(embedder)
            if classifier is None:
                parser.error(f"no judge is shipped for {embedder}: --rules")
            labels = [
                one.labelled(classifier.classify(vector, one.values)).label
                for vector, one in zip(vectors, readings, strict=True)
            ]
        _report(name, part, labels)
        if options.errors:
            _show_errors(part, labels)


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _readings(rows: Sequence[Row]) -> list[StanceFeatures]:
    return [stance_features(row["text"], row["language"]) for row in rows]


def _embedded(rows: Sequence[Row]) -> tuple[FloatArray, str]:
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    try:
        return embedder.embed([row["text"] for row in rows]), embedder.name
    finally:
        embedder.close()


def _fit(rows: Sequence[Row]) -> None:
    readings = _readings(rows)
    vectors, embedder = _embedded(rows)
    names = list(readings[0].values)
    marks = np.array([[reading.values[name] for name in names] for reading in readings])
    rules = np.array([LABELS.index(reading.by_rules.label) for reading in readings])
    labels = np.array([LABELS.index(row["label"]) for row in rows])
    authors = np.array([_author(row["id"]) for row in rows])
    phrases = np.array([rests_on_patterns(name) for name in names])
    print(f"{'author':8}{'texts':>6}  {'rules: missed, barred':24}{'vector alone':24}{'words alone':24}both")
    for author in sorted(set(authors)):
        held, others = authors == author, authors != author
        shown = [rules[held]]
        for v, m in ((vectors, marks[:, :0]), (vectors[:, :0], marks), (vectors, marks)):
            weights, bias = _weights(v[others], m[others], labels[others], phrases[: m.shape[1]])
            shown.append(np.argmax(np.hstack([SCALE * v[held], m[held]]) @ weights + bias, axis=1))
        print(f"{author:8}{held.sum():6}  " + "".join(f"{_bounds(labels[held], one):24}" for one in shown))
    weights, bias = _weights(vectors, marks, labels, phrases)
    write_shipped(StanceClassifier(embedder, names, weights, bias))


def _weights(
    vectors: FloatArray, marks: FloatArray, labels: FloatArray, phrases: FloatArray
) -> tuple[FloatArray, FloatArray]:
    from sklearn.linear_model import LogisticRegression

    seen = np.hstack([SCALE * vectors, marks])
    unseen = np.hstack([SCALE * vectors, np.where(phrases, 0, marks)])
    importance = np.repeat([1.0, UNSEEN], len(labels))
    model = LogisticRegression(C=PENALTY, max_iter=5000)
    model.fit(np.vstack([seen, unseen]), np.tile(labels, 2), sample_weight=importance)
    return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)


def _author(identifier: str) -> str:
    """Whose hand a text is from: `b-…`, or the letter before its number; "a" without one."""
    found = re.match(r"([a-z])-", identifier) or re.search(r"-([a-z])\d+$", identifier)
    return found[1] if found else "a"


def _bounds(labels: FloatArray, given: FloatArray) -> str:
    kept = labels < len(FLAGGED)
    return f"{np.mean(given[~kept] < len(FLAGGED)):.1%}, {np.mean(given[kept] >= len(FLAGGED)):.1%}"


def _report(name: str, rows: Sequence[Row], labels: Sequence[str]) -> None:
    pairs = [(row["language"], row["label"], given) for row, given in zip(rows, labels, strict=True)]
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


def _show_errors(rows: Sequence[Row], labels: Sequence[str]) -> None:
    for row, given in zip(rows, labels, strict=True):
        if (row["label"] in FLAGGED) != (given in FLAGGED):
            print(f"{row['id']}: {row['label']} read as {given}: {row['text']}")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)} {sum(hits) / len(hits):.1%}" if hits else "–"


if __name__ == "__main__":
    main()
