"""Polish, Turkish and Portuguese: texts of another hand, of which only totals are looked at."""

import json
from pathlib import Path

import pytest
from attribution_gold import faults, passages

from app.domain.core.dates import parse_period
from app.language.predictions.detection import detect_prediction
from app.language.stance.classifier import shipped_classifier
from app.services.stance.classify_stance import ClassifyStance
from app.settings import load_settings
from index.factory import open_embedder

HERE = Path(__file__).parent
FLAGGED = {"assertion", "report"}
LANGUAGES = ("pl", "tr", "pt")


def rows_of(kind, language):
    path = HERE / kind / "languages" / f"{language}.held_back.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize(("language", "missed_at_most", "barred_at_most"), [("pl", 3, 3), ("tr", 3, 3), ("pt", 3, 3)])
def test_stance_is_read_as_well_as_the_documents_say(language, missed_at_most, barred_at_most):
    rows = rows_of("stance", language)
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    classify_stance = ClassifyStance(shipped_classifier(embedder.name))
    vectors = embedder.embed([row["text"] for row in rows])
    read = [
        (row["label"], classify_stance(row["text"], row["language"], vector).label)
        for row, vector in zip(rows, vectors, strict=True)
    ]
    assert sum(given in FLAGGED for label, given in read if label not in FLAGGED) <= missed_at_most, "would be flagged"
    assert sum(given not in FLAGGED for label, given in read if label in FLAGGED) <= barred_at_most, "never would be"


@pytest.mark.parametrize(
    ("language", "right_at_least", "until_at_least"), [("pl", 18, 7), ("tr", 18, 8), ("pt", 16, 8)]
)
def test_predictions_are_read_as_well_as_the_documents_say(language, right_at_least, until_at_least):
    rows = rows_of("predictions", language)
    read = [(row, detect_prediction(row["text"], language, parse_period(row["said_at"]))) for row in rows]
    assert sum(row["predicts"] == (found is not None) for row, found in read) >= right_at_least
    ends = [
        row["until"] == (found.until.text if found.until else None) for row, found in read if found and row["predicts"]
    ]
    assert sum(ends) >= until_at_least, "the last day of the window"


@pytest.mark.parametrize(("language", "right_at_least"), [("pl", 10), ("tr", 10), ("pt", 11)])
def test_attributions_are_read_as_well_as_the_documents_say(language, right_at_least):
    read = [faults(text, gold) for text, gold in passages(f"languages/{language}.held_back")]
    assert sum(right for _, right in read) >= right_at_least
