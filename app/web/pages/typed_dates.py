"""Dates of forms, and what the page says of one while it is typed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from app.domain.core.dates import InvalidDate, Period, is_ahead
from app.domain.core.messages import Messages
from app.language.typed_dates import TypedDate, read_typed
from app.web.pages import dates
from app.web.pages.access.session import AReader, pages
from app.web.pages.rendering import messages_of

router: APIRouter = pages()


@dataclass(frozen=True, slots=True)
class FormDate:
    """Date of a form: its ISO text for the schemas, or what is wrong with it. `future`: asked whether it really is."""

    iso: str = ""
    error: str | None = None
    future: bool = False


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
    return is_ahead(period, datetime.now(UTC))


def in_words(typed: TypedDate, phrases: Messages) -> str:
    """What was understood, in words."""
    read = dates.in_words(typed.period, phrases)
    if typed.other:
        return phrases.format_message("date-read-two", date=read, other=dates.in_words(typed.other, phrases))
    return phrases.format_message("date-read", date=read)


@router.get("/dates")
def understood(request: Request, reader: AReader, typed: Annotated[str, Query(max_length=1_000)] = "") -> JSONResponse:
    """The meaning of a date while it is being typed: in words, in ISO, and whether it is in the future."""
    phrases = messages_of(request)
    said: dict[str, Any]
    try:
        read = read_typed(typed)
        said = {"said": in_words(read, phrases), "iso": read.period.text, "future": is_future(read.period)}
    except InvalidDate:
        said = {"error": phrases.format_message("date-wrong")}
    return JSONResponse(said, headers={"Cache-Control": "no-store"})
