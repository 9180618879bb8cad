"""Template rendering for all pages, with their common headers."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from app.domain.checks.reviews import text_hash
from app.domain.core.messages import Messages
from app.services import Services
from app.web.pages import dates, flash, marking
from app.web.pages.help.tour import panel_of
from app.web.pages.reader_language import reader_languages
from app.web.pages.static_files import static_url

_TEMPLATES: Final = Path(__file__).parent / "templates"
_MADE: Final[dict[str, Environment]] = {}
HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Vary": "HX-Request, HX-Boosted, HX-History-Restore-Request, Accept-Language, Cookie",
}


def render(
    request: Request,
    name: str,
    *,
    part: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A template as an answer; where htmx asks and `part` names a block of it, that block alone.

    Templates have the globals `t`, `ui` (the macros), `static`, `direction`, and of every request `request`, `me` (who
    is signed in, or None), `csrf` (the token of forms), `path` (of this page, with its query), `in_place` (htmx asks)
    and `partial` (htmx asks for a part).
    """
    signed_in = getattr(request.state, "signed_in", None)
    notice = None if is_prefetch(request) else flash.take_notice(request, messages_of(request))
    everywhere = {
        "request": request,
        "me": signed_in.account if signed_in else None,
        "csrf": signed_in.csrf if signed_in else "",
        "path": path_of(request),
        "notice": notice,
        "page_languages": languages_of(request),
        "followed_news": _followed_news(request, status),
        "in_place": "hx-request" in request.headers,
        "partial": is_partial(request),
        "tour": panel_of(request, signed_in.account if signed_in else None),
        "sso": services_of(request).single_sign_on.available,
    }
    template = environment(messages_of(request)).get_template(name)
    values = {**everywhere, **context}
    if part and is_partial(request):
        page = "".join(template.blocks[part](template.new_context(values)))
    else:
        page = template.render(values)
    no_address = {"HX-Push-Url": "false"} if request.method == "POST" else {}
    answer = HTMLResponse(page, status, {**HEADERS, **no_address, **(headers or {})})
    if notice:
        flash.clear_notice(answer)
    return answer


def _followed_news(request: Request, status: int) -> int:
    """Number of narratives with something new to the reader, who follows them; 0 where it is not asked for: in parts of
    pages, and in pages that say what went wrong."""
    signed_in = getattr(request.state, "signed_in", None)
    if signed_in is None or not signed_in.account.follows or status >= 400 or is_partial(request):
        return 0
    return services_of(request).follow_narratives.news(signed_in.account)


def is_partial(request: Request) -> bool:
    """True if htmx requests a part of a page; False where it wants the whole: for a link or a form, or the history."""
    whole = ("hx-boosted", "hx-history-restore-request")
    return "hx-request" in request.headers and not any(header in request.headers for header in whole)


def is_prefetch(request: Request) -> bool:
    """True if a script fetches a page before anybody asks for it: it is not viewed yet, and takes no notice away."""
    return "refrain-prefetch" in request.headers


def _isolated(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: marking.isolated(value) for name, value in values.items()}


def path_of(request: Request) -> str:
    """The local address of a request: path and query."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def messages_of(request: Request) -> Messages:
    """Messages in the language of the reader: of the account, or of the browser."""
    return services_of(request).texts.for_language(reader_languages(request))


def languages_of(request: Request) -> list[tuple[str, str]]:
    """The languages that the pages are in: tags, and names in the language itself."""
    texts = services_of(request).texts
    return [(tag, texts.own_name(tag)) for tag in texts.languages]


def services_of(request: Request) -> Services:
    """The use cases of the application."""
    services: Services = request.app.state.services
    return services


def environment(phrases: Messages) -> Environment:
    """The templates in one language. What is put into them is escaped, and what is missing is an error."""
    if phrases.language not in _MADE:
        _MADE[phrases.language] = _environment(phrases)
    return _MADE[phrases.language]


def _environment(phrases: Messages) -> Environment:
    made = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {
        "t": lambda message, /, **values: phrases.format_message(message, **_isolated(values)),
        "locale": phrases.language,
        "static": static_url,
        "direction": marking.direction,
        "segments": marking.segments,
        "iso": dates.iso,
        "text_hash": text_hash,
    }
    made.filters["reason"] = phrases.reason
    made.filters["date"] = lambda when: dates.in_words(when, phrases)
    made.globals["ui"] = made.get_template("macros/ui.html").module
    made.globals["date_fields"] = made.get_template("macros/dates.html").module
    return made
