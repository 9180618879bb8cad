"""The page of one flag: statement and precedent side by side, and judging by one key."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final, get_args

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.domain.checks.score_parts import is_across, score_parts
from app.domain.core.dates import earlier_than
from app.domain.desk.flags import Flag, FlagConflict
from app.schemas.desk import AssignmentIn, NoteIn
from app.schemas.faults import validated
from app.schemas.fields import QueryText
from app.services import Services
from app.services.desk.browse_flags import OpenedFlag
from app.services.explanations.rephrase import check_in
from app.services.search.search_statements import SearchBy
from app.services.statements.ports import StatementFilter
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.checks.comparison import precedent_marks, statement_marks
from app.web.pages.checks.nearest import LinkCandidate, nearest_matches
from app.web.pages.checks.recurrence_plot import recurrence_plot
from app.web.pages.desk import flag_view
from app.web.pages.desk.flag_rows import shortened
from app.web.pages.desk.queue import TheAddress
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pages.desk.reasons import Reason
from app.web.pages.desk.review_form import ReviewForm
from app.web.pages.flash import Notice, set_notice
from app.web.pages.rendering import is_prefetch, messages_of, render

router = pages()
_PLOT: Final = 300
_FOUND: Final = 20
_LOOKED_THROUGH: Final = 120


@router.get("/flags/{flag_id}")
def flag_page(
    request: Request, flag_id: str, services: TheServices, reader: AReader, address: TheAddress
) -> HTMLResponse:
    """Shows a flag beside one of its precedents; one that is fetched ahead counts as viewed when it is shown."""
    page = _page(request, services, reader, flag_id, address)
    if not is_prefetch(request):
        services.view_log.note("flag.viewed", "flag", flag_id)
    return page


@router.post("/flags/{flag_id}/seen")
def seen(flag_id: str, services: TheServices, reader: AReader, version: Annotated[int, Form()] = 0) -> Response:
    """Notes that a flag that was fetched ahead is shown: 204, or 409 where it has another version by now."""
    flag = services.browse_checks.with_reviews(reader.organisation, flag_id)
    services.view_log.note("flag.viewed", "flag", flag_id)
    return Response(status_code=204 if flag.version == version else 409)


@router.post("/flags/{flag_id}/reviews")
def review(
    request: Request,
    flag_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    form: Annotated[ReviewForm, Form()],
) -> Response:
    """Records a review, and redirects to the next flag of the list, or to the notice alone where that flag is shown
    already; after an edit conflict, shows the other review instead."""
    try:
        done = services.review_match(
            analyst.organisation,
            analyst.reviewer,
            flag_id,
            form.review_draft(messages_of(request)),
            form.expected_version,
        )
    except FlagConflict as error:
        return _page(request, services, analyst, flag_id, address, error, form)
    if "refrain-ahead" in request.headers:
        answer = RedirectResponse("/notice", 303)
    else:
        following = _open_flag(services, analyst, flag_id, address).neighbours.next
        answer = RedirectResponse(address.flag_url(following) if following else address.list_url(), 303)
    message = f"flag-done-{form.verdict}" + ("-archived" if done.review.archived else "")
    said = {"text": shortened(done.flag.check.text, 60)}
    set_notice(answer, Notice(message, {**said}, undo=address.flag_url(flag_id, "reviews", done.review.id, "undo")))
    return answer


@router.get("/notice")
def notice_alone(request: Request, reader: AReader) -> HTMLResponse:
    """The notice of the change before, without a page around it; empty where there is none."""
    return render(request, "notice.html", headers={"Cache-Control": "no-store"})


@router.post("/flags/{flag_id}/reviews/{review_id}/undo")
def undo(flag_id: str, review_id: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Takes a decision back, and leads to its flag."""
    services.review_match.undo(analyst.organisation, analyst.reviewer, flag_id, review_id)
    return _redirect(flag_id, address, Notice("flag-undone", tone="plain"))


@router.post("/flags/{flag_id}/notes")
def note(
    flag_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    text: Annotated[str, Form()] = "",
) -> Response:
    """Writes something down."""
    if text.strip():
        words = validated(NoteIn, {"text": text}).text
        services.annotate_flag.note(analyst.organisation, analyst.reviewer, flag_id, words)
        return _redirect(flag_id, address, Notice("flag-noted"))
    return _redirect(flag_id, address, None)


@router.post("/flags/{flag_id}/assignment")
def assign(
    flag_id: str, services: TheServices, analyst: AnAnalyst, address: TheAddress, to: Annotated[str, Form()] = ""
) -> Response:
    """Assigns a flag; an empty `to` removes the assignment."""
    flag = services.annotate_flag.assign(
        analyst.organisation, analyst.reviewer, flag_id, validated(AssignmentIn, {"to": to or None}).to
    )
    if flag.assigned:
        return _redirect(flag_id, address, Notice("flag-assigned", {"name": flag.assigned.name}))
    return _redirect(flag_id, address, Notice("flag-assigned-nobody", tone="plain"))


