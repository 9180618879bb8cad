"""Fits the pair model but its network (`index/pairs/model.json`), and measures it on pairs that the fit has not seen.

    python bench/pair_model.py DATA [--networks FOLDER] [--fit] [--projection] [--encodings FILE] [--pairs FILE ...]

Two parts: a logistic regression over `index.pairs.features`, and the weights by which its log odds and those of the
network are added (stacking). The regression is fitted to the judged pairs of DATA, to those that one reader read
(`bench/pair_network/readings.py`), to texts that repeat nothing beside what is closest to them, and to random pairs.

Held out: the four folds of `bench/pair_network/folds.py`. `--networks`: a folder with the networks of these folds, which
`python -m bench.pair_network DATA --folds` writes; the stacking weights are fitted to log odds of networks and regressions
that have not seen a pair's fold. Without it only the regression is measured, and `--fit` keeps the stacking weights.
`--fit` fits on everything and writes `model.json`, and puts `network.onnx` of the folder beside it; cut-offs stay.
`--projection` first fits the projection of token states and writes `projection.npz`: the networks have to be trained again.
`--pairs`: more labelled pairs, as JSON lines. Encoding some 17,000 texts takes a quarter of an hour on two processors;
`--encodings` keeps them in a file.
"""

import argparse
import json
import random
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from pair_encodings import Encodings
from pair_figures import figures
from pair_network.folds import FOLDS, Folds, assign_folds
from pair_network.readings import (
    LabelledPair,
    case_texts,
    control_agreement,
    everyday_texts,
    judged_pairs,
    more_pairs,
    readings,
)
from scipy.optimize import minimize

from app.settings import load_settings
from index.contract import Embedder, TokenEmbedder
from index.factory import open_embedder
from index.pairs.features import FEATURES, pair_features
from index.pairs.network import PairNetwork
from index.pairs.pair_states import WIDTH
from index.pairs.probability import PairModel, Stacking, shipped_pair_model
from index.text.encoder import DefaultTextEncoder

JUDGED_WEIGHT, READ_WEIGHT, UNRELATED_WEIGHT = 2.0, 1.0, 0.5
RIDGE = 10.0
"""Penalty on the squared weights of standardised features."""
STACKING_RIDGE = 0.01
PROJECTION_TEXTS = 1_500
ARCHIVES = {"euvsdisinfo": 2, "checkthat": 2, "checkthat_ar": 1}
"""Kinds of pairs whose precedents stand for an archive, and how many of it go with a text that repeats nothing."""
UNRELATED_KINDS = ("everyday", "random")
PAIRS_DIRECTORY = Path(__file__).resolve().parents[1] / "index" / "pairs"
EMBEDDER = "multilingual-e5-small (onnx, int8)"


class Table(NamedTuple):
    """Pairs with their features, shape (n, len(FEATURES)), and weights, shape (n,). The judged pairs come first."""

    pairs: list[LabelledPair]
    features: np.ndarray
    weights: np.ndarray

    def select(self, chosen: np.ndarray) -> "Table":
        return Table([self.pairs[at] for at in np.flatnonzero(chosen)], self.features[chosen], self.weights[chosen])


def random_pairs(pairs: Sequence[LabelledPair]) -> Iterator[LabelledPair]:
    """Statements with the precedent of another pair in the same language."""
    drawn = random.Random(0)
    by_language: dict[str, list[LabelledPair]] = {}
    for one in pairs:
        by_language.setdefault(one.precedent.language, []).append(one)
    for one in pairs[::3]:
        other = drawn.choice(by_language[one.precedent.language])
        if other.statement != one.statement:
            yield LabelledPair(one.statement, other.precedent, (0,), "random")


