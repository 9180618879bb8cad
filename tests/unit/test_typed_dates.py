"""Dates as people type them into forms."""

from datetime import UTC, datetime

import pytest

from app.domain.core.dates import InvalidDate
from app.language.typed_dates import read_typed
from app.web.pages.documents.head_date import head_date
from app.web.pages.typed_dates import is_future

NOW = datetime(2026, 11, 28, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("2021-05-24", "2021-05-24"),
        (" 24.05.2021 ", "2021-05-24"),
        ("24/05/2021", "2021-05-24"),
        ("May 2021", "2021-05"),
        ("2021", "2021"),
        ("24 May 2021", "2021-05-24"),
        ("травень 2021", "2021-05"),
        ("24 травня 2021", "2021-05-24"),
        ("today", "2026-11-28"),
        ("yesterday", "2026-11-27"),
        ("вчора", "2026-11-27"),
        ("вчера", "2026-11-27"),
        ("3 days ago", "2026-11-25"),
        ("3 дні тому", "2026-11-25"),
        ("last month", "2026-10"),
        ("24 April", "2026-04-24"),
        ("24 December", "2025-12-24"),
        ("2021-05-23T10:00Z", "2021-05-23T10:00:00Z"),
    ],
)
def test_what_people_type_is_read(typed, iso):
    assert read_typed(typed, NOW).period.text == iso


@pytest.mark.parametrize("typed", ["", "12", "nonsense", "2021-13-01", "31.02.2021", "tanks in Idlib", "x" * 81])
def test_what_is_no_date_is_refused(typed):
    with pytest.raises(InvalidDate):
        read_typed(typed, NOW)


def test_day_and_month_that_may_change_places_are_read_day_first_and_both_are_said():
    read = read_typed("03/04/2021", NOW)
    assert (read.period.text, read.other.text) == ("2021-04-03", "2021-03-04")


def test_only_what_has_not_begun_is_in_the_future():
    this_year = str(datetime.now(UTC).year)
    assert not is_future(read_typed(this_year).period)
    assert not is_future(read_typed("today").period)
    assert is_future(read_typed("2099").period)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("24 April 2021 — Militants are staging an attack.", "2021-04-24"),
        ("A warning\n\nPublished: April 24, 2021\n\nMilitants are staging an attack.", "2021-04-24"),
        ("KYIV, April 24, 2021 (Reuters) - Militants are staging an attack.", "2021-04-24"),
        ("Попередження\nОпубліковано 24 квітня 2021\nБойовики готують атаку.", "2021-04-24"),
        ("A warning\n24.04.2021\nMilitants are staging an attack.", "2021-04-24"),
        ("On 24 April 2021 the ministry claimed that militants are staging an attack in Idlib.", None),
        ("Published: 24 April 2199\nMilitants are staging an attack.", None),
        ("Militants are staging an attack.", None),
        ("- " * 500, None),
    ],
)
def test_the_head_of_an_article_names_its_day(text, iso):
    found = head_date(text)
    assert (found.text if found else None) == iso
