"""Dates of other people's JSON: the first that can be read, and a warning for those that cannot."""

from collections.abc import Iterable
from typing import Any

from app.domain.core.dates import InvalidDate, Period
from app.formats.lines import LeftOut
from app.formats.values import text_of
from app.language.written_dates import read_date


def first(values: Iterable[Any], left_out: list[LeftOut], field: str, day_first: bool | None = None) -> Period | None:
    """The first date among values; `day_first` as `read_date` has it.

    What cannot be read is added to `left_out` under the name of the field.
    """
    for value in values:
        if raw := text_of(value):
            try:
                return read_date(raw, day_first=day_first)
            except InvalidDate as error:
                left_out.append(LeftOut(field, str(error)))
    return None
