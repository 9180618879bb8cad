"""Dates as files write them: read where they can be only one, and refused where they may be two."""

import pytest

from app.domain.core.dates import InvalidDate
from app.language.written_dates import AmbiguousDate, order_of, read_date


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("2023", "2023"),
        ("2023-04", "2023-04"),
        ("2020-3-2", "2020-03-02"),
        ("2023/4/2", "2023-04-02"),
        ("20230402", "2023-04-02"),
        ("02.04.2023", "2023-04-02"),
        ("2.4.23", "2023-04-02"),
        ("2. 4. 2023", "2023-04-02"),
        ("25/12/2023", "2023-12-25"),
        ("12/25/2023", "2023-12-25"),
        ("4/4/2023", "2023-04-04"),
        ("04.2023", "2023-04"),
        ("2023-04-02 00:00:00", "2023-04-02"),
        ("2023-04-02 10:15", "2023-04-02T10:15:00Z"),
        ("02.04.2023 10:15", "2023-04-02T10:15:00Z"),
        ("12/25/2023 1:05 PM", "2023-12-25T13:05:00Z"),
        ("2019-01-23T14:22:00+0100", "2019-01-23T13:22:00Z"),
        ("2020-03-01T10:00:00.1234567Z", "2020-03-01T10:00:00.123456Z"),
        ("Tue, 02 Apr 2023 10:00:00 GMT", "2023-04-02T10:00:00Z"),
        ("Wed Oct 10 20:19:24 +0000 2018", "2018-10-10T20:19:24Z"),
        ("1683015300", "2023-05-02T08:15:00Z"),
        ("1683015300000", "2023-05-02T08:15:00Z"),
        ("April 2, 2023", "2023-04-02"),
        ("2nd of April 2023", "2023-04-02"),
        ("Sunday, 2 April 2023", "2023-04-02"),
        ("2. April 2023", "2023-04-02"),
        ("2 апреля 2023 г.", "2023-04-02"),
        ("2 квітня 2023 року", "2023-04-02"),
        ("2 kwietnia 2023", "2023-04-02"),
        ("2 de abril de 2023", "2023-04-02"),
        ("2 Nisan 2023", "2023-04-02"),
        ("May 2020", "2020-05"),
    ],
)
def test_what_can_be_one_date_only_is_read(raw, read):
    assert read_date(raw).text == read


@pytest.mark.parametrize("raw", ["4/2/2023", "02-03-2020", "4/2/23"])
def test_what_may_be_two_dates_is_refused_unless_the_order_is_known(raw):
    with pytest.raises(AmbiguousDate, match=r"may be \d{4}-\d\d-\d\d or \d{4}-\d\d-\d\d"):
        read_date(raw)
    assert read_date(raw, day_first=True) != read_date(raw, day_first=False)


@pytest.mark.parametrize(
    "raw",
    ["", "soon", "last spring", "2023-02-30", "31.02.2023", "13/13/2023", "0000-00-00", "99999", "2023-04-02Tx",
     "9" * 70, "5 of May", "Mayor 2020", "1/0/2020", "٠٢.٠٤.٢٠٢٣", "2023-W05", "in 2019 or 2020"],
)  # fmt: skip
def test_what_is_no_date_is_refused(raw):
    with pytest.raises(InvalidDate):
        read_date(raw)


def test_day_numbers_of_spreadsheets_are_read_where_they_are_expected():
    assert read_date("45018", day_numbers=True).text == "2023-04-02"
    assert read_date("45018.5", day_numbers=True).text == "2023-04-02"
    with pytest.raises(InvalidDate):
        read_date("45018")


def test_a_column_settles_the_order_of_its_dates():
    assert order_of(["4/2/2023", "12/25/2023"]) is False
    assert order_of(["4/2/2023", "25/12/2023", "soon"]) is True
    assert order_of(["4/2/2023", "1/2/2023"]) is None
    assert order_of(["12/25/2023", "25/12/2023"]) is None
    assert order_of(["02.04.2023", "25.12.2023"]) is None
