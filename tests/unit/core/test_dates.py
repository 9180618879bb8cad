"""Periods with their precision, and what counts as earlier."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from builders import NOW

from app.domain.core.dates import (
    Earlier,
    InvalidDate,
    days_between,
    earlier_than,
    instant,
    last_moment_of,
    moment_of,
    parse_period,
)

DAY_US = 86_400_000_000


def earlier(precedent, check, now=NOW):
    """Whether a precedent of one date counts as earlier than a check of another (None: no date)."""
    window = earlier_than(parse_period(check) if check else None, now)
    return window.admits(parse_period(precedent) if precedent else None)


@pytest.mark.parametrize(
    ("raw", "precision", "days"),
    [
        ("2021", "year", 365),
        ("2020", "year", 366),
        ("2021-02", "month", 28),
        ("2024-02", "month", 29),
        ("2021-12", "month", 31),
        ("2021-05-23", "day", 1),
        ("2024-02-29", "day", 1),
    ],
)
def test_a_year_a_month_and_a_day_are_as_long_as_they_are(raw, precision, days):
    period = parse_period(raw)
    assert (period.text, period.precision) == (raw, precision)
    assert period.ends - period.begins == days * DAY_US


def test_the_epoch_is_where_counting_begins():
    assert (parse_period("1970").begins, parse_period("1970-01-01").ends) == (0, DAY_US)
    assert parse_period("1969-12-31").ends == 0


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_first_and_the_last_year_can_be_said_with_every_precision(year):
    for raw in (year, f"{year}-01", f"{year}-12", f"{year}-01-01", f"{year}-12-31", f"{year}-06-15T12:00:00Z"):
        period = parse_period(raw)
        assert period.begins < period.ends
        assert period.first_day.year == period.last_day.year == int(year)
        assert moment_of(period).year == last_moment_of(period).year == int(year)


@pytest.mark.parametrize(
    "raw",
    ["", " ", "21", "2021-5", "2021-13", "2021-00", "2021-02-29", "2021-04-31", "2021-05-23T", "2021-05-23T25:00",
     "2021-05-23T10", "2021-05-23T10:00:00+25:00", "0000", "0000-01-01", "10000", "-2021", "yesterday", "23.05.2021",
     "2021/05/23", "2021-05-23 10", "2021-W20", "２０２１", "2021-05-23T10:00:00 Z", "2021-05-23\x00",
     "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00", "2021-05-23T10:00:00.1234567Z", "NaN", "2021-05-23Z"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_hint_how_to_write_one(raw):
    with pytest.raises(InvalidDate, match="write YYYY, YYYY-MM, YYYY-MM-DD or an instant"):
        parse_period(raw)


def test_white_space_around_a_date_does_not_matter():
    assert parse_period(" 2021-05-23\n") == parse_period("2021-05-23")


@pytest.mark.parametrize(
    "raw",
    ["2021-05-23T13:30:00+03:00", "2021-05-23T10:30:00Z", "2021-05-23t10:30z", "2021-05-23 10:30",
     "2021-05-23T05:30:00-0500", "2021-05-23T10:30:00.000000Z"],
)  # fmt: skip
def test_one_instant_is_the_same_in_every_zone_and_spelling(raw):
    period = parse_period(raw)
    assert period == parse_period("2021-05-23T10:30:00Z")
    assert (period.precision, period.ends - period.begins) == ("instant", 1)


def test_a_zone_can_move_an_instant_to_another_day():
    assert not earlier("2021-05-23T01:00:00+03:00", "2021-05-22")
    assert earlier("2021-05-23T01:00:00+03:00", "2021-05-23")
    assert not earlier("2021-05-22T23:00:00-03:00", "2021-05-23")


def test_a_precedent_of_the_day_before_is_earlier():
    assert earlier("2021-05-22", "2021-05-23")


def test_a_precedent_of_the_same_day_is_not_earlier():
    assert not earlier("2021-05-23", "2021-05-23")
    assert not earlier("2021-05-23T00:00:00Z", "2021-05-23")


def test_a_day_is_not_earlier_than_an_instant_inside_it_but_than_its_end():
    assert not earlier("2021-05-23", "2021-05-23T23:59:59Z")
    assert earlier("2021-05-23", "2021-05-24T00:00:00Z")


def test_an_instant_is_earlier_than_the_next_one_and_not_than_itself():
    assert earlier("2021-05-23T10:00:00Z", "2021-05-23T10:00:01Z")
    assert not earlier("2021-05-23T10:00:00Z", "2021-05-23T10:00:00Z")


def test_a_month_is_not_earlier_than_a_day_inside_it():
    assert not earlier("2021-05", "2021-05-23")
    assert not earlier("2021-05", "2021-05-31")
    assert earlier("2021-05", "2021-06-01")
    assert earlier("2021-04", "2021-05-01")


def test_a_day_is_not_earlier_than_the_month_or_year_that_holds_it():
    assert not earlier("2021-05-01", "2021-05")
    assert not earlier("2021-01-01", "2021")
    assert earlier("2021-04-30", "2021-05")
    assert earlier("2020-12-31", "2021")


def test_a_year_is_earlier_than_the_next_one_only():
    assert earlier("2020", "2021")
    assert not earlier("2021", "2021-12-31")
    assert earlier("2021", "2022-01-01")


def test_without_a_date_the_moment_is_now_and_periods_already_begun_count():
    assert earlier("2021", None)
    assert earlier("2021-05", None)
    assert earlier("2021-05-23", None)
    assert earlier("2021-05-23T11:59:59Z", None)


def test_without_a_date_what_has_not_begun_does_not_count():
    assert not earlier("2021-05-24", None)
    assert not earlier("2021-06", None)
    assert not earlier("2022", None)
    assert not earlier("2021-05-23T12:00:01Z", None)


@pytest.mark.parametrize("check", [None, "2021-05-23", "9999-12-31"])
def test_an_undated_statement_is_never_earlier(check):
    assert not earlier(None, check)


def test_a_window_without_bounds_admits_everything():
    assert Earlier().admits(None)
    assert Earlier().admits(parse_period("9999"))


def test_a_moment_without_a_zone_is_taken_for_utc():
    assert instant(datetime(2021, 5, 23, 12)) == instant(NOW)  # noqa: DTZ001 - that is the point
    assert instant(datetime(2021, 5, 23, 14, tzinfo=timezone(timedelta(hours=2)))) == instant(NOW)


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [("2021-04-24", "2021-05-23", 29), ("2021-05-23", "2021-04-24", -29), ("2021-05-23", "2021-05-23", 0),
     ("2021-02", "2021-03-01", 1), ("2020", "2021-01-31", 31), ("2021", "2021-05-23", 0),
     ("2021-05-22T23:59:59Z", "2021-05-23T00:00:01Z", 1), ("2024-02-28", "2024-03-01", 2)],
)  # fmt: skip
def test_days_lie_between_the_end_of_one_period_and_the_beginning_of_the_other(one, other, days):
    assert days_between(parse_period(one), parse_period(other)) == days


def test_the_moments_of_a_period_are_its_first_and_its_last_microsecond():
    may = parse_period("2021-05")
    assert moment_of(may) == datetime(2021, 5, 1, tzinfo=UTC)
    assert last_moment_of(may) == datetime(2021, 5, 31, 23, 59, 59, 999_999, tzinfo=UTC)
    assert moment_of(None) is last_moment_of(None) is None
