"""Predictions that give no date lapse after a horizon, which a setting says."""

from datetime import UTC, datetime

import pytest
from builders import period

from app.domain.core.dates import instant
from app.domain.predictions.predictions import AsOf, Horizon, Prediction, prediction_status
from app.language.predictions.detection import detect_prediction
from app.settings import Settings


def status(prediction, moment, days=90):
    as_of = AsOf(instant(datetime.fromisoformat(moment).replace(tzinfo=UTC)).begins, horizon=Horizon(days))
    return prediction_status(prediction, [], as_of).label


@pytest.mark.parametrize(("moment", "label"), [("2021-07-22T23:59", "open"), ("2021-07-23T00:00", "expired")])
def test_a_prediction_without_a_date_lapses_ninety_days_after_the_day_it_was_said(moment, label):
    prediction = detect_prediction("The government will collapse.", "en", period("2021-04-23"))
    assert prediction.until is None
    assert status(prediction, moment) == label


def test_the_horizon_is_a_setting():
    prediction = detect_prediction("The government will collapse.", "en", period("2021-04-23"))
    assert status(prediction, "2021-05-01", days=7) == "expired"
    assert Settings(prediction_horizon_days=7).prediction_horizon_days == 7


def test_a_date_of_its_own_goes_before_the_horizon():
    prediction = Prediction((), until=period("2025"), made=period("2021-04-23"))
    assert status(prediction, "2024-01-01") == "open"
    assert status(prediction, "2026-01-01") == "expired"


def test_a_statement_without_a_date_never_lapses_by_the_horizon():
    prediction = detect_prediction("The government will collapse.", "en", None)
    assert prediction.lapses(Horizon()) is None
    assert status(prediction, "2099-01-01") == "open"
