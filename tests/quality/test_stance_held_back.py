"""The stance of texts that neither the rules nor the classifier were made with, by the real model."""

import json
from pathlib import Path

from app.language.stance.classifier import shipped_classifier
from app.services.stance.classify_stance import ClassifyStance
from app.settings import load_settings
from index.factory import open_embedder

HELD_BACK = Path(__file__).parent / "stance" / "held_back.jsonl"
FLAGGED = {"assertion", "report"}


def test_held_back_texts_are_read_as_well_as_the_documents_say():
    rows = [json.loads(line) for line in HELD_BACK.read_text("utf-8").splitlines()]
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    classify_stance = ClassifyStance(shipped_classifier(embedder.name))
    vectors = embedder.embed([row["text"] for row in rows])
    read = [
        (row["label"], classify_stance(row["text"], row["language"], vector).label)
        for row, vector in zip(rows, vectors, strict=True)
    ]
    missed = [given in FLAGGED for label, given in read if label not in FLAGGED]
    barred = [given not in FLAGGED for label, given in read if label in FLAGGED]
    assert sum(missed) <= 0.08 * len(missed), "denials and questions that would be flagged; the aim is .05"
    assert sum(barred) <= 0.03 * len(barred), "assertions and reports that never would be flagged"
