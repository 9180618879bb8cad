"""Fits the model of pairs (`index/pairs/model.json`), and measures it on pairs that the fit has not seen.

    python bench/pair_model.py DATA [--fit] [--projection] [--features FILE]

DATA holds `judged_pairs`, and, where they are there, `checkthat2022_en`, `checkthat2021_ar`, `sts_news` and
`euvsdisinfo`. Without options: five folds over the judged pairs, no text of a test pair in any pair that is fitted on;
prints the area under the curve (the same message against the rest), the error of calibration, and flags at .70 to .80.
`--fit` fits on everything and writes `model.json`; `--projection` first fits the projection of token states and writes
`projection.npz`. Encoding takes some four minutes on two processors, the rest seconds; `--features` keeps it in a file.
"""

import argparse
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from app.settings import load_settings
from index.contract import Embedder, EncodedText, EncoderInput, TokenEmbedder
from index.factory import open_embedder
from index.pairs.features import FEATURES, PairText, pair_features
from index.pairs.pair_states import WIDTH, PairStates
from index.pairs.probability import PairModel, shipped_pair_model
from index.text.encoder import DefaultTextEncoder

FOLDS = 5
RIDGE = 1 / 0.03
"""Penalty on the squared weights of standardised features."""
SAME = 2
OPPOSITE = -1
FLAG_CUT_OFFS = (0.70, 0.75, 0.80)
PROJECTION_TEXTS = 1_500
CHECKTHAT_QUERIES = 300
NEWS_SENTENCES = 300
PAIRS_DIRECTORY = Path(__file__).resolve().parents[1] / "index" / "pairs"


class Pair(NamedTuple):
    """Two texts, and which share of the readers says that they convey the same message. `label` None: no verdict."""

    statement: str
    language: str
    precedent: str
    precedent_language: str
    same: float
    weight: float
    kind: str
    label: int | None = None


def read_lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def judged_pairs(data: Path) -> list[Pair]:
    return [
        Pair(
            one["statement"],
            one["lang"],
            one["precedent"],
            one["plang"],
            sum(label == SAME for label in one["labels"]) / len(one["labels"]),
            1.0,
            one["kind"],
            one["label"],
        )
        for one in read_lines(data / "judged_pairs" / "pairs.jsonl")
    ]


def random_pairs(judged: Sequence[Pair]) -> Iterator[Pair]:
    """Statements with the precedent of another pair."""
    drawn = random.Random(0)
    for one in judged[::3]:
        other = drawn.choice(judged)
        if other.statement != one.statement:
            yield one._replace(
                precedent=other.precedent,
                precedent_language=other.precedent_language,
                same=0.0,
                weight=0.1,
                kind="random",
                label=None,
            )


def checkthat_pairs(data: Path) -> Iterator[Pair]:
    """Queries with what fact-checkers linked to them, and with the claim of another query."""
    drawn = random.Random(0)
    for name, weight in (("checkthat2022_en", 0.06), ("checkthat2021_ar", 0.15)):
        if not (data / name / "qrels.tsv").is_file():
            continue
        corpus = {one["id"]: one for one in read_lines(data / name / "corpus.jsonl")}
        queries = {one["id"]: one for one in read_lines(data / name / "queries.jsonl")}
        links = [line.split("\t")[:2] for line in (data / name / "qrels.tsv").read_text("utf-8").splitlines()]
        links = [(query, claim) for query, claim in links if query in queries and claim in corpus]
        for query, claim in drawn.sample(links, min(CHECKTHAT_QUERIES, len(links))):
            other = drawn.choice(links)[1]
            for linked, same in ((claim, 0.95), *([(other, 0.02)] if other != claim else [])):
                asked, found = queries[query], corpus[linked]
                yield Pair(asked["text"], asked["lang"], found["text"], found["lang"], same, weight, name)


def unrelated_pairs(data: Path, encode: "Encodings") -> Iterator[Pair]:
    """News sentences, each with the claims that are closest to it in an archive of claims that it does not repeat."""
    if not (data / "sts_news" / "pairs.jsonl").is_file() or not (data / "euvsdisinfo" / "corpus.jsonl").is_file():
        return
    drawn = random.Random(0)
    news = drawn.sample(sorted({one["a"] for one in read_lines(data / "sts_news" / "pairs.jsonl")}), NEWS_SENTENCES)
    claims = drawn.sample(read_lines(data / "euvsdisinfo" / "corpus.jsonl"), 1_000)
    encode.add([(text, "en") for text in news] + [(claim["text"], claim["lang"]) for claim in claims])
    vectors = np.stack([encode[claim["text"]].vector for claim in claims])
    for text in news:
        for at in np.argsort(-(vectors @ encode[text].vector))[:3]:
            yield Pair(text, "en", claims[at]["text"], claims[at]["lang"], 0.0, 0.1, "unrelated")


