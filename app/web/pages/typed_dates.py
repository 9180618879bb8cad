"""Dates as people type them into forms: ISO, 24.05.2021, May 2021, yesterday, 3 days ago, вчора.

The API takes ISO alone. What may be two dates is read with the day first, and both are said.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from app.domain.core.dates import HOW_TO_WRITE, InvalidDate, Period, instant, parse_period
from app.domain.core.messages import Messages
from app.language.written_dates import AmbiguousDate, read_date
from app.web.pages import dates
from app.web.pages.access.session import AReader, pages
from app.web.pages.rendering import messages_of

LONGEST: Final = 80
router: APIRouter = pages()
_LANGUAGES: Final = ("en", "uk", "ru", "de", "fr", "es", "it", "pl")
"""Languages of "yesterday" and "3 days ago"; names of months are known in more (`app.language.written_dates`)."""
_AHEAD: Final = timedelta(hours=14)
"""How far the day of the earliest zone is ahead of UTC."""


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A date as it was understood; `other`: its other reading, with day and month exchanged."""

    period: Period
    other: Period | None = None

    def said(self, phrases: Messages) -> str:
        """The date in words."""
        read = dates.in_words(self.period, phrases)
        if self.other:
            return phrases.format_message("date-read-two", date=read, other=dates.in_words(self.other, phrases))
        return phrases.format_message("date-read", date=read)


@dataclass(frozen=True, slots=True)
class FormDate:
    """Date of a form: its ISO text for the schemas, or what is wrong with it. `future`: asked whether it really is."""

    iso: str = ""
    error: str | None = None
    future: bool = False


def read_typed(raw: str, now: datetime | None = None) -> TypedDate:
    """The date that somebody typed; relative ones count from `now`. Raises `InvalidDate`."""
    text = raw.strip()
    if len(text) > LONGEST:
        raise InvalidDate(f"cannot be read as a date: {HOW_TO_WRITE}")
    try:
        return TypedDate(read_date(text))
    except AmbiguousDate:
        return TypedDate(read_date(text, day_first=True), read_date(text, day_first=False))
    except InvalidDate:
        if not any(sign.isalpha() for sign in text):
            raise
        found = _in_words(text, now or datetime.now(UTC))
        if found is None:
            raise
        return TypedDate(found)


def form_date(raw: str, phrases: Messages, *, really_future: bool = False) -> FormDate:
    """The date in a form's field. One that has not begun is refused unless it `really` is in the future."""
    if not raw.strip():
        return FormDate()
    try:
        typed = read_typed(raw)
    except InvalidDate:
        return FormDate(error=phrases.format_message("date-wrong"))
    if is_future(typed.period) and not really_future:
        said = dates.in_words(typed.period, phrases)
        return FormDate(error=phrases.format_message("date-future", date=said), future=True)
    return FormDate(typed.period.text, future=really_future)


def is_future(period: Period) -> bool:
    """True for a period that has begun nowhere yet."""
    return period.begins > instant(datetime.now(UTC) + _AHEAD).begins


@router.get("/dates")
def understood(request: Request, reader: AReader, typed: Annotated[str, Query(max_length=1_000)] = "") -> JSONResponse:
    """The meaning of a date while it is being typed: in words, in ISO, and whether it is in the future."""
    phrases = messages_of(request)
    said: dict[str, Any]
    try:
        read = read_typed(typed)
        said = {"said": read.said(phrases), "iso": read.period.text, "future": is_future(read.period)}
    except InvalidDate:
        said = {"error": phrases.format_message("date-wrong")}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})


@cache
def _parser() -> Any:
    from dateparser.date import DateDataParser  # its languages take a second to load

    return DateDataParser


def _in_words(text: str, now: datetime) -> Period | None:
    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past", "TIMEZONE": "UTC"}
    found = _parser()(languages=list(_LANGUAGES), settings=settings).get_date_data(text)
    if found.date_obj is None:
        return None
    day: date = found.date_obj.date()
    written = {"year": f"{day:%Y}", "month": f"{day:%Y-%m}"}.get(found.period, day.isoformat())
    return parse_period(written)
