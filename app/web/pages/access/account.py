"""Account page: the password, the second factor, and the active sessions."""

from collections.abc import Callable
from typing import Annotated, Any, Final

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.accounts import LEAST_PASSWORD, LONGEST_PASSWORD, TooManyAttempts
from app.domain.access.second_factor import CodeRefused
from app.domain.core.errors import InvalidInput
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.qr_code import qr_code
from app.web.pages.access.session import AReader, SignedIn, needs_second_factor, pages
from app.web.pages.access.sign_in import remember
from app.web.pages.rendering import render

router = pages()

# The first that fits: each calls itself by the names of those after it, too.
_BROWSERS: Final = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


@router.get("/account")
def account_page(request: Request, services: TheServices, reader: AReader) -> Response:
    """Shows the signed-in account and its sessions."""
    return _page(request, services, reader)


@router.post("/account/password")
def change_password(
    request: Request,
    services: TheServices,
    reader: AReader,
    current: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """A new password; every other browser is signed out."""
    try:
        opened = services.sign_in.change_password(reader.session, current, password)
    except InvalidInput as error:
        faults = {(fault.pointer or "")[1:]: f"account-{(fault.pointer or '')[1:]}-fault" for fault in error.errors}
        if "password" in faults and LEAST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
            faults |= {"password": "account-password-guessed"}
        return _page(request, services, reader, status=422, faults=faults)
    except TooManyAttempts as error:
        return _page(request, services, reader, status=429, wait_s=error.retry_after_s)
    answer = remember(request, opened, "/account")
    flash.set_notice(answer, flash.Notice("account-password-changed"))
    return answer


@router.post("/account/second-factor")
def begin_second_factor(
    request: Request, services: TheServices, reader: AReader, current: Annotated[str, Form()] = ""
) -> Response:
    """Begins to set up a second factor, after the password was asked for once more."""
    refused = _refused(request, services, reader, lambda: services.second_factor.begin(reader.session, current))
    return refused or RedirectResponse("/account#second-factor", 303)


@router.post("/account/second-factor/confirm")
def confirm_second_factor(
    request: Request, services: TheServices, reader: AReader, code: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Confirms the second factor by a code; the recovery codes are shown once."""
    try:
        codes = services.second_factor.confirm(reader.account, code)
    except CodeRefused:
        return _page(request, services, reader, status=422, factor_faults={"code": "account-code-fault"})
    return _page(request, services, reader, recovery_codes=codes, has_factor=True)


@router.post("/account/second-factor/remove")
def remove_second_factor(
    request: Request, services: TheServices, reader: AReader, current: Annotated[str, Form()] = ""
) -> Response:
    """Removes the second factor, after the password was asked for once more."""
    refused = _refused(request, services, reader, lambda: services.second_factor.remove(reader.session, current))
    if refused:
        return refused
    answer = RedirectResponse("/account", 303)
    flash.set_notice(answer, flash.Notice("account-factor-removed"))
    return answer


@router.post("/account/sign-out-elsewhere")
def sign_out_elsewhere(services: TheServices, reader: AReader) -> Response:
    """Ends every session but this one."""
    ended = services.sign_in.sign_out_elsewhere(reader.session)
    answer = RedirectResponse("/account", 303)
    flash.set_notice(answer, flash.Notice("account-signed-out-elsewhere", {"count": ended}))
    return answer


def _refused(request: Request, services: Services, reader: SignedIn, change: Callable[[], object]) -> Response | None:
    """Makes a change that needs the current password; the page with the fault where it is wrong or comes too soon."""
    try:
        change()
    except InvalidInput:
        return _page(request, services, reader, status=422, factor_faults={"current": "account-current-fault"})
    except TooManyAttempts as error:
        return _page(request, services, reader, status=429, wait_s=error.retry_after_s)
    return None


def _page(request: Request, services: Services, reader: SignedIn, **more: Any) -> Response:
    sessions = services.sign_in.sessions(reader.account)
    enrolment = services.second_factor.enrolling(reader.account)
    values = {
        "faults": {},
        "wait_s": None,
        "least": LEAST_PASSWORD,
        "longest": LONGEST_PASSWORD,
        "has_password": not reader.session.single_sign_on,
        "has_factor": reader.account.second_factor,
        "needs_factor": needs_second_factor(request, reader),
        "factor_faults": {},
        "enrolment": enrolment,
        "qr_code": qr_code(enrolment.address) if enrolment else None,
        "recovery_codes": None,
        "sso": services.single_sign_on.available,
        "sso_linked": services.single_sign_on.linked(reader.account),
        "codes_left": services.second_factor.recovery_codes_left(reader.account),
        **more,
    }
    return render(request, "account.html", sessions=sessions, here=reader.session.id, agent_name=_agent_name, **values)


def _agent_name(agent: str) -> str:
    """A browser by its name and system, of what it calls itself: "Firefox · Linux"; it may be anything."""
    named = (next((name for sign, name in signs if sign in agent), "") for signs in (_BROWSERS, _SYSTEMS))
    return " · ".join(part for part in named if part)
