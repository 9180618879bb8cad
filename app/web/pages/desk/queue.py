"""Queue: the list of flags with filters, saved views, and bulk reviews."""

from typing import Annotated, Final, Literal
from urllib.parse import quote

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.checks.reviews import Decision
from app.domain.core.errors import InvalidInput, NotFound
from app.schemas.desk import BulkReviewIn, ViewIn
from app.schemas.faults import validated
from app.services.desk.review_many import BulkReviewResult
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, AReader, pages
from app.web.pages.desk.flag_rows import FlagRow
from app.web.pages.desk.queue_query import FlagListQuery, query_of
from app.web.pages.flash import Notice, set_notice
from app.web.pages.rendering import is_partial, render

router = pages()
PAGE: Final = 25
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
    services.view_log.note("flags.listed", "flag", count=len(entries))
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
        rows=[FlagRow.of(flag) for _, flag in entries],
        earlier=address.page_url("before", entries[0][0]) if listed.earlier and entries else None,
        later=address.page_url("after", entries[-1][0]) if listed.later and entries else None,
        narrative=narrative,
        colleagues=services.annotate_flag.colleagues(reader.organisation),
    )


@router.post("/bulk-reviews")
def review_many(
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    verdict: Annotated[Decision, Form()],
    flag: Annotated[list[str] | None, Form()] = None,
    reason: Annotated[str, Form()] = "",
    archive: Annotated[bool, Form()] = False,
) -> Response:
    """Decides about every flag that was selected, and says what came of it."""
    answer = RedirectResponse(address.list_url(), 303)
    chosen = [_chosen(choice) for choice in flag or ()]
    if not chosen:
        set_notice(answer, Notice("queue-none-selected", tone="bad"))
        return answer
    sent = {"reason": reason} if reason.strip() else {}
    body = validated(BulkReviewIn, {"flags": chosen, "verdict": verdict, "archive": archive, **sent})
    made = services.review_many(
        analyst.organisation,
        analyst.reviewer,
        [flag.chosen() for flag in body.flags],
        body.verdict,
        body.reason,
        archive=body.archive,
    )
    set_notice(answer, _notice(made, verdict, address))
    return answer


@router.post("/bulk-reviews/{batch}/undo")
def undo_many(batch: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Takes all decisions of one gesture back."""
    flags = services.review_many.undo(analyst.organisation, analyst.reviewer, batch)
    answer = RedirectResponse(address.list_url(), 303)
    set_notice(answer, Notice("queue-many-undone", {"n": len(flags)}, tone="plain"))
    return answer


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
    shown = query_of(view.query) or address
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


def _chosen(raw: str) -> dict[str, str | int]:
    flag_id, _, version = raw.rpartition(":")
    if not flag_id or not version.isascii() or not version.isdecimal() or len(version) > 9:
        raise InvalidInput.at("/flag", "is none of this list's")
    return {"id": flag_id, "expected_version": int(version)}


def _notice(made: BulkReviewResult, verdict: Decision, address: FlagListQuery) -> Notice:
    undo = f"/bulk-reviews/{made.batch}/undo" + (f"?{address.query()}" if address.query() else "")
    counts: dict[str, str | int] = {"n": len(made.done), "refused": len(made.refused)}
    message = f"queue-many-{verdict}" if not made.refused else f"queue-many-{verdict}-some"
    return Notice(message, counts, "good" if not made.refused else "bad", undo if made.done else None)
