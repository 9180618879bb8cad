"""Predictions to work off: the list of those that lapsed, and recording what became of each, one key an outcome."""

from typing import Annotated, Final, get_args
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import Conflict, InvalidInput
from app.domain.core.messages import Messages
from app.domain.statements.statements import Outcome
from app.schemas.faults import validated
from app.schemas.findings import FindingIn
from app.services import Services
from app.services.predictions.ports import SOON
from app.services.predictions.settle_predictions import COUNTED, PredictionPage
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.marking import Mark
from app.web.pages.predictions.predictions_query import PAGE, PredictionsQuery
from app.web.pages.rendering import messages_of, render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value

router = pages()
OUTCOMES: Final[tuple[Outcome, ...]] = get_args(Outcome)
TheAddress = Annotated[PredictionsQuery, Query()]
AFinding = Annotated[str, Query(pattern=r"^[0-9A-Za-z-]{1,64}$")]
Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]


@router.get("/predictions")
def predictions_page(request: Request, services: TheServices, reader: AReader, address: TheAddress) -> Response:
    """Predictions without a recorded outcome: those that have lapsed, or that lapse within a week."""
    return _page(request, services, reader, address)


@router.post("/predictions/{statement_id}/outcome")
def settle(
    statement_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst, address: TheAddress, fields: Fields
) -> Response:
    """Records what became of a prediction as a finding about its statement, and goes on to the next one."""
    say = messages_of(request)
    outcome = single_value(fields, "outcome")
    try:
        if outcome not in OUTCOMES:
            raise InvalidInput.at("/outcome", say.format_message("predictions-wrong-outcome"))
        body = validated(FindingIn, _finding(statement_id, outcome, fields, say))
        if outcome != "unknown" and not body.url:
            raise InvalidInput.at("/url", say.format_message("predictions-wrong-source"))
    except InvalidInput as error:
        return _page(
            request,
            services,
            analyst,
            address.model_copy(update={"at": statement_id}),
            values=archive_forms.form_values(fields),
            errors=archive_forms.messages(request, error),
        )
    following = address.url(at=single_value(fields, "next"))
    try:
        finding = services.settle_predictions.settle(
            statement_id, body.drafted(), analyst.organisation, analyst.reviewer
        )
    except Conflict:
        return _redirect(following, flash.Notice("predictions-settled-already", tone="bad"))
    undo = address.url(f"/predictions/{statement_id}/undo", at="")
    undo += ("&" if "?" in undo else "?") + urlencode({"finding": finding})
    return _redirect(following, flash.Notice(f"predictions-said-{outcome}", undo=undo))


@router.post("/predictions/{statement_id}/undo")
def undo(
    statement_id: AnId, services: TheServices, analyst: AnAnalyst, address: TheAddress, finding: AFinding
) -> Response:
    """Takes an outcome back, and shows its prediction again."""
    services.edit_finding.remove(finding, analyst.organisation, curator=is_curator(analyst.account))
    return _redirect(address.url(at=statement_id), flash.Notice("predictions-undone"))


def _page(
    request: Request,
    services: Services,
    reader: SignedIn,
    address: PredictionsQuery,
    *,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    named = {"speaker": address.speaker or None, "narrative": address.narrative or None}
    page = services.settle_predictions.page(reader.organisation, address.listed, address.skipped, PAGE, **named)
    if not page.entries and address.page > 1:
        return RedirectResponse(address.url(page=address.page - 1, at=""), 303)
    at = _place_of(page, address.at)
    current = page.entries[at] if page.entries else None
    return render(
        request,
        "predictions.html",
        status=422 if errors else 200,
        active="predictions",
        address=address,
        page=page,
        current=current,
        cues=[Mark(cue.start, cue.end, "cue") for cue in current.prediction.cues] if current else [],
        horizon_days=services.settle_predictions.horizon.days,
        soon_days=SOON.days,
        counted=COUNTED,
        outcomes=OUTCOMES,
        values=values or {},
        errors=errors or {},
        previous=page.entries[at - 1] if at > 0 else None,
        following=page.entries[at + 1] if at + 1 < len(page.entries) else None,
    )


def _place_of(page: PredictionPage, statement_id: str) -> int:
    ids = [entry.statement.id for entry in page.entries]
    return ids.index(statement_id) if statement_id in ids else 0


def _finding(statement_id: str, outcome: str, fields: dict[str, list[str]], say: Messages) -> dict[str, str | None]:
    """The body that the API would be sent; a source without a publisher is named by its host."""
    url = single_value(fields, "url") or None
    return {
        "verdict": say.format_message(f"predictions-verdict-{outcome}"),
        "url": url,
        "publisher": single_value(fields, "publisher") or _host_of(url),
        "published_at": single_value(fields, "published_at") or None,
        "outcome": outcome,
        "statement": statement_id,
    }


def _host_of(url: str | None) -> str | None:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _redirect(address: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(address, 303)
    flash.set_notice(answer, notice)
    return answer
