"""Suggested narratives against the groups that analysts made: adjusted mutual information, beside clustering of vectors.

    python bench/suggested_narratives.py DATA [--penalties .002 .005 .01]

The statements are recorded in an archive of their own without their labels, a run is made as the worker makes it, and
what it offers is compared with the labels. The same vectors are clustered by k-means with as many clusters as there
are labels, which nobody could know, and by HDBSCAN with the best of three smallest sizes. A statement in no group is a
group of its own, for every method. A statement with several labels has its first.

Of `propaganda_diary`: all 124 statements in English, then each in one of five languages in turn. `PENALTY` was chosen
on the groups of a reviewed claim with its tweets in `checkthat2022_en` and on every second fake of the diary; the other
fakes are printed by themselves. Takes about a minute. Needs scikit-learn (`make models`).
"""

import argparse
import json
import random
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.cluster import HDBSCAN, KMeans
from sklearn.metrics import adjusted_mutual_info_score

from app.domain.jobs.background_runs import RunKind
from app.domain.statements.statements import StatementDraft
from app.domain.suggestions.suggestions import LEAST_MEMBERS
from app.services import Services
from app.settings import load_settings
from app.wiring import build
from index.clustering import communities as clustering

_LANGUAGES = ("en", "ru", "uk", "de", "it")
_SEEDS = 5
_SMALLEST = (2, 3, 5)
_ALONE = 1_000_000


class Labelled(NamedTuple):
    """A statement, its language, and the group that people put it in."""

    text: str
    language: str
    label: str


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--penalties", type=float, nargs="*", default=[])
    given = options.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    diary = given.data / "propaganda_diary"
    english, mixed = read_diary(diary, one_language=True), read_diary(diary, one_language=False)
    order = [label for label, _ in Counter(one.label for one in english).most_common()]
    tuned = {label: number % 2 == 0 for number, label in enumerate(order)}
    compare("diary in English", english, tuned, given.penalties)
    compare("diary, five languages in turn", mixed, tuned, given.penalties)
    if (given.data / "checkthat2022_en").is_dir():
        compare("CheckThat 2022, chosen on", read_checkthat(given.data / "checkthat2022_en"), {}, given.penalties)


def read_diary(folder: Path, *, one_language: bool) -> list[Labelled]:
    wordings = {one["id"]: one for one in _lines(folder / "queries.jsonl")}
    found = []
    for number, one in enumerate(_lines(folder / "corpus.jsonl")):
        code = "en" if one_language else _LANGUAGES[number % len(_LANGUAGES)]
        found.append(Labelled(wordings[f"{one['id']}-{code}"]["text"], code, one["fakes"][0]))
    return found


def read_checkthat(folder: Path) -> list[Labelled]:
    """Claims that two tweets or more repeat, with these; and 150 that none does."""
    claims = {one["id"]: one["text"] for one in _lines(folder / "corpus.jsonl")}
    tweets = {one["id"]: one["text"] for one in _lines(folder / "queries.jsonl")}
    tweets_of = defaultdict(list)
    for line in (folder / "qrels.tsv").read_text("utf-8").splitlines():
        tweet, claim, _ = line.split("\t")
        tweets_of[claim].append(tweet)
    repeated = [claim for claim in sorted(tweets_of) if len(tweets_of[claim]) > 1]
    alone = random.Random(0).sample(sorted(claims.keys() - tweets_of.keys()), 150)
    rows = [(claims[claim], claim) for claim in (*repeated, *alone)]
    rows += [(tweets[tweet], claim) for claim in repeated for tweet in tweets_of[claim]]
    return [Labelled(text, "en", claim) for text, claim in dict(rows).items()]


