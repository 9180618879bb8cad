"""Quality of alignment: repeated and changed phrases, scored as `tests/quality/alignment/GUIDE.md` says.

    python bench/alignment.py [FILE ...] [--errors]
    python bench/alignment.py --fit [--embedder NAME]

Without a FILE, the development half of `tests/quality/alignment` is read: pairs in it are aligned by weights that have
not seen them, fitted ten times on nine tenths. A FILE is aligned by the shipped weights, and by those that have no
states to go by. `--fit` fits the weights that are shipped, `index/alignment/weights.json`, on the development half.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from app.settings import load_settings
from index.alignment.align import Alignment, align
from index.alignment.chunked_text import ChunkedText
from index.alignment.features import pair_features
from index.alignment.phrases import AlignmentInput, Phrases
from index.alignment.weights import (
    ROLES,
    Linear,
    Weights,
    join_features,
    role_features,
    shipped_weights,
    write_shipped,
)
from index.contract import FloatArray, TokenEmbedder
from index.factory import open_embedder
from index.text.names import NameRecognizer

DEVELOPMENT = Path(__file__).parents[1] / "tests" / "quality" / "alignment" / "dev.jsonl"
FOLDS = 10
ROLE_PENALTY, PAIR_PENALTY, BOND_PENALTY = 0.06, 0.05, 0.1
"""Inverse strengths of the penalties, picked on the development half."""

Row = Mapping[str, Any]
SIDES = ("statement", "precedent")
LISTS = ("repeated", "changed", "added", "dropped")


@dataclass(frozen=True)
class Pair:
    """A labelled pair and what is read of its texts."""

    row: Row
    sides: tuple[AlignmentInput, AlignmentInput]


def read_pairs(path: Path, embedder: TokenEmbedder) -> list[Pair]:
    """The pairs of a file, their content packed and unpacked as in an archive."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [row[side]["text"] for row in rows for side in SIDES]
    _, tokens = embedder.embed_tokens(texts)
    names = NameRecognizer()
    of_text = dict(zip(texts, tokens, strict=True))

    def side(row: Row, name: str) -> AlignmentInput:
        text, language = row[name]["text"], row[name]["language"]
        content = ChunkedText.from_tokens(text, language, of_text[text], names)
        return AlignmentInput(text, language, ChunkedText.unpack(content.pack()))

    return [Pair(row, (side(row, "statement"), side(row, "precedent"))) for row in rows]


@dataclass
class Totals:
    """Token counts by label, and named roles."""

    gold: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    roles: int = 0
    wrong_roles: int = 0
    named: int = 0
    spans: int = 0

    def f1(self, label: str) -> float:
        return 2 * self.right[label] / max(1, self.gold[label] + self.given[label])

    @property
    def role_errors(self) -> float:
        return self.wrong_roles / max(1, self.roles)

    def add(self, row: Row, alignment: Alignment) -> None:
        found = _labelled(alignment)
        gold = {
            side: [(*item[side], label, item["role"]) for label in LISTS for item in row[label] if side in item]
            for side in SIDES
        }
        for side in SIDES:
            for word in re.finditer(r"\w+", row[side]["text"]):
                wanted, given = (_label_at(word.start(), spans) for spans in (gold[side], found[side]))
                self.gold[wanted] += 1
                self.given[given] += 1
                self.right[wanted] += wanted == given
            for start, end, _, role in found[side]:
                self.spans += 1
                self.named += role != "other"
                there = {of for begin, stop, _, of in gold[side] if begin < end and start < stop and of != "other"}
                if role != "other" and there:
                    self.roles += 1
                    self.wrong_roles += role not in there

    def __str__(self) -> str:
        shares = ", ".join(f"{label} {self.f1(label):.3f}" for label in LISTS)
        return (
            f"F1 {shares}; wrong roles {self.wrong_roles}/{self.roles} {self.role_errors:.1%}, "
            f"named {self.named}/{self.spans} {self.named / max(1, self.spans):.0%}"
        )


Labelled = tuple[int, int, str, str]


