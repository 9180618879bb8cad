"""Quality of stance classification: what is mistaken for what, and how often that matters, by language.

    python bench/stance.py [FILE ...] [--rules] [--errors]
    python bench/stance.py --fit
    python bench/stance.py --ablation

Each line of a FILE has `text`, `language` and `label`; without one, the development set in `tests/quality/stance` is
read. *missed*: the share of denials and questions labelled assertion or report, which would be flagged. *barred*: the
share of assertions and reports labelled denial or question, which never would.

`--fit` fits the classifier that is shipped, `app/language/stance/classifier.json`, on the development set, and shows
what such a classifier makes of each author's texts when it has seen only those of the others. `--ablation` does so
without one kind of pattern or keyword after the other.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # a fit is small: threads only wait for one another

import numpy as np

from app.language.lexicons.notation import NEVER
from app.language.lexicons.stance import KEYWORD_KINDS, PATTERN_KINDS, StanceLexicon
from app.language.stance.classifier import LABELS, SCALE, StanceClassifier, shipped_classifier, write_shipped
from app.language.stance.features import StanceFeatures, parsed_features, rests_on_patterns, stance_features
from app.language.stance.rules import ParsedText, parse_text
from app.settings import Settings
from index.contract import FloatArray
from index.factory import open_embedder

SETS = Path(__file__).parent.parent / "tests" / "quality" / "stance"
FLAGGED = frozenset(LABELS[:2])
PENALTY = 0.1
"""Inverse strength of the penalty on weights (scikit-learn's C)."""
UNSEEN = 1.0
"""Weight of each text's second copy, without the features of patterns: the patterns were written with these texts in
sight, and would be trusted beyond what they earn on others."""

Row = dict[str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rules", action="store_true", help="by the rules alone, without the classifier")
    parser.add_argument("--errors", action="store_true", help="show each text that is missed or barred")
    parser.add_argument("--fit", action="store_true", help="fit the classifier anew and cross-validate it by author")
    parser.add_argument("--ablation", action="store_true", help="leave out each kind of pattern and of keyword")
    options = parser.parse_args()
    files = options.files or [SETS / "dev.jsonl"]
    if options.errors and any("held_back" in file.name for file in files):
        parser.error("a held-back set is for measuring: its texts are not shown")
    rows = {file.name: _rows(file) for file in files}
    if options.fit or options.ablation:
        together = [row for part in rows.values() for row in part]
        (_fit if options.fit else _ablate)(together)
        return
    for name, part in rows.items():
        readings = [stance_features(row["text"], row["language"]) for row in part]
        if options.rules:
            labels = [reading.by_rules.label for reading in readings]
        else:
            vectors, embedder = _embedded(part)
            classifier = shipped_classifier(embedder)
            if classifier is None:
                parser.error(f"no classifier is shipped for {embedder}: --rules")
            labels = [
                reading.labelled(classifier.classify(vector, reading.values)).label
                for vector, reading in zip(vectors, readings, strict=True)
            ]
        _report(name, part, labels)
        if options.errors:
            _show_errors(part, labels)


def _rows(file: Path) -> list[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def _embedded(rows: Sequence[Row]) -> tuple[FloatArray, str]:
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    try:
        return embedder.embed([row["text"] for row in rows]), embedder.name
    finally:
        embedder.close()


@dataclass(frozen=True)
class Fitting:
    """Training data of a classifier: a row a text."""

    names: Sequence[str]
    vectors: FloatArray
    features: FloatArray
    rules: FloatArray
    """Labels by rules, as positions in `LABELS`; so are `labels`."""
    labels: FloatArray
    authors: FloatArray

    @classmethod
    def of(cls, rows: Sequence[Row], vectors: FloatArray, readings: Sequence[StanceFeatures]) -> "Fitting":
        names = list(readings[0].values)
        features = np.array([[reading.values[name] for name in names] for reading in readings], np.float32)
        rules = np.array([LABELS.index(reading.by_rules.label) for reading in readings])
        labels = np.array([LABELS.index(row["label"]) for row in rows])
        return cls(names, vectors, features, rules, labels, np.array([_author(row["id"]) for row in rows]))

    def weights(self, chosen: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Weights and bias fitted on the chosen rows."""
        from sklearn.linear_model import LogisticRegression

        features = self.features[chosen]
        by_patterns = np.array([rests_on_patterns(name) for name in self.names], bool)
        seen = np.hstack([SCALE * self.vectors[chosen], features])
        unseen = np.hstack([SCALE * self.vectors[chosen], np.where(by_patterns, 0, features)])
        importance = np.repeat([1.0, UNSEEN], len(features))
        model = LogisticRegression(C=PENALTY, max_iter=5000)
        model.fit(np.vstack([seen, unseen]), np.tile(self.labels[chosen], 2), sample_weight=importance)
        return model.coef_.T.astype(np.float32), model.intercept_.astype(np.float32)

    def cross_validated(self) -> FloatArray:
        """The label of each row by a classifier that has seen only the texts of other authors."""
        given = np.zeros_like(self.labels)
        for author in sorted(set(self.authors)):
            held = self.authors == author
            weights, bias = self.weights(~held)
            seen = np.hstack([SCALE * self.vectors[held], self.features[held]])
            given[held] = np.argmax(seen @ weights + bias, axis=1)
        return given


def _fit(rows: Sequence[Row]) -> None:
    vectors, embedder = _embedded(rows)
    fitting = Fitting.of(rows, vectors, [stance_features(row["text"], row["language"]) for row in rows])
    vector_alone = replace(fitting, names=[], features=fitting.features[:, :0])
    features_alone = replace(fitting, vectors=vectors[:, :0])
    shown = {"rules": fitting.rules}
    for name, part in (("vector", vector_alone), ("features", features_alone), ("both", fitting)):
        shown[name] = part.cross_validated()
    print(f"{'author':8}{'texts':>6}  " + "".join(f"{name + ': missed, barred':28}" for name in shown))
    for author in sorted(set(fitting.authors)):
        held = fitting.authors == author
        bounds = [_bounds(fitting.labels[held], given[held]) for given in shown.values()]
        print(f"{author:8}{held.sum():6}  " + "".join(f"{part:28}" for part in bounds))
    weights, bias = fitting.weights(np.full(len(rows), True))
    write_shipped(StanceClassifier(embedder, fitting.names, weights, bias))


def _ablate(rows: Sequence[Row]) -> None:
    vectors, _ = _embedded(rows)
    parsed = [parse_text(row["text"], row["language"]) for row in rows]
    variants = {"all": parsed}
    variants |= {f"without {kind}": _without(parsed, patterns=[kind]) for kind in PATTERN_KINDS}
    variants["without any pattern"] = _without(parsed, patterns=PATTERN_KINDS)
    variants |= {f"without keywords {kind}": _without(parsed, keywords=[kind]) for kind in KEYWORD_KINDS}
    print(
        f"{'':28}{'accuracy':>10}{'F1':>8}{'denials missed':>16}{'questions missed':>18}{'barred':>8}{'rules alone':>13}"
    )
    for name, part in variants.items():
        fitting = Fitting.of(rows, vectors, [parsed_features(one) for one in part])
        given, labels = fitting.cross_validated(), fitting.labels
        denials, questions = (np.mean(given[labels == LABELS.index(label)] < 2) for label in ("denial", "question"))
        barred = np.mean(given[labels < len(FLAGGED)] >= len(FLAGGED))
        print(
            f"{name:28}{np.mean(given == labels):10.3f}{_macro_f1(labels, given):8.3f}{denials:16.3f}{questions:18.3f}"
            f"{barred:8.3f}{np.mean(fitting.rules == labels):13.3f}"
        )


def _without(
    parsed: Sequence[ParsedText], *, patterns: Iterable[str] = (), keywords: Iterable[str] = ()
) -> list[ParsedText]:
    """The texts as they are read without some kinds of patterns and keywords."""
    no_patterns, no_keywords = (dict.fromkeys(kinds, NEVER) for kinds in (patterns, keywords))
    cut: dict[int, StanceLexicon] = {}
    for text in parsed:
        lexicon = text.lexicon
        cut[id(lexicon)] = StanceLexicon(
            replace(lexicon.patterns, **no_patterns), replace(lexicon.keywords, **no_keywords)
        )
    return [replace(text, lexicon=cut[id(text.lexicon)]) for text in parsed]


def _macro_f1(labels: FloatArray, given: FloatArray) -> float:
    shares = []
    for label in range(len(LABELS)):
        right = np.sum((labels == label) & (given == label))
        shares.append(2 * right / max(1, np.sum(labels == label) + np.sum(given == label)))
    return float(np.mean(shares))


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
    print(f"{name}: {len(rows)} texts; a row for what a text is, a column for what it was classified as")
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
            print(f"{row['id']}: {row['label']} classified as {given}: {row['text']}")


def _share(hits: list[bool]) -> str:
    return f"{sum(hits)}/{len(hits)} {sum(hits) / len(hits):.1%}" if hits else "–"


if __name__ == "__main__":
    main()