def everyday_pairs(pairs: Sequence[LabelledPair], encodings: Encodings) -> Iterator[LabelledPair]:
    """Texts that repeat nothing, each with the precedents that are closest to it."""
    asked = everyday_texts()
    encodings.add(asked)
    for kind, count in ARCHIVES.items():
        archive = sorted({one.precedent for one in pairs if one.kind == kind})
        if archive:
            vectors = np.stack([encodings[text.text].vector for text in archive])
            for text in asked:
                for at in np.argsort(-(vectors @ encodings[text.text].vector))[:count]:
                    yield LabelledPair(text, archive[at], (0,), "everyday")


def load_table(judged: list[LabelledPair], read: list[LabelledPair], encodings: Encodings, model: PairModel) -> Table:
    """All pairs to fit on, with their features."""
    encodings.add(text for one in (*judged, *read) for text in (one.statement, one.precedent))
    unrelated = [*everyday_pairs([*judged, *read], encodings), *random_pairs(judged)]
    pairs = [*judged, *read, *unrelated]
    rows = [
        pair_features(encodings[one.statement.text], [encodings[one.precedent.text]], model.vector_mean)[0]
        for one in pairs
    ]
    counts = [len(judged), len(read), len(unrelated)]
    weights = np.repeat([JUDGED_WEIGHT, READ_WEIGHT, UNRELATED_WEIGHT], counts)
    return Table(pairs, np.array(rows, np.float32), weights)


class Regression(NamedTuple):
    """A logistic regression over standardised features."""

    means: np.ndarray
    scales: np.ndarray
    weights: np.ndarray
    bias: float

    def log_odds(self, features: np.ndarray) -> np.ndarray:
        odds: np.ndarray = ((features - self.means) / self.scales) @ self.weights + self.bias
        return odds


def fit(features: np.ndarray, same: np.ndarray, weight: np.ndarray, ridge: float) -> Regression:
    """The weights under which the readers' verdicts are most likely; `same`, the share of readers who say that the
    message is the same, lets a pair count as both."""
    means, scales = features.mean(0), features.std(0) + 1e-6
    standard = np.c_[(features - means) / scales, np.ones(len(same))]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = standard @ parameters
        total = (weight * (np.logaddexp(0, odds) - same * odds)).sum() + ridge / 2 * (parameters[:-1] ** 2).sum()
        slope = standard.T @ (weight * (1 / (1 + np.exp(-odds)) - same))
        slope[:-1] += ridge * parameters[:-1]
        return total, slope

    found = minimize(loss, np.zeros(standard.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 5_000}).x
    return Regression(means, scales, found[:-1], float(found[-1]))


def fit_table(table: Table) -> Regression:
    return fit(table.features, _same(table.pairs), table.weights, RIDGE)


def fit_stacking(network: np.ndarray, regression: np.ndarray, same: np.ndarray, before: Stacking) -> Stacking:
    """The weights of both log odds, each of shape (n,)."""
    found = fit(np.c_[regression, network], same, np.ones(len(same)), STACKING_RIDGE)
    weights = found.weights / found.scales
    return replace(
        before,
        bias=float(found.bias - found.means @ weights),
        regression=float(weights[0]),
        network=float(weights[1]),
    )


def held_out_regression(table: Table, judged: Sequence[LabelledPair], folds: Folds) -> np.ndarray:
    """Log odds of the judged pairs, each by a regression that was not fitted on its fold: shape (len(judged),)."""
    odds = np.zeros(len(judged))
    for fold in range(FOLDS):
        test = np.flatnonzero(folds.of_pair == fold)
        odds[test] = fit_table(table.select(folds.allowed(table.pairs, fold))).log_odds(table.features[test])
    return odds


def held_out_network(folder: Path, judged: Sequence[LabelledPair], folds: Folds, encodings: Encodings) -> np.ndarray:
    """Log odds of the judged pairs, each by the network that was trained without its fold: shape (len(judged),)."""
    networks = [PairNetwork(folder / f"fold{fold}.onnx") for fold in range(FOLDS)]
    return np.array(
        [
            networks[fold].log_odds(encodings[one.statement.text].states, [encodings[one.precedent.text].states])[0]
            for one, fold in zip(judged, folds.of_pair.tolist(), strict=True)
        ]
    )