def _labelled(alignment: Alignment) -> dict[str, list[Labelled]]:
    """Spans of each side with label and role."""
    found: dict[str, list[Labelled]] = {side: [] for side in SIDES}
    for label in ("repeated", "changed"):
        for item in getattr(alignment, label):
            found["statement"].append((*item.statement, label, item.role))
            found["precedent"].append((*item.precedent, label, item.role))
    found["statement"] += [(*item.span, "added", item.role) for item in alignment.added]
    found["precedent"] += [(*item.span, "dropped", item.role) for item in alignment.dropped]
    return found


def _label_at(place: int, spans: Sequence[Labelled]) -> str:
    return next((label for start, end, label, _ in spans if start <= place < end), "none")


def fit_weights(pairs: Sequence[Pair], *, states: bool = True) -> Weights:
    """Weights fitted on labelled pairs. Counterparts and phrases are fitted on roles as they look in unseen pairs."""
    if not states:
        pairs = [_stateless(pair) for pair in pairs]
    unseen = [_ROLELESS] * len(pairs)
    for part in _folds(len(pairs), FOLDS // 2) if states else ():
        roles = _fit_roles([pair for at, pair in enumerate(pairs) if at not in part])
        for at in part:
            unseen[at] = replace(_ROLELESS, roles=roles)
    joins = _fit_joins(pairs, unseen)
    counterparts = _fit_pairs(pairs, [replace(weights, joins=joins) for weights in unseen])
    return Weights(_fit_roles(pairs) if states else None, counterparts, joins)


_NEVER = -20.0
"""The bias of a class that no example has."""
_NOTHING = Linear(np.zeros((0, 0), np.float32), np.zeros(0, np.float32))
_ROLELESS = Weights(None, _NOTHING, _NOTHING)


def _stateless(pair: Pair) -> Pair:
    one, other = (
        side._replace(content=replace(side.content, states=side.content.states[:, :0])) for side in pair.sides
    )
    return Pair(pair.row, (one, other))


def _folds(count: int, folds: int) -> list[set[int]]:
    order = np.random.default_rng(7).permutation(count)
    return [set(order[at::folds].tolist()) for at in range(folds)]


def _items(pair: Pair, side: int) -> list[tuple[int, str, str]]:
    """For each part the number of its labelled item, its label and its role; -1 and "none" without one."""
    name = SIDES[side]
    numbered = enumerate((label, item) for label in LISTS for item in pair.row[label])
    spans = [(number, label, item["role"], *item[name]) for number, (label, item) in numbered if name in item]
    return [
        next(
            ((n, label, role) for n, label, role, begin, stop in spans if begin < end and start < stop),
            (-1, "none", ""),
        )
        for start, end in pair.sides[side].content.spans.tolist()
    ]


def _fit_roles(pairs: Sequence[Pair]) -> Linear:
    features, labels = [], []
    for pair in pairs:
        for side in (0, 1):
            rows = role_features(pair.sides[side].content)
            for row, (_, _, role) in zip(rows, _items(pair, side), strict=True):
                if role:
                    features.append(row)
                    labels.append(ROLES.index(role))
    return _regression(np.array(features), np.array(labels), len(ROLES), ROLE_PENALTY, scaled=False)


def _fit_pairs(pairs: Sequence[Pair], weights: Sequence[Weights]) -> Linear:
    features, labels = [], []
    for pair, known in zip(pairs, weights, strict=True):
        rows = _pair_features(pair, known)
        features.append(rows.reshape(-1, rows.shape[2]))
        labels.append(_counterparts(pair).reshape(-1))
    return _regression(np.concatenate(features), np.concatenate(labels), 3, PAIR_PENALTY, scaled=True)


def _fit_joins(pairs: Sequence[Pair], weights: Sequence[Weights]) -> Linear:
    """From neighbours that have one label: whether they are one phrase."""
    features, labels = [], []
    for pair, known in zip(pairs, weights, strict=True):
        for at, side in enumerate(pair.sides):
            items, spans = _items(pair, at), side.content.spans.tolist()
            rows = join_features(side.content, known.roles_of(side.content))
            for row, one, other, before, after in zip(rows, items, items[1:], spans, spans[1:], strict=False):
                if one[1] == other[1] != "none" and side.text[before[1] : after[0]].isspace():
                    features.append(row)
                    labels.append(int(one[0] == other[0]))
    return _regression(np.array(features), np.array(labels), 2, BOND_PENALTY, scaled=False)


def _pair_features(pair: Pair, weights: Weights) -> FloatArray:
    one, other = (Phrases(side, weights) for side in pair.sides)
    return pair_features(one, other)


def _counterparts(pair: Pair) -> np.ndarray:
    """0, or 1 where two parts are repeated, or 2 where they are changed; in a phrase of several those closest."""
    one, other = (_items(pair, side) for side in (0, 1))
    cosine = pair.sides[0].content.states @ pair.sides[1].content.states.T
    labels = np.zeros(cosine.shape, int)
    for number, label in {item[:2] for item in one if item[1] in LISTS[:2]}:
        rows = [at for at, item in enumerate(one) if item[0] == number]
        columns = [at for at, item in enumerate(other) if item[0] == number]
        if columns:
            closeness = cosine[np.ix_(rows, columns)]
            for at, column in zip(rows, closeness.argmax(axis=1), strict=True):
                labels[at, columns[column]] = 1 + LISTS.index(label)
            for at, row in zip(columns, closeness.argmax(axis=0), strict=True):
                labels[rows[row], at] = 1 + LISTS.index(label)
    return labels


def _regression(features: FloatArray, labels: np.ndarray, classes: int, penalty: float, *, scaled: bool) -> Linear:
    """`scaled`: whether the penalty is to see all features as equally large."""
    from sklearn.linear_model import LogisticRegression

    spread = features.std(axis=0) if scaled else np.ones(features.shape[1])
    spread = np.where(spread > 0, spread, 1)
    centre = features.mean(axis=0)
    model = LogisticRegression(C=penalty, max_iter=5000).fit((features - centre) / spread, labels)
    slopes = model.coef_ / spread
    intercepts = model.intercept_ - slopes @ centre
    if len(model.classes_) == 2:  # then only the second class's are given
        slopes, intercepts = np.vstack([0 * slopes, slopes]), np.append(0, intercepts)
    weights = np.zeros((features.shape[1], classes), np.float32)
    bias = np.full(classes, _NEVER, np.float32)
    weights[:, model.classes_], bias[model.classes_] = slopes.T, intercepts
    return Linear(weights, bias)


def cross_validated(pairs: Sequence[Pair], *, states: bool = True) -> Totals:
    """Totals of pairs that the weights have not seen."""
    totals = Totals()
    for part in _folds(len(pairs), FOLDS):
        weights = fit_weights([pair for at, pair in enumerate(pairs) if at not in part], states=states)
        for at in sorted(part):
            pair = pairs[at] if states else _stateless(pairs[at])
            totals.add(pair.row, align(*pair.sides, weights))
    return totals


def totals_of(pairs: Sequence[Pair], weights: Weights) -> Totals:
    """Totals of pairs aligned by weights."""
    totals = Totals()
    for pair in pairs:
        totals.add(pair.row, align(*pair.sides, weights))
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--fit", action="store_true")
    options = parser.parse_args()
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    assert isinstance(embedder, TokenEmbedder)
    for path in options.files:
        pairs = read_pairs(path, embedder)
        print(f"{path.name}: {totals_of(pairs, shipped_weights(embedder.name))}")
        bare = shipped_weights("")
        print(f"{path.name} without states: {totals_of([_stateless(pair) for pair in pairs], bare)}")
    if not options.files:
        pairs = read_pairs(DEVELOPMENT, embedder)
        print(f"development half, cross-validated: {cross_validated(pairs)}")
        print(f"the same without states: {cross_validated(pairs, states=False)}")
    if options.fit:
        write_shipped(embedder.name, fit_weights(pairs), fit_weights(pairs, states=False))


if __name__ == "__main__":
    main()
