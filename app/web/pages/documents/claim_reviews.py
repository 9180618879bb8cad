"""Judging the claims of an article on its own page, and taking a decision back there."""

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import NotFound
from app.domain.desk.flags import FlagConflict
from app.services import Services
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, SignedIn, pages
from app.web.pages.desk.review_form import ReviewForm
from app.web.pages.flash import Notice, set_notice
from app.web.pages.rendering import messages_of

router = pages()


@router.post("/documents/{document_id}/claims/{check_id}/reviews")
def review_claim(
    request: Request,
    document_id: str,
    check_id: str,
    services: TheServices,
    analyst: AnAnalyst,
    form: Annotated[ReviewForm, Form()],
) -> Response:
    """Records a review of a claim, and leads to the next claim that waits for one."""
    order = _claims(services, analyst, document_id, check_id)
    draft = form.review_draft(messages_of(request))
    try:
        done = services.review_match(analyst.organisation, analyst.reviewer, check_id, draft, form.expected_version)
    except FlagConflict:
        return _to_claim(document_id, check_id, Notice("article-meanwhile", tone="bad"))
    standings = services.browse_flags.standings(analyst.organisation, order)
    at = order.index(check_id)
    waiting = [one for one in (*order[at + 1 :], *order[:at]) if one in standings and standings[one].state == "open"]
    undo = f"/documents/{document_id}/claims/{check_id}/reviews/{done.review.id}/undo"
    said = Notice(f"article-done-{form.verdict}", {"number": at + 1, "left": len(waiting)}, undo=undo)
    return _to_claim(document_id, next(iter(waiting), check_id), said)


@router.post("/documents/{document_id}/claims/{check_id}/reviews/{review_id}/undo")
def undo_claim(document_id: str, check_id: str, review_id: str, services: TheServices, analyst: AnAnalyst) -> Response:
    """Takes a decision about a claim back, and leads to the claim."""
    _claims(services, analyst, document_id, check_id)
    services.review_match.undo(analyst.organisation, analyst.reviewer, check_id, review_id)
    return _to_claim(document_id, check_id, Notice("flag-undone", tone="plain"))


def _claims(services: Services, analyst: SignedIn, document_id: str, check_id: str) -> list[str]:
    """Ids of the checks of the article's claims as its page numbers them. Raises `NotFound`."""
    document = services.check_document.get(document_id, analyst.organisation)
    shown = [one.check.id for one in document.statements if not one.claim.own or one.check.matches]
    if check_id not in shown:
        raise NotFound("this article has no claim with this check")
    return shown


def _to_claim(document_id: str, check_id: str, notice: Notice) -> Response:
    answer = RedirectResponse(f"/documents/{document_id}?check={check_id}", 303)
    set_notice(answer, notice)
    return answer
