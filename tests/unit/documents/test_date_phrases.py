"""The dates that an article tells, counted from the day it appeared."""

from datetime import date

import pytest

from app.language.attribution.date_phrases import date_phrases

MONDAY = date(2021, 5, 24)


@pytest.mark.parametrize(
    ("language", "text", "period"),
    [
        ("en", "on April 24", "2021-04-24"),
        ("en", "on 24 April 2020", "2020-04-24"),
        ("en", "on June 1", "2020-06-01"),
        ("en", "Sunday", "2021-05-23"),
        ("en", "Monday", "2021-05-24"),
        ("en", "last Monday", "2021-05-17"),
        ("en", "since February", "2021-02"),
        ("en", "in December", "2020-12"),
        ("en", "in April 2019", "2019-04"),
        ("en", "late 2019", "2019"),
        ("en", "exactly one month ago", "2021-04"),
        ("en", "two days ago", "2021-05-22"),
        ("en", "yesterday", "2021-05-23"),
        ("en", "last week", "2021-05"),
        ("en", "five weeks ago", "2021-04"),
        ("en", "last year", "2020"),
        ("en", "2021-03-01", "2021-03-01"),
        ("ru", "в воскресенье", "2021-05-23"),
        ("ru", "24 апреля", "2021-04-24"),
        ("ru", "в прошлую пятницу", "2021-05-21"),
        ("ru", "месяц назад", "2021-04"),
        ("ru", "два месяца назад", "2021-03"),
        ("ru", "на прошлой неделе", "2021-05"),
        ("ru", "в феврале 2020 года", "2020-02"),
        ("ru", "вчера", "2021-05-23"),
        ("uk", "минулого тижня", "2021-05"),
        ("de", "am 24. April", "2021-04-24"),
        ("fr", "il y a un mois", "2021-04"),
        ("es", "hace un mes", "2021-04"),
        ("it", "un mese fa", "2021-04"),
        ("ar", "في 24 أبريل", "2021-04-24"),
    ],
)
def test_a_date_phrase_keeps_its_precision(language, text, period):
    [found] = date_phrases(text, language, MONDAY)
    assert found.period is not None
    assert found.period.text == period


def test_a_week_across_two_months_has_the_precision_of_a_year():
    [found] = date_phrases("last week", "en", date(2021, 6, 7))
    assert found.period.text == "2021"


@pytest.mark.parametrize("text", ["Sunday", "yesterday", "a month ago", "last week", "24 April", "on 31 February 2021"])
def test_without_a_day_to_count_from_or_without_such_a_day_a_date_stays_open(text):
    [found] = date_phrases(text, "en", None)
    assert found.period is None


@pytest.mark.parametrize(
    "text", ["It may rain.", "They march on.", "room 2020b", "1,964 people", "the sun rose", "9999-99-99x"]
)
def test_what_is_no_date_is_none(text):
    assert date_phrases(text, "en", MONDAY) == []
