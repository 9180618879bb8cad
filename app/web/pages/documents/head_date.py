"""The day of publication that the head of a pasted article names: "24 April 2021 — …", "Published: 24 April 2021"."""

import re
from typing import Final

from app.domain.core.dates import InvalidDate, Period
from app.language.written_dates import read_date
from app.web.pages.typed_dates import is_future

_LINES: Final = 8
_LONGEST_LINE: Final = 48
_LABELLED: Final = re.compile(
    r"(?:first )?(?:published|posted|date|updated|опубліковано|дата|оновлено|опубликовано|veröffentlicht|publié|"
    r"publicado|pubblicato|opublikowano)\b(?: on| le| el| il| am)?\s*:?\s*(.+)",
    re.IGNORECASE,
)
_MONTH: Final = r"(?<![^\W\d_])[^\W\d_]{3,20}\.?"
_DATE: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|"
    rf"\d{{1,2}}\.?\s{{1,3}}{_MONTH},?\s{{1,3}}\d{{4}}|{_MONTH}\s{{1,3}}\d{{1,2}},?\s{{1,3}}\d{{4}}"
)
_DATELINE: Final = re.compile(r"\A(?:(.{0,60}?)(?:\([^)]{1,30}\)\s{0,3})?\s{0,3}[—–]\s|(.{0,60}?)\s--?\s)")


def head_date(text: str) -> Period | None:
    """The day that one of the first lines names by itself, after a label, or before a dash; None where none does."""
    lines = [line.strip() for line in text.splitlines() if line.strip()][:_LINES]
    for line in lines:
        labelled = _LABELLED.match(line)
        dateline = _DATELINE.match(line)
        for place in (
            labelled[1] if labelled else "",
            (dateline[1] or dateline[2] or "") if dateline else "",
            line if len(line) <= _LONGEST_LINE else "",
        ):
            found = _DATE.search(place)
            if found and (day := _day(found[0])):
                return day
    return None


def _day(raw: str) -> Period | None:
    try:
        period = read_date(raw.rstrip(".,"))
    except InvalidDate:
        return None
    return period if period.precision == "day" and not is_future(period) else None