def compare(name: str, statements: Sequence[Labelled], tuned: dict[str, bool], penalties: Sequence[float]) -> None:
    """Prints a table: a row for each method, a column for all statements and one for each half of the labels."""
    with tempfile.TemporaryDirectory(prefix="refrain-suggested-") as folder:
        services = build(load_settings().model_copy(update={"data_dir": Path(folder), "database_url": ""}))
        services.archive.open()
        services.archive.backfill()
        recorded = services.record_statements([StatementDraft(one.text, language=one.language) for one in statements])
        keys = [one.statement.key for one in recorded]
        run = services.archive_runs.finish(RunKind.SUGGESTIONS)
        if run.error:
            raise SystemExit(run.error)
        with services.store.reading() as tx:
            stored = tx.vectors.embeddings(services.encoder.fingerprint, keys)
        vectors = np.stack([np.frombuffer(stored[key], "<f4") for key in keys])
        chosen = {"all": list(range(len(statements)))}
        if tuned:
            chosen["chosen on"] = [at for at, one in enumerate(statements) if tuned[one.label]]
            chosen["not chosen on"] = [at for at, one in enumerate(statements) if not tuned[one.label]]
        print(f"\n{name}: {len(statements)} statements, {len({one.label for one in statements})} labels")
        print("| adjusted mutual information | " + " | ".join(f"{half} ({len(rows)})" for half, rows in chosen.items()))
        least = {LEAST_MEMBERS: "suggested narratives", 2: "with pairs"}
        rows: list[tuple[str, Callable[[list[int]], np.ndarray]]] = [
            (f"{named}, penalty {penalty}", lambda at, p=penalty, of=size: suggested(services, keys, at, p, of))
            for penalty in (clustering.PENALTY, *penalties)
            for size, named in least.items()
        ]
        rows += [
            (f"HDBSCAN of vectors, at least {size}", lambda at, of=size: hdbscan(vectors[at], of)) for size in _SMALLEST
        ]
        labels = np.unique([one.label for one in statements], return_inverse=True)[1]
        for named, grouped in rows:
            print(f"| {named} | " + " | ".join(_figure(labels[at], grouped(at)) for at in chosen.values()))
        print(
            "| k-means of vectors, true number | "
            + " | ".join(kmeans(labels[at], vectors[at]) for at in chosen.values())
        )
        groups = Counter(suggested(services, keys, chosen["all"], clustering.PENALTY, LEAST_MEMBERS).tolist())
        sizes = sorted((size for group, size in groups.items() if group < _ALONE), reverse=True)
        print(f"{len(sizes)} groups, of {sizes} statements")
        services.store.close()


def suggested(services: Services, keys: Sequence[int], rows: Sequence[int], penalty: float, least: int) -> np.ndarray:
    """Group of each of these statements, in an archive of these alone."""
    with services.store.reading() as tx:
        pairs = [pair for _, pair in tx.suggestions.pairs(services.policy.suggest_at)]
    places = {keys[at]: place for place, at in enumerate(rows)}
    among = [pair for pair in pairs if pair.first in places and pair.second in places]
    groups = np.arange(len(rows)) + _ALONE
    for number, group in enumerate(clustering.communities(among, least, penalty)):
        groups[[places[key] for key in group.members]] = number
    return groups


def hdbscan(vectors: np.ndarray, smallest: int) -> np.ndarray:
    found = HDBSCAN(min_cluster_size=smallest, copy=True).fit_predict(vectors)
    return np.where(found < 0, np.arange(len(found)) + _ALONE, found)


def kmeans(labels: np.ndarray, vectors: np.ndarray) -> str:
    """Mean and range over seeds."""
    count = len(set(labels.tolist()))
    figures = [
        adjusted_mutual_info_score(labels, KMeans(count, n_init=10, random_state=seed).fit_predict(vectors))
        for seed in range(_SEEDS)
    ]
    return f"{np.mean(figures):.3f} [{min(figures):.3f}, {max(figures):.3f}]"


def _figure(labels: np.ndarray, groups: np.ndarray) -> str:
    return f"{adjusted_mutual_info_score(labels, groups):.3f}"


def _lines(file: Path) -> list[dict]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line]


if __name__ == "__main__":
    main()