class Encodings:
    """Texts as pairs are compared, each encoded once."""

    def __init__(self, encoder: DefaultTextEncoder) -> None:
        self._encoder = encoder
        self._known: dict[str, PairText] = {}

    def __getitem__(self, text: str) -> PairText:
        return self._known[text]

    def add(self, texts: Sequence[tuple[str, str]]) -> None:
        new = {text: language for text, language in texts if text not in self._known}
        encoded = self._encoder.encode([EncoderInput(text, language) for text, language in new.items()])
        for (text, language), one in zip(new.items(), encoded, strict=True):
            self._known[text] = pair_text(text, language, one)


def pair_text(text: str, language: str, encoded: EncodedText) -> PairText:
    states = PairStates.unpack(encoded.pair_states)
    return PairText(text, language, frozenset(encoded.terms.split()), encoded.vector, states)


class Table(NamedTuple):
    """Pairs with their features, shape (n, len(FEATURES))."""

    pairs: list[Pair]
    features: np.ndarray

    def select(self, chosen: np.ndarray) -> "Table":
        return Table([self.pairs[at] for at in np.flatnonzero(chosen)], self.features[chosen])


def load_table(data: Path, kept: Path | None) -> Table:
    """All pairs to fit on, with their features; from the file `kept` where it is there."""
    if kept and kept.is_file():
        stored = np.load(kept)
        return Table([Pair(*one) for one in json.loads(str(stored["pairs"]))], stored["features"])
    settings = load_settings()
    encoder = DefaultTextEncoder(open_embedder(settings.embedder, settings.model_dir), pairs=True)
    model = shipped_pair_model(encoder.name)
    if model is None:
        raise SystemExit(f"there is no model of pairs for {encoder.name}")
    encodings, judged = Encodings(encoder), judged_pairs(data)
    pairs = [*judged, *random_pairs(judged), *checkthat_pairs(data), *unrelated_pairs(data, encodings)]
    encodings.add([text for p in pairs for text in ((p.statement, p.language), (p.precedent, p.precedent_language))])
    rows = [pair_features(encodings[p.statement], [encodings[p.precedent]], model.vector_mean)[0] for p in pairs]
    table = Table(pairs, np.array(rows, np.float32))
    if kept:
        np.savez_compressed(kept, pairs=json.dumps(pairs), features=table.features)
    return table


class Regression(NamedTuple):
    """A logistic regression over standardised features."""

    means: np.ndarray
    scales: np.ndarray
    weights: np.ndarray
    bias: float

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(((features - self.means) / self.scales) @ self.weights + self.bias)))


def fit(table: Table) -> Regression:
    """The weights under which the readers' verdicts are most likely; a pair counts as both, by its share."""
    same = np.array([one.same for one in table.pairs])
    weight = np.array([one.weight for one in table.pairs])
    means, scales = table.features.mean(0), table.features.std(0) + 1e-6
    standard = np.c_[(table.features - means) / scales, np.ones(len(same))]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = standard @ parameters
        total = (weight * (np.logaddexp(0, odds) - same * odds)).sum() + RIDGE / 2 * (parameters[:-1] ** 2).sum()
        slope = standard.T @ (weight * (1 / (1 + np.exp(-odds)) - same))
        slope[:-1] += RIDGE * parameters[:-1]
        return total, slope

    found = minimize(loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 2_000}).x
    return Regression(means, scales, found[:-1], float(found[-1]))


def groups(pairs: Sequence[Pair]) -> list[int]:
    """For each pair the number of its group: pairs that share a text, directly or over others, are in one group."""
    parent: dict[str, str] = {}

    def root(text: str) -> str:
        while parent.setdefault(text, text) != text:
            parent[text] = text = parent[parent[text]]
        return text

    for one in pairs:
        parent[root(one.statement)] = root(one.precedent)
    numbers: dict[str, int] = {}
    return [numbers.setdefault(root(one.statement), len(numbers)) for one in pairs]


def held_out(table: Table) -> tuple[list[Pair], np.ndarray]:
    """The judged pairs, each with the probability by a model that was fitted on no pair with either of its texts."""
    judged = np.array([one.kind not in _FITTED_ONLY for one in table.pairs])
    tested, of_group = table.select(judged), np.array(groups(table.select(judged).pairs))
    sizes = np.bincount(of_group)
    order = np.random.default_rng(0).permutation(len(sizes))
    fold_of, filled = np.zeros(len(sizes), int), np.zeros(FOLDS)
    for group in sorted(order, key=lambda group: -sizes[group]):
        fold_of[group] = int(np.argmin(filled))
        filled[fold_of[group]] += sizes[group]
    probabilities = np.zeros(len(tested.pairs))
    for fold in range(FOLDS):
        test = fold_of[of_group] == fold
        texts = {text for one in tested.select(test).pairs for text in (one.statement, one.precedent)}
        allowed = np.array([one.statement not in texts and one.precedent not in texts for one in table.pairs])
        probabilities[test] = fit(table.select(allowed)).probabilities(tested.features[test])
    return tested.pairs, probabilities


_FITTED_ONLY = ("random", "checkthat2022_en", "checkthat2021_ar", "unrelated")


