"""The tour of the desk: a few steps over its own pages, for a new account and whenever it is asked for."""

from dataclasses import dataclass
from typing import Final

from fastapi import Request

from app.domain.access.accounts import Account

COOKIE: Final = "refrain_tour"
"""Cookie with the number of the step that a browser is at."""

_OFFERED_AT: Final = ("/overview",)


@dataclass(frozen=True, slots=True)
class TourStep:
    """A step: `name` is the end of the ids of its messages, `path` its page, `anchor` selects what it is about."""

    name: str
    path: str
    anchor: str


FLAG: Final = "/flags/"
"""Begins the path of the page of any flag."""

STEPS: Final = (
    TourStep("queue", "/", "main h1"),
    TourStep("filters", "/", "#q"),
    TourStep("flag", FLAG, "main .explanation, main .statement"),
    TourStep("decide", FLAG, "[data-key='c']"),
    TourStep("check", "/check", "main textarea"),
    TourStep("archive", "/archive", "main input[type=search]"),
    TourStep("help", "/help", "main h1"),
)


@dataclass(frozen=True, slots=True)
class TourPanel:
    """The tour as a page shows it: a step (`number` from 1), that it goes on elsewhere, or only the offer of it."""

    number: int
    step: TourStep | None
    offered: bool = False

    @property
    def count(self) -> int:
        return len(STEPS)


def panel_of(request: Request, account: Account | None) -> TourPanel | None:
    """The panel for a page; None for who is not signed in, or has closed the tour."""
    if account is None or account.must_change_password:
        return None
    number = tour_number(request)
    if number is None:
        offered = not account.tour_closed and request.url.path in _OFFERED_AT
        return TourPanel(0, None, offered=True) if offered else None
    step = STEPS[number - 1]
    here = request.url.path.startswith(step.path) if step.path == FLAG else request.url.path == step.path
    return TourPanel(number, step if here else None)


def tour_number(request: Request) -> int | None:
    """The step that a browser is at, from 1; None where the tour is not under way."""
    kept = request.cookies.get(COOKIE, "")
    return int(kept) if kept in {str(number) for number in range(1, len(STEPS) + 1)} else None
