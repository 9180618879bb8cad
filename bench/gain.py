"""Gain of the shipped policy over an untuned hybrid: MAP@5 of both, and the difference with a paired bootstrap.

    python bench/gain.py FOLDER --split S

The untuned hybrid adds two z-scores over all statements: the cosine of the vectors as they are and, at a third of the
weight, BM25 of the words. Statements of any time count. Intervals: 10,000 resamples of queries, both systems' answers to
a query drawn together.
"""

import argparse
import tempfile
from pathlib import Path

import numpy as np

from app.formats.evaluation import LabelledQuery, read_queries
from app.formats.opening import Format, open_lines
from app.services import Services
from app.services.evaluation.evaluate import request_of
from app.settings import load_settings
from app.wiring import build
from index.contract import EncodedText, EncoderInput
from index.search.projection import Projection

BM25_WEIGHT = 1 / 3
DEPTH = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", required=True)
    options = parser.parse_args()
    queries = [query for query in read_queries(options.folder, options.split) if query.grades]
    with tempfile.TemporaryDirectory() as data_dir:
        services = build(load_settings().model_copy(update={"data_dir": Path(data_dir), "database_url": ""}))
        services.archive.open()
        services.archive.backfill()
        lines = open_lines(options.folder, Format.AUTO)
        services.import_statements((file.name, line) for file, line in lines)
        ours = _ours(services, queries)
        untuned = _untuned(services, queries)
    gain = ours - untuned
    drawn = np.random.default_rng(7).integers(len(gain), size=(10_000, len(gain)))
    low, high = np.percentile(gain[drawn].mean(1), [2.5, 97.5])
    print(
        f"{options.folder.name} {options.split}, {len(gain)} queries, MAP@{DEPTH}: untuned hybrid {untuned.mean():.4f}, "
        f"policy {services.policy.version} {ours.mean():.4f}, gain {gain.mean():+.4f} [{low:+.4f}, {high:+.4f}]"
    )


def _ours(services: Services, queries: list[LabelledQuery]) -> np.ndarray:
    requests = [request_of(query.text.strip(), language=query.language, earlier_only=False) for query in queries]
    checks = services.check_statements(requests)
    return np.array(
        [
            _precision([match.precedent.external_id for match in check.matches], query)
            for check, query in zip(checks, queries, strict=True)
        ]
    )


def _untuned(services: Services, queries: list[LabelledQuery]) -> np.ndarray:
    archive = services.archive.with_projection(Projection.identity(services.encoder.dimension))
    archive.open()
    archive.backfill()
    with services.store.reading() as tx:
        keys = [row.key for row in tx.vectors.changed_since(0, services.encoder.fingerprint)]
        names = {key: one.external_id for key, one in tx.statements.by_keys(keys).items()}
    vectors = archive.index.vectors(keys)
    readings = services.encoder.encode([EncoderInput(query.text.strip(), query.language) for query in queries])
    precisions = []
    for query, reading in zip(queries, readings, strict=True):
        scores = _z(vectors @ reading.vector) + BM25_WEIGHT * _z(_bm25(archive, keys, reading))
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        precisions.append(_precision([names[keys[at]] for at in best], query))
    return np.array(precisions)


def _bm25(archive: object, keys: list[int], reading: EncodedText) -> np.ndarray:
    words = [term for term in reading.terms.split() if term[0] not in "@#"]
    found = {hit.id: hit.similarity for hit in archive.index.parts[1].search(words, len(keys))}
    return np.array([found.get(key, 0.0) for key in keys])


def _z(scores: np.ndarray) -> np.ndarray:
    return (scores - scores.mean()) / (scores.std() + 1e-9)


def _precision(found: list[str | None], query: LabelledQuery) -> float:
    """Average precision of the first five."""
    right = [name in query.grades for name in found[:DEPTH]]
    hits = [sum(right[: at + 1]) / (at + 1) for at, one in enumerate(right) if one]
    return sum(hits) / min(DEPTH, len(query.grades))


if __name__ == "__main__":
    main()