def held_out_stack(
    network: np.ndarray, regression: np.ndarray, same: np.ndarray, folds: Folds, before: Stacking
) -> np.ndarray:
    """Scores of the judged pairs, each by stacking weights that were not fitted on its fold: shape (len(judged),)."""
    scores = _probability(regression)
    for fold in range(FOLDS):
        test = folds.of_pair == fold
        stacking = fit_stacking(network[~test], regression[~test], same[~test], before)
        test &= scores >= before.network_at
        scores[test] = _probability(stacked(stacking, regression[test], network[test]))
    return scores


def stacked(stacking: Stacking, regression: np.ndarray, network: np.ndarray) -> np.ndarray:
    odds: np.ndarray = stacking.bias + stacking.regression * regression + stacking.network * network
    return odds


def stacking_weights(stacking: Stacking) -> dict[str, float]:
    return {name: round(value, 4) for name, value in asdict(stacking).items()}


def write_model(regression: Regression, stacking: Stacking, before: PairModel, measured: Mapping[str, object]) -> None:
    head = {
        "version": before.version,
        "embedder": before.embedder,
        "suggest_at": before.suggest_at,
        "same_script_at": before.same_script_at,
        "flag_at": before.flag_at,
        "bias": round(regression.bias, 5),
        "stacking": stacking_weights(stacking),
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


def _same(pairs: Sequence[LabelledPair]) -> np.ndarray:
    return np.array([one.same for one in pairs])


def _probability(log_odds: np.ndarray) -> np.ndarray:
    probability: np.ndarray = 1 / (1 + np.exp(-log_odds))
    return probability


def _show(name: str, content: object) -> None:
    print(json.dumps({name: content}, indent=1), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--networks", type=Path)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--projection", action="store_true")
    parser.add_argument("--encodings", type=Path)
    parser.add_argument("--pairs", type=Path, action="append", default=[])
    options = parser.parse_args()
    judged = judged_pairs(options.data)
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    if options.projection:
        texts = sorted({text.text for one in judged for text in (one.statement, one.precedent)})
        write_projection(embedder, random.Random(0).sample(texts, min(PROJECTION_TEXTS, len(texts))))
    before = shipped_pair_model(EMBEDDER)
    assert before is not None
    if embedder.name != before.embedder:
        raise SystemExit(f"there is no pair model for {embedder.name}")
    encodings = Encodings(DefaultTextEncoder(embedder, pairs=True), options.encodings)
    found = readings(options.data)
    read = [*found.trained(), *(one for file in options.pairs for one in more_pairs(file))]
    table = load_table(judged, read, encodings, before)
    kinds = [one.kind if at >= len(judged) else "judged" for at, one in enumerate(table.pairs)]
    counts = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
    _show("fitted_on", {**counts, "readings whose texts are not in the data": found.missing})
    _show("control readings against two readers", control_agreement(found, judged))
    folds = assign_folds(judged, case_texts(options.data))
    regression, same = held_out_regression(table, judged, folds), _same(judged)
    held_out = figures(judged, _probability(regression))
    _show("held out, regression alone", held_out)
    stacking = before.stacking
    if options.networks:
        network = held_out_network(options.networks, judged, folds, encodings)
        _show("held out, network alone", figures(judged, _probability(network)))
        stacking = fit_stacking(network, regression, same, before.stacking)
        held_out = figures(judged, held_out_stack(network, regression, same, folds, stacking))
        _show("held out, stacked", held_out)
        _show("stacking", stacking_weights(stacking))
    if options.fit:
        if options.networks:
            shutil.copyfile(options.networks / "network.onnx", PAIRS_DIRECTORY / "network.onnx")
        how = "four folds of bench/pair_network/folds.py"
        measured = {"fitted_on": counts, "held_out": {"how": how, **held_out}}
        write_model(fit_table(table), stacking, before, measured)


if __name__ == "__main__":
    main()
