"""Predictions in texts that the rules were not made with."""

import json
from pathlib import Path

from app.domain.core.dates import parse_period
from app.language.predictions.detection import detect_prediction

HELD_BACK = Path(__file__).parent / "predictions" / "held_back.jsonl"


def test_held_back_predictions_are_read_as_well_as_the_documents_say():
    rows = [json.loads(line) for line in HELD_BACK.read_text("utf-8").splitlines()]
    read = [(row, detect_prediction(row["text"], row["language"], parse_period(row["said_at"]))) for row in rows]
    predicting = [row for row, _ in read if row["predicts"]]
    found = [(row, predicted) for row, predicted in read if predicted]
    right = [(row, predicted) for row, predicted in found if row["predicts"]]
    assert len(right) >= 0.95 * len(found), "precision"
    assert len(right) >= 0.95 * len(predicting), "recall"
    ends = [row["until"] == (predicted.until.text if predicted.until else None) for row, predicted in right]
    assert sum(ends) >= 0.9 * len(ends), "the last day of the window"
