"""What predicts, until when, and what is on record of it since."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import period

from app.domain.checks.recurrence import recurrence_of
from app.domain.core.dates import Earlier, instant
from app.domain.narratives.history import Member, appearances_of, recurrence_and_tally
from app.domain.predictions.predictions import AsOf, Prediction, Tally, prediction_status, tally_of
from app.domain.statements.statements import Finding
from app.language.predictions.detection import detect_prediction

SAMPLE = Path(__file__).parents[3] / "sample" / "corpus.jsonl"
NOW = AsOf(instant(datetime(2021, 5, 23, tzinfo=UTC)).begins)
HELD = "The militants are preparing an attack, {}."


def until(window, said_at="2021-05-20", language="en", text=HELD):
    predicted = detect_prediction(text.format(window), language, period(said_at))
    assert predicted is not None
    return predicted.window and predicted.window.exact, predicted.until and predicted.until.text


def found(outcome, publisher="A", learned=1):
    return Finding("checked", publisher=publisher, outcome=outcome, learned_at=datetime(2021, 1, learned, tzinfo=UTC))


def label(*findings, prediction=None, as_of=NOW):
    return prediction_status(prediction or Prediction(()), findings, as_of).label


@pytest.mark.parametrize(
    ("window", "day"),
    [
        ("on Sunday", "2021-05-23"),
        ("by Thursday", "2021-05-20"),
        ("on 26 May", "2021-05-26"),
        ("on May 26, 2022", "2022-05-26"),
        ("on 3 February", "2022-02-03"),
        ("in June", "2021-06"),
        ("this week", "2021-05-23"),
        ("next week", "2021-05-30"),
        ("next month", "2021-06"),
        ("by the end of the year", "2021-12-31"),
        ("tomorrow", "2021-05-21"),
        ("within 48 hours", "2021-05-22"),
        ("in the next three weeks", "2021-06-10"),
        ("in the coming days", "2021-05-27"),
        ("ahead of the presidential elections", None),
        ("soon", None),
    ],
)
def test_a_window_ends_relative_to_the_statements_day(window, day):
    assert until(window) == (window, day)


@pytest.mark.parametrize("window", ["on 31 February", "in 500000000 days", "on 99 May", "in 2019"])
def test_a_window_that_cannot_be_or_is_over_tells_no_end(window):
    assert until(window)[1] is None


@pytest.mark.parametrize("said_at", [None, "2021", "2021-05"])
def test_a_window_that_depends_on_the_day_tells_no_end_where_that_is_not_known(said_at):
    assert until("in the coming days", said_at) == ("in the coming days", None)
    assert until("on 26 May 2022", said_at) == ("on 26 May 2022", "2022-05-26")


def test_the_last_days_that_there_are_break_nothing():
    assert until("tomorrow", "9999-12-31")[1] is None
    assert until("next year", "9999-12-31")[1] is None
    assert until("next month", "9999-12-31")[1] is None


def test_a_russian_window_is_read_in_russian():
    text = "Боевики готовят провокацию {}."
    assert until("в ближайшие дни", language="ru", text=text) == ("в ближайшие дни", "2021-05-27")
    assert until("к 26 мая", language="ru", text=text) == ("к 26 мая", "2021-05-26")
    assert until("накануне выборов", language="ru", text=text) == ("накануне выборов", None)


def test_cues_and_window_lie_inside_the_text_in_order():
    text = "Ёлки! 𝔄 “plot”: they’re about to attack. And they will blame us, ahead of the elections."
    predicted = detect_prediction(text, "en", None)
    quotes = (*predicted.cues, predicted.window)
    assert all(text[one.start : one.end] == one.exact for one in quotes)
    assert [one.start for one in predicted.cues] == sorted(one.start for one in predicted.cues)


def test_a_language_without_words_of_its_own_is_read_by_its_script():
    assert detect_prediction("Боевики готовят провокацию.", "bg", None)
    assert detect_prediction("", "xx", None) is None


def test_every_warning_of_the_sample_archive_that_says_what_is_to_come_predicts_and_no_tale_of_the_past_does():
    predicts = {"syria-staged-attack-warning": 0, "syria-past-attack-faked": 0}
    for line in SAMPLE.read_text("utf-8").splitlines():
        record = json.loads(line)
        if record["fakes"][0] in predicts:
            predicted = detect_prediction(record["text"], record["lang"], period(record["date"]))
            predicts[record["fakes"][0]] += predicted is not None
    assert predicts == {"syria-staged-attack-warning": 40, "syria-past-attack-faked": 0}


def test_nothing_did_not_happen_because_time_passed():
    passed = Prediction((), until=period("2021-05-22"))
    assert label(prediction=passed) == "expired"
    assert label(prediction=Prediction((), until=period("2021-05-23"))) == "open"
    assert label() == "open"
    assert label(found("did_not_happen"), prediction=passed) == "did_not_happen"


def test_the_last_word_of_each_publisher_counts_and_who_knows_goes_first():
    assert label(found("happened"), found("did_not_happen", learned=2)) == "did_not_happen"
    assert label(found("happened"), found("did_not_happen", "B", 2)) == "disputed"
    assert label(found("happened"), found("unknown", "B", 2)) == "happened"
    assert label(found("unknown"), found("unknown", "B")) == "unknown"
    assert label(found(None)) == "open"


def test_what_was_learned_later_does_not_count():
    early = AsOf(NOW.moment, datetime(2021, 1, 1, tzinfo=UTC))
    assert label(found("happened", learned=2), as_of=early) == "open"
    assert label(found("happened", learned=1), as_of=early) == "happened"


def test_a_tally_counts_each_status_and_since_when():
    said = [period("2020-03"), None, period("2019"), period("2021-01-01")]
    statuses = [
        prediction_status(Prediction(()), some, NOW) for some in ([found("happened")], [found("unknown")], [], [])
    ]
    tally = tally_of(zip(said, statuses, strict=True))
    assert tally == Tally(count=4, since=period("2019"), happened=1, unknown=1, open=2)
    assert tally_of([]) == Tally()


def test_the_typical_interval_is_the_median_of_at_least_two_gaps():
    def typical(*days):
        return recurrence_of([period(day) for day in days], period("2021-05-23")).typical_interval_days

    assert typical("2021-01-01", "2021-01-11") is None
    assert typical("2021-01-01", "2021-01-11", "2021-01-31") == 15
    assert typical("2021-01-01", "2021-01-02", "2021-01-04", "2021-05-01") == 2
    assert typical() is None


def test_outcomes_of_the_same_text_speaker_and_day_are_pooled():
    def member(key, text="Attack!", *outcomes):
        return Member(key, text, "en", "A", period("2021-01-01"), None, outcomes, Prediction(()))

    appearances = appearances_of([member(1), member(2, "Attack!", found("happened")), member(3, "Another.")])
    assert [one.keys for one in appearances] == [(1, 2), (3,)]
    recurrence, tally = recurrence_and_tally(appearances, period("2021-05-23"), Earlier(), NOW)
    assert (recurrence.count, tally.count, tally.happened, tally.open) == (2, 2, 1, 1)
