"""What each cut-off on the score is worth: the figures that a policy's cut-offs are read off.

    python bench/thresholds.py FOLDER [--pairs PAIRS.jsonl] [--model-dir DIR]

FOLDER is a labelled set (`corpus.jsonl`, `queries.jsonl`, `qrels.tsv`): for each cut-off, the precision and recall of
flags at it, over all queries and for each language. PAIRS has `a`, `b` and `score` (0 to 5) on each line: for each
cut-off, what share of the pairs at or above it people found at least alike in topic (2), in statement (4), or equal
(4.5), and what share of all such pairs that is.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.evaluation import evaluate_folder
from app.formats.policy_file import UNMEASURED
from app.settings import load_settings
from index.contract import Embedder
from index.factory import open_embedder

CUTOFFS = [round(0.78 + 0.01 * step, 2) for step in range(20)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pairs", type=Path)
    options = parser.parse_args()
    settings = load_settings()
    embedder = Remembering(open_embedder(settings.embedder, settings.model_dir))
    print(f"{embedder.name} on {options.folder.name}: flag precision / recall / false flags at each cut-off")
    for cutoff in CUTOFFS:
        policy = replace(
            UNMEASURED, suggest_at=0.0, same_topic_at=0.0, flag_at=cutoff, same_script_at=cutoff, near_verbatim_at=1.0
        )
        figures = evaluate_folder(
            settings, options.folder, any_time=False, split=None, track=_silent, embedder=embedder, policy=policy
        )
        rows = {"all": figures["all"], **figures["by_language"]}
        shown = (
            f"{name} {_of(row, 'flag_precision')}/{_of(row, 'flag_recall')}/{_of(row, 'false_flag_rate')}"
            for name, row in rows.items()
        )
        print(f"{cutoff:.2f}  {'  '.join(shown)}", flush=True)
    if options.pairs:
        _pairs(options.pairs, embedder)


class Remembering:
    """An embedder that embeds each text once: the runs differ in their cut-offs only."""

    def __init__(self, inner: Embedder):
        self.name, self.fingerprint, self.dimension = inner.name, inner.fingerprint, inner.dimension
        self._inner = inner
        self._known: dict[str, np.ndarray] = {}

    def embed(self, texts: Sequence[str], progress: object = None) -> np.ndarray:
        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        self._known |= dict(zip(new, self._inner.embed(new), strict=True))
        return np.stack([self._known[text] for text in texts])


def _pairs(path: Path, embedder: object) -> None:
    pairs = [json.loads(line) for line in path.open(encoding="utf-8")]
    left = embedder.embed([pair["a"] for pair in pairs])
    right = embedder.embed([pair["b"] for pair in pairs])
    cosine = (left * right).sum(axis=1)
    similarity = np.array([pair["score"] for pair in pairs], dtype=float)
    print(f"{path.parent.name}: of pairs at or above the cut-off, share at least as alike as, and recall of those")
    for cutoff in CUTOFFS:
        above = cosine >= cutoff
        cells = []
        for level in (2.0, 4.0, 4.5):
            alike = similarity >= level
            cells.append(f"{level}: {alike[above].mean():.2f}/{above[alike].mean():.2f}")
        print(f"{cutoff:.2f}  {above.sum():5d} pairs  {'  '.join(cells)}")


def _of(row: dict, name: str) -> str:
    return "–" if row[name] is None else f"{row[name]:.2f}"


def _silent(_title: str, _total: int) -> object:
    return lambda _more: None


if __name__ == "__main__":
    main()
