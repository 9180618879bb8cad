"""Early warnings: the list, and what is decided about each."""

from typing import Annotated, Literal

from fastapi import Form, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.narratives.warnings import WarningState
from app.language.explanation.warning_sentences import warning_sentence
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, pages
from app.web.pages.rendering import messages_of, render
from app.web.pages.statements.archive_forms import AnId

router = pages()

PAGE = 50
APage = Annotated[int, Query(ge=1, le=2_000)]


@router.get("/warnings")
def warnings_page(
    request: Request, services: TheServices, reader: AReader, state: WarningState = "open", page: APage = 1
) -> Response:
    """Warnings in a state, the newest first, each with its evidence and its rule in words."""
    found = services.judge_warnings.find(reader.organisation, state, (page - 1) * PAGE, PAGE + 1)
    phrases = messages_of(request)
    return render(
        request,
        "narratives/warnings.html",
        active="narratives",
        state=state,
        page=page,
        warnings=found[:PAGE],
        more=len(found) > PAGE,
        sentence=lambda one: warning_sentence(one.evidence.rule, one.evidence.values, phrases),
    )


@router.post("/warnings/{warning_id}/{decision}")
def decide(
    warning_id: AnId,
    decision: Literal["acknowledged", "dismissed", "open"],
    services: TheServices,
    analyst: AnAnalyst,
    state: Annotated[str, Form(max_length=20)] = "open",
) -> Response:
    """Acknowledges or dismisses a warning, or opens it again; can be undone."""
    before = services.judge_warnings.decide(warning_id, decision, analyst.organisation, analyst.reviewer)
    answer = RedirectResponse(
        f"/warnings?state={state}" if state in ("acknowledged", "dismissed") else "/warnings", 303
    )
    undo = f"/warnings/{warning_id}/{before.state}"
    flash.set_notice(answer, flash.Notice(f"warnings-now-{decision}", undo=undo))
    return answer