def area_under_curve(right: np.ndarray, scores: np.ndarray) -> float:
    ranks = np.argsort(np.argsort(scores)) + 1
    positive = right.sum()
    return float((ranks[right].sum() - positive * (positive + 1) / 2) / positive / (len(right) - positive))


def calibration_error(right: np.ndarray, scores: np.ndarray, bins: int = 10) -> float:
    parts = np.array_split(np.argsort(scores), bins)
    return float(sum(len(part) * abs(right[part].mean() - scores[part].mean()) for part in parts) / len(right))


def figures(pairs: Sequence[Pair], probabilities: np.ndarray) -> dict[str, object]:
    """Area, error of calibration and flags; by resampling the pairs, their 95 % intervals."""
    known = np.array([one.label is not None for one in pairs])
    labels, scores = np.array([one.label for one in pairs if one.label is not None]), probabilities[known]
    kinds = np.array([one.kind for one in pairs])[known]
    same = labels == SAME
    drawn = np.random.default_rng(0)
    samples = [drawn.integers(len(same), size=len(same)) for _ in range(300)]
    measured: dict[str, object] = {
        "pairs": int(known.sum()),
        "auc": round(area_under_curve(same, scores), 3),
        "auc_ci": [
            round(float(bound), 3)
            for bound in np.percentile([area_under_curve(same[some], scores[some]) for some in samples], [2.5, 97.5])
        ],
        "calibration_error": round(calibration_error(same, scores), 3),
        "auc_by_kind": {
            str(kind): round(area_under_curve(same[kinds == kind], scores[kinds == kind]), 3)
            for kind in sorted(set(kinds))
            if 0 < same[kinds == kind].mean() < 1
        },
    }
    for cut_off in FLAG_CUT_OFFS:
        flagged = scores >= cut_off
        measured[f"flags_at_{cut_off:.2f}"] = {
            "precision": round(float(same[flagged].mean()), 3),
            "recall": round(float((same & flagged).sum() / same.sum()), 3),
            "opposites": f"{int((flagged & (labels == OPPOSITE)).sum())} of {int((labels == OPPOSITE).sum())}",
        }
    return measured


def write_model(regression: Regression, before: PairModel, measured: Mapping[str, object]) -> None:
    head = {
        "version": before.version,
        "embedder": before.embedder,
        "suggest_at": before.suggest_at,
        "same_script_at": before.same_script_at,
        "flag_at": before.flag_at,
        "bias": round(regression.bias, 5),
        "measured": measured,
    }
    listed = [
        f"  {json.dumps(name)}: {json.dumps([round(float(number), 5) for number in numbers])}"
        for name, *numbers in zip(FEATURES, regression.means, regression.scales, regression.weights, strict=True)
    ]
    stored = json.dumps(head, indent=1)[:-2] + ',\n "features": {\n' + ",\n".join(listed) + "\n }\n}\n"
    (PAIRS_DIRECTORY / "model.json").write_text(stored, "utf-8")


def write_projection(embedder: Embedder, texts: Sequence[str]) -> None:
    """The mean of last-layer token states, and their principal directions, each divided by a root of its spread."""
    assert isinstance(embedder, TokenEmbedder)
    vectors, tokens = embedder.embed_tokens(texts)
    states = np.concatenate([one.last for one in tokens if len(one.last)])
    spread, directions = np.linalg.eigh(np.cov((states - states.mean(0)).T))
    projection = directions[:, ::-1][:, :WIDTH] * spread[::-1][:WIDTH] ** -0.25
    arrays = {"mean": states.mean(0), "projection": projection, "vector_mean": vectors.mean(0)}
    np.savez_compressed(
        PAIRS_DIRECTORY / "projection.npz", **{name: array.astype(np.float16) for name, array in arrays.items()}
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--projection", action="store_true")
    parser.add_argument("--features", type=Path)
    options = parser.parse_args()
    if options.projection:
        settings = load_settings()
        texts = sorted({text for one in judged_pairs(options.data) for text in (one.statement, one.precedent)})
        drawn = random.Random(0).sample(texts, min(PROJECTION_TEXTS, len(texts)))
        write_projection(open_embedder(settings.embedder, settings.model_dir), drawn)
    table = load_table(options.data, options.features)
    measured = figures(*held_out(table))
    counts = {kind: sum(one.kind == kind for one in table.pairs) for kind in sorted({one.kind for one in table.pairs})}
    print(json.dumps({"fitted_on": counts, "held_out": measured}, indent=1))
    before = shipped_pair_model("multilingual-e5-small (onnx, int8)")
    assert before is not None
    tested = [at for at, one in enumerate(table.pairs) if one.kind not in _FITTED_ONLY]
    shipped = Regression(before.means, before.scales, before.weights, before.bias)
    in_sample = figures([table.pairs[at] for at in tested], shipped.probabilities(table.features[tested]))
    print("shipped coefficients, which were fitted on these pairs:", json.dumps(in_sample))
    if options.fit:
        write_model(
            fit(table), before, {"command": "bench/pair_model.py DATA --fit", "fitted_on": counts, "held_out": measured}
        )


if __name__ == "__main__":
    main()