@router.get("/flags/{flag_id}/link")
def link_page(
    request: Request,
    flag_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    look_for: Annotated[QueryText, Query(max_length=500)] = "",
) -> HTMLResponse:
    """Looks up a precedent that was missed, among the statements that were made before."""
    flag = _open_flag(services, analyst, flag_id, address).flag
    known = {match.precedent.id for match in flag.check.matches}
    query = look_for.strip()
    scored = {
        match.precedent.id: LinkCandidate(match.precedent, match.score, match.tier)
        for match in nearest_matches(services, flag.check, analyst.organisation)
    }
    candidates = _looked_for(services, analyst, flag, query, scored) if query else list(scored.values())
    candidates = [one for one in candidates if one.statement.id not in known][:_FOUND]
    close = [one for one in candidates if query or (one.score or 0) >= services.policy.suggest_at]
    services.view_log.note("statements.listed", "statement", count=len(candidates))
    return render(
        request,
        "flag_link.html",
        part="found",
        active="queue",
        flag=flag,
        address=address,
        look_for=query,
        found=close,
        below=[one for one in candidates if one not in close],
        keyed=flag_view.KEYED,
    )


def _looked_for(
    services: Services, analyst: SignedIn, flag: Flag, query: str, scored: Mapping[str, LinkCandidate]
) -> list[LinkCandidate]:
    """Statements found by a query that were made before the flag's, with the score of those that have one."""
    window = earlier_than(flag.check.said_at, flag.check.created_at)
    by: SearchBy = "meaning" if services.archive.ready else "words"
    found = services.search_statements(query, by, StatementFilter(), 0, _LOOKED_THROUGH, analyst.organisation)
    return [
        scored.get(result.statement.id) or LinkCandidate(result.statement, None, None)
        for result in found
        if window.admits(result.statement.said_by)
    ]


@router.get("/flags/{flag_id}/history")
def history_page(
    request: Request, flag_id: str, services: TheServices, reader: AReader, address: TheAddress
) -> HTMLResponse:
    """Shows the log of a flag: authors, times and reasons."""
    flag = services.browse_flags.get(reader.organisation, flag_id)
    activity = services.annotate_flag.activity(reader.organisation, flag_id)
    return render(
        request,
        "flag_history.html",
        active="queue",
        flag=flag,
        address=address,
        entries=flag_view.history(flag, activity),
        numbers=_match_numbers(flag),
    )


def _page(
    request: Request,
    services: Services,
    reader: SignedIn,
    flag_id: str,
    address: FlagListQuery,
    meanwhile: FlagConflict | None = None,
    form: ReviewForm | None = None,
) -> HTMLResponse:
    opened = _open_flag(services, reader, flag_id, address)
    flag = replace(opened.flag, check=check_in(opened.flag.check, messages_of(request)))
    number, match = flag_view.chosen_match(flag, address.match)
    return render(
        request,
        "flag.html",
        status=409 if meanwhile else 200,
        active="queue",
        address=address,
        flag=flag,
        check=flag.check,
        match=match,
        number=number,
        matches=flag.check.matches,
        keyed=flag_view.KEYED,
        statement_marks=statement_marks(match) if match else [],
        precedent_marks=precedent_marks(match) if match else [],
        changes=flag_view.differences(match) if match else [],
        glosses=services.write_glosses.find(
            reader.organisation, [match.precedent.id] if match else [], [flag.check.id]
        ),
        can_translate=services.write_glosses.can_translate,
        parts=score_parts(match) if match and not match.found_by_hand else [],
        across=is_across(match) if match else False,
        narratives=flag_view.narratives(flag),
        plot=recurrence_plot(flag.check, _PLOT),
        activity=opened.activity,
        neighbours=opened.neighbours,
        last=flag_view.last_review(flag),
        numbers=_match_numbers(flag),
        colleagues=services.annotate_flag.colleagues(reader.organisation),
        reasons=get_args(Reason),
        meanwhile=meanwhile,
        form=form,
    )


def _open_flag(services: Services, reader: SignedIn, flag_id: str, address: FlagListQuery) -> OpenedFlag:
    filters = address.read(services.languages, reader.account.id).filters
    return services.browse_flags.open(reader.organisation, flag_id, filters, address.sort)


def _match_numbers(flag: Flag) -> dict[str, int]:
    """Under which number the page shows each match, by its id."""
    return {match.id: number for number, match in enumerate(flag.check.matches, 1)}


def _redirect(flag_id: str, address: FlagListQuery, notice: Notice | None) -> Response:
    answer = RedirectResponse(address.flag_url(flag_id, match=address.match), 303)
    if notice:
        set_notice(answer, notice)
    return answer
