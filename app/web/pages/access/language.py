"""Choosing the language of the pages: with an account or, before signing in, for the browser."""

import re
from typing import Annotated, Final

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.web.deps import TheServices
from app.web.pages.access.session import load_session, pages
from app.web.pages.access.sign_in import local_path
from app.web.pages.reader_language import keep_language

router = pages()
_SIGN_IN: Final = re.compile(r"/sign-in(\?next=[\x21-\x7e]*)?")


@router.post("/language")
def choose_language(
    request: Request,
    services: TheServices,
    language: Annotated[str, Form(max_length=35)] = "",
    to: Annotated[str, Form(alias="next")] = "/",
) -> Response:
    """Keeps a language for the account and the browser, and goes back to the page; an empty one: as the browser
    asks."""
    load_session(request)
    signed_in = getattr(request.state, "signed_in", None)
    chosen = services.account_settings.choose_language(signed_in.account if signed_in else None, language or None)
    answer = RedirectResponse(to if _SIGN_IN.fullmatch(to) else local_path(to), 303)
    keep_language(request, answer, chosen)
    return answer
