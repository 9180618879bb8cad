"""The page of one flag: statement and precedent side by side, and judging by one key."""

from typing import Annotated, Final, Literal, get_args

from fastapi import Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel
from starlette.responses import Response

from app.domain.checks.reviews import Decision, ReviewDraft
from app.domain.core.dates import earlier_than
from app.domain.core.messages import Messages
from app.domain.desk.flags import ChangedMeanwhile, Flag
from app.schemas.desk import AssignmentIn, NoteIn
from app.schemas.faults import validated
from app.schemas.fields import QueryText
from app.schemas.flags import ReviewIn
from app.services import Services
from app.services.desk.browse_flags import OpenedFlag
from app.services.statements.ports import StatementFilter
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.checks.comparison import precedent_marks, statement_marks
from app.web.pages.checks.recurrence_plot import recurrence_plot
from app.web.pages.desk import flag_view
from app.web.pages.desk.flag_rows import shortened
from app.web.pages.desk.queue import TheAddress
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pages.flash import Notice, leave
from app.web.pages.rendering import phrases_of, render

router = pages()
Reason = Literal["other-script", "other-event", "reported", "true", "duplicate", "unclear"]
"""Why flags are dismissed mostly: each has a key, and is kept as the words of flag-reason-…."""

_PLOT: Final = 300
_FOUND: Final = 20


class ReviewForm(BaseModel):
    """What the page sends of a decision; empty fields are as good as none."""

    verdict: Decision
    version: int
    match_id: str = ""
    precedent_id: str = ""
    only: bool = False
    """Dismiss the compared match alone, and not all of them."""
    reason: str = ""
    picked: Reason | None = None
    archive: bool = False
    counter_example: bool = False
    narrative: str = ""

    def drafted(self, phrases: Messages) -> ReviewDraft:
        """The decision. Raises `InvalidInput`."""
        whole = self.verdict == "dismissed" and not (self.only or self.counter_example)
        typed = {
            "match_id": "" if whole or self.precedent_id else self.match_id,
            "precedent_id": self.precedent_id,
            "reason": phrases.format_message(f"flag-reason-{self.picked}") if self.picked else self.reason,
            "narrative": self.narrative,
        }
        sent = {name: value for name, value in typed.items() if value.strip()}
        flags = {"archive": self.archive, "counter_example": self.counter_example}
        return validated(ReviewIn, {"verdict": self.verdict, **sent, **flags}).drafted()


@router.get("/flags/{flag_id}")
def flag_page(
    request: Request, flag_id: str, services: TheServices, reader: AReader, address: TheAddress
) -> HTMLResponse:
    """A flag beside one of its precedents."""
    return _page(request, services, reader, flag_id, address)


@router.post("/flags/{flag_id}/reviews")
def review(
    request: Request,
    flag_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    form: Annotated[ReviewForm, Form()],
) -> Response:
    """Decides, and leads to the next flag of the list; where somebody decided meanwhile, that is shown instead."""
    try:
        done = services.review_match(
            analyst.organisation,
            analyst.reviewer,
            flag_id,
            form.drafted(phrases_of(request)),
            min(max(form.version, 0), _MOST_VERSION),
        )
    except ChangedMeanwhile as error:
        return _page(request, services, analyst, flag_id, address, error, form)
    following = _opened(services, analyst, flag_id, address).neighbours.next
    answer = RedirectResponse(address.flag_url(following) if following else address.list_url(), 303)
    message = f"flag-done-{form.verdict}" + ("-archived" if done.review.archived else "")
    said = {"text": shortened(done.flag.check.text, 60)}
    leave(answer, Notice(message, {**said}, undo=address.flag_url(flag_id, "reviews", done.review.id, "undo")))
    return answer


@router.post("/flags/{flag_id}/reviews/{review_id}/undo")
def undo(flag_id: str, review_id: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Takes a decision back, and leads to its flag."""
    services.review_match.undo(analyst.organisation, analyst.reviewer, flag_id, review_id)
    return _back(flag_id, address, Notice("flag-undone", tone="plain"))


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
        return _back(flag_id, address, Notice("flag-noted"))
    return _back(flag_id, address, None)


@router.post("/flags/{flag_id}/assignment")
def assign(
    flag_id: str, services: TheServices, analyst: AnAnalyst, address: TheAddress, to: Annotated[str, Form()] = ""
) -> Response:
    """Asks somebody to look at it; an empty `to` is nobody."""
    flag = services.annotate_flag.assign(
        analyst.organisation, analyst.reviewer, flag_id, validated(AssignmentIn, {"to": to or None}).to
    )
    if flag.assigned:
        return _back(flag_id, address, Notice("flag-assigned", {"name": flag.assigned.name}))
    return _back(flag_id, address, Notice("flag-assigned-nobody", tone="plain"))


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
    flag = _opened(services, analyst, flag_id, address).flag
    window = earlier_than(flag.check.said_at, flag.check.created_at)
    known = {match.precedent.id for match in flag.check.matches}
    query = look_for.strip()
    ready = services.archive.ready
    found = (
        services.search_statements(
            query or shortened(flag.check.text, 400), "meaning" if ready else "words", StatementFilter(), 0, 120,
            analyst.organisation,
        )
        if query or ready
        else []
    )  # fmt: skip
    return render(
        request,
        "flag_link.html",
        part="found",
        active="queue",
        flag=flag,
        address=address,
        look_for=query,
        found=[one for one in found if one.statement.id not in known and window.admits(one.statement.said_at)][:_FOUND],
    )


@router.get("/flags/{flag_id}/history")
def history_page(
    request: Request, flag_id: str, services: TheServices, reader: AReader, address: TheAddress
) -> HTMLResponse:
    """Who did what about it, when and why."""
    flag = services.browse_flags.get(reader.organisation, flag_id)
    remarks = services.annotate_flag.remarks(reader.organisation, flag_id)
    return render(
        request,
        "flag_history.html",
        active="queue",
        flag=flag,
        address=address,
        happenings=flag_view.history(flag, remarks),
        numbers=_numbers(flag),
    )


def _page(
    request: Request,
    services: Services,
    reader: SignedIn,
    flag_id: str,
    address: FlagListQuery,
    meanwhile: ChangedMeanwhile | None = None,
    form: ReviewForm | None = None,
) -> HTMLResponse:
    opened = _opened(services, reader, flag_id, address)
    flag = opened.flag
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
        changes=flag_view.changes(match) if match else [],
        narratives=flag_view.narratives(flag),
        plot=recurrence_plot(flag.check, _PLOT),
        remarks=opened.remarks,
        neighbours=opened.neighbours,
        last=flag_view.last_word(flag),
        numbers=_numbers(flag),
        colleagues=services.annotate_flag.colleagues(reader.organisation),
        reasons=get_args(Reason),
        meanwhile=meanwhile,
        form=form,
    )


def _opened(services: Services, reader: SignedIn, flag_id: str, address: FlagListQuery) -> OpenedFlag:
    wanted = address.read(services.languages, reader.account.id).wanted
    return services.browse_flags.open(reader.organisation, flag_id, wanted, address.sort)


def _numbers(flag: Flag) -> dict[str, int]:
    """Under which number the page shows each match, by its id."""
    return {match.id: number for number, match in enumerate(flag.check.matches, 1)}


def _back(flag_id: str, address: FlagListQuery, notice: Notice | None) -> Response:
    answer = RedirectResponse(address.flag_url(flag_id, match=address.match), 303)
    if notice:
        leave(answer, notice)
    return answer


_MOST_VERSION: Final = 2**31 - 1
