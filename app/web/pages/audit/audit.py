"""The audit log of an organisation, for its admins: who saw, changed and reviewed what."""

from collections.abc import Mapping
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import Query, Request
from fastapi.responses import HTMLResponse

from app.domain.core.dates import InvalidDate, Period, last_moment_of, moment_of, parse_period
from app.domain.core.errors import InvalidInput
from app.services import Services
from app.services.audit.ports import AuditFilter
from app.web.deps import TheServices
from app.web.pages.access.session import AnAdmin, SignedIn, pages
from app.web.pages.rendering import render
from app.web.pagination import ThePage

router = pages()
PAGE: Final = 50
_LINKED: Final = {
    "flag": "/flags/", "check": "/checks/", "statement": "/statements/", "document": "/documents/",
    "narrative": "/narratives/",
}  # fmt: skip

KINDS: Final = (
    "account", "audit", "check", "counter_example", "document", "feed", "finding", "flag", "flag_view", "import", "job",
    "key", "narrative", "organisation", "run", "speaker", "statement", "suggestion", "view_message", "warning",
    "watched_source", "webhook",
)  # fmt: skip
"""What entries are about, as they name it."""

Typed = Annotated[str, Query(max_length=64)]


@router.get("/audit")
def audit_page(
    request: Request,
    services: TheServices,
    admin: AnAdmin,
    page: ThePage,
    actor: Typed = "",
    action: Typed = "",
    subject: Typed = "",
    kind: Typed = "",
    begins: Annotated[str, Query(alias="from", max_length=64)] = "",
    ends: Annotated[str, Query(alias="to", max_length=64)] = "",
) -> HTMLResponse:
    """A page of entries, the newest first."""
    actors = _actors(services, admin)
    first, last = _date("from", begins), _date("to", ends)
    filters = AuditFilter(
        actor_id=_id_of(actor.strip(), actors) or None,
        action=action.strip() or None,
        subject_id=subject.strip() or None,
        subject_kind=kind.strip() or None,
        since=moment_of(first),
        until=last_moment_of(last),
    )
    found, names = services.audit.find(filters, page.before, PAGE + 1, admin.account)
    services.view_log.note("audit.viewed", "audit")
    page.limit = PAGE
    entries, cursor = page.of(found, lambda entry: entry.number)
    asked = {"actor": actor, "action": action, "subject": subject, "kind": kind, "from": begins, "to": ends}
    following = urlencode({**{name: value for name, value in asked.items() if value}, "cursor": cursor})
    return render(
        request,
        "audit.html",
        entries=entries,
        names=names,
        actors=actors,
        asked=asked,
        linked=_LINKED,
        kinds=KINDS,
        after=f"/audit?{following}" if cursor else None,
    )


def _actors(services: Services, admin: SignedIn) -> dict[str, str]:
    """Names of the accounts and keys of the organisation, by id."""
    people = {account.id: account.name for account in services.manage_accounts.all(admin.organisation)}
    return people | {key.id: key.name for key in services.manage_keys.all(admin.organisation)}


def _id_of(actor: str, actors: Mapping[str, str]) -> str:
    """The id of who is meant by a name, where one alone has it; else what was typed, as an id."""
    found = [one for one, name in actors.items() if name.casefold() == actor.casefold()]
    return found[0] if len(found) == 1 else actor


def _date(name: str, raw: str) -> Period | None:
    try:
        return parse_period(raw) if raw.strip() else None
    except InvalidDate as error:
        raise InvalidInput.in_parameter(name, str(error)) from error
