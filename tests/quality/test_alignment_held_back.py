"""What repeated and changed phrases are found in pairs that the method was not made with, by the real model."""

import sys
from pathlib import Path

from app.settings import load_settings
from index.alignment.weights import shipped_weights
from index.factory import open_embedder

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
from alignment import read_pairs, totals_of

HELD_BACK = Path(__file__).parent / "alignment" / "held_back.jsonl"


def test_held_back_pairs_are_aligned_as_well_as_the_documents_say():
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    totals = totals_of(read_pairs(HELD_BACK, embedder), shipped_weights(embedder.name))
    assert totals.f1("changed") >= 0.78
    assert totals.f1("repeated") >= 0.85
    assert totals.role_errors <= 0.08
    assert totals.named >= 0.65 * totals.spans
