"""Help: the words of the desk, its keys, and the tour."""

from typing import Annotated, Final

from fastapi import Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.services import Services
from app.services.desk.ports import FlagFilter
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.cookies import is_secure
from app.web.pages.access.session import AReader, SignedIn, pages
from app.web.pages.help.key_list import KEY_LIST
from app.web.pages.help.tour import COOKIE, FLAG, STEPS
from app.web.pages.rendering import render

router = pages()
TERMS: Final = (
    "statement", "claim", "precedent", "narrative", "flag", "tier", "score", "relation", "stance", "recurrence",
    "judge", "counter-example", "prediction", "outcome", "finding", "archive", "echo", "sighting", "withdrawn",
    "private", "watched-source", "feed", "webhook", "key", "audit",
)  # fmt: skip
"""Words of the glossary, what is met first before what is met later: ends of message ids, and anchors of the page."""


@router.get("/help")
def help_page(request: Request, reader: AReader) -> HTMLResponse:
    """The glossary, with ways to the keys and the tour."""
    return render(request, "help/help.html", terms=TERMS)


@router.get("/help/keys")
def key_page(request: Request, reader: AReader) -> HTMLResponse:
    """All keys on a sheet that can be printed."""
    return render(request, "help/keys.html", groups=KEY_LIST)


@router.post("/help/tour")
def tour(
    request: Request,
    services: TheServices,
    reader: AReader,
    step: Annotated[int, Form(ge=0, le=len(STEPS) + 1)] = 0,
    back: Annotated[bool, Form()] = False,
) -> Response:
    """Leads to a step of the tour, from 1; 0 or one after the last closes it for this account."""
    number, to = _page_of(services, reader, step, back=back)
    if number is None:
        services.account_settings.close_tour(reader.account)
        answer = RedirectResponse(to, 303)
        answer.delete_cookie(COOKIE)
        flash.set_notice(answer, flash.Notice("tour-closed", tone="plain"))
        return answer
    answer = RedirectResponse(to, 303)
    answer.set_cookie(COOKIE, str(number), httponly=True, samesite="lax", secure=is_secure(request))
    return answer


def _page_of(services: Services, reader: SignedIn, number: int, *, back: bool) -> tuple[int | None, str]:
    """Number and address of a step, or of the first after or before it that has a page here; None and the start where
    the tour ends."""
    steps = range(number, 0, -1) if back else range(number, len(STEPS) + 1) if number else ()
    for at in steps:
        step = STEPS[at - 1]
        if step.path != FLAG:
            return at, step.path
        found, _ = services.browse_flags.find(reader.organisation, FlagFilter(state="open"), "newest", None, 1)
        if found:
            return at, f"{FLAG}{found[0][1].check.id}"
    return None, "/"
