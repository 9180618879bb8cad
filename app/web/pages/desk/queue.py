"""Queue: the list of flags with filters and saved views, a row a group, and what is new in it."""

from typing import Annotated, Final, Literal, get_args
from urllib.parse import quote

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import NotFound
from app.domain.desk.flags import FlagSort
from app.domain.documents.documents import MOST_CHECKS
from app.schemas.desk import ViewIn
from app.schemas.faults import validated
from app.services.desk.browse_flags import MOST_NEW
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, AReader, pages
from app.web.pages.desk.flag_rows import FlagRow
from app.web.pages.desk.queue_query import SORTS, FlagListQuery
from app.web.pages.desk.reasons import Reason
from app.web.pages.flash import Notice, set_notice
from app.web.pages.rendering import is_partial, render

router = pages()
PAGE: Final = 25
COLUMNS: Final[tuple[tuple[str, FlagSort, FlagSort], ...]] = (
    ("what", "newest", "oldest"),
    ("narrative", "narrative", "narrative_down"),
    ("score", "score", "score_up"),
    ("precedent", "recurrence", "recurrence_up"),
    ("who", "speaker", "speaker_down"),
)
"""Columns of the list with the order that each stands for, and the same order the other way round."""
TheAddress = Annotated[FlagListQuery, Query()]


@router.get("/")
def queue(request: Request, services: TheServices, reader: AReader, address: TheAddress) -> Response:
    """A page of the list that the address asks for."""
    if any(not value for value in request.query_params.values()) and not is_partial(request):
        return RedirectResponse(address.list_url(), 303)  # as a form without a script sends it
    parsed = address.read(services.languages, reader.account.id)
    listed = services.browse_flags.queue(
        reader.organisation,
        reader.reviewer,
        parsed.filters,
        address.sort,
        PAGE,
        address.cursor("after"),
        address.cursor("before"),
    )
    entries = listed.entries
    if not entries and (address.after or address.before):
        return RedirectResponse(address.list_url(), 303)  # every flag of this page was judged
    services.view_log.note("flags.listed", "flag", count=len(entries))
    done = None
    if not entries and address.state == "open" and listed.count.any_state:
        done = services.browse_flags.tally(reader.organisation, reader.reviewer, reader.session.created_at)
    narrative = None
    if address.narrative:
        narrative = services.edit_narrative.resolve(address.narrative, reader.organisation)
    return render(
        request,
        "queue.html",
        part="results",
        headers={"HX-Push-Url": address.list_url()} if is_partial(request) else {},
        active="queue",
        address=address,
        wrong=parsed.wrong,
        listed=listed,
        rows=[FlagRow.of(group.first, group) for group in listed.groups],
        done=done,
        columns=COLUMNS,
        sorts=SORTS,
        reasons=get_args(Reason),
        earlier=address.page_url("before", entries[0][0]) if listed.earlier and entries else None,
        later=address.page_url("after", entries[-1][0]) if listed.later and entries else None,
        narrative=narrative,
        colleagues=services.annotate_flag.colleagues(reader.organisation),
    )


@router.get("/queue/new")
def new_flags(
    request: Request,
    services: TheServices,
    reader: AReader,
    address: TheAddress,
    since: Annotated[int, Query(ge=0, lt=2**63)] = 0,
) -> Response:
    """The notice of flags that came after the one with the key `since`; empty where there are none."""
    filters = address.read(services.languages, reader.account.id).filters
    number = services.browse_flags.newer(reader.organisation, filters, since)
    if not number:
        return Response(status_code=204, headers={"Cache-Control": "no-store"})
    return render(request, "queue_new.html", address=address, number=number, most=number >= MOST_NEW)


@router.get("/flag-groups/{flag_id}")
def group_members(
    request: Request, flag_id: str, services: TheServices, reader: AReader, address: TheAddress
) -> Response:
    """The rows of a group's flags, to be shown below its own; a whole list of them to who has no scripts."""
    of_group = address.model_copy(update={"group": flag_id, "after": "", "before": ""})
    if not is_partial(request):
        return RedirectResponse(of_group.list_url(), 303)
    filters = of_group.read(services.languages, reader.account.id).filters
    listed = services.browse_flags.queue(reader.organisation, reader.reviewer, filters, address.sort, MOST_CHECKS)
    services.view_log.note("flags.listed", "flag", count=len(listed.entries))
    rows = [FlagRow.of(group.first, group) for group in listed.groups]
    return render(request, "queue_group.html", address=address, rows=rows)


@router.post("/flag-views")
def save_view(
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    name: Annotated[str, Form()] = "",
    private: Annotated[bool, Form()] = False,
) -> Response:
    """Keeps the list under a name."""
    view = validated(ViewIn, {"name": name, "query": address.query(), "private": private})
    services.save_flag_views.save(analyst.organisation, analyst.reviewer, view.name, view.query, private=view.private)
    answer = RedirectResponse(address.list_url(), 303)
    set_notice(answer, Notice("queue-view-saved", {"name": view.name}))
    return answer


@router.post("/flag-views/{view_id}/remove")
def remove_view(view_id: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Removes a view; the list is unchanged."""
    views = services.save_flag_views.of(analyst.organisation, analyst.reviewer)
    view = next((view for view in views if view.id == view_id), None)
    if view is None:
        raise NotFound("there is no view with this id that you could see")
    services.save_flag_views.remove(analyst.organisation, analyst.reviewer, view_id)
    shown = FlagListQuery.of(view.query) or address
    answer = RedirectResponse(shown.list_url(), 303)
    scope = "mine" if view.private else "shared"
    undo = f"/flag-views/restore/{scope}/{quote(view.name, safe='')}?{view.query}"
    set_notice(answer, Notice("queue-view-removed", {"name": view.name}, tone="plain", undo=undo))
    return answer


@router.post("/flag-views/restore/{scope}/{name:path}")
def restore_view(
    scope: Literal["mine", "shared"], name: str, services: TheServices, analyst: AnAnalyst, address: TheAddress
) -> Response:
    """Keeps a view again that was removed."""
    return save_view(services, analyst, address, name, scope == "mine")
