"""Findings: what fact-checkers found about a statement or a narrative, added and taken back on its page."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import InvalidInput
from app.schemas.faults import validated
from app.schemas.findings import FindingIn
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, pages
from app.web.pages.rendering import render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]
_NAMES = ("verdict", "publisher", "url", "published_at", "summary", "outcome", "outcome_url")


@router.post("/findings")
def add_finding(request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Adds what a fact-checker found, about the statement or the narrative that the form names."""
    of = "statement" if single_value(fields, "statement") else "narrative"
    about = single_value(fields, of)
    try:
        values = {name: single_value(fields, name) or None for name in _NAMES}
        values["published_at"] = archive_forms.iso_date(fields, "published_at")
        body = validated(FindingIn, {**values, "verdict": single_value(fields, "verdict"), of: about})
    except InvalidInput as error:
        return render(
            request,
            "archive/finding.html",
            status=422,
            active="archive",
            of=of,
            about=about,
            values=archive_forms.form_values(fields),
            errors=archive_forms.messages(request, error),
        )
    services.edit_finding.record(body.drafted(body.statement, body.narrative), analyst.organisation, analyst.reviewer)
    return _redirect(f"/{of}s/{about}", flash.Notice("finding-added"))


@router.post("/findings/{finding_id}/remove")
def remove_finding(finding_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Takes a finding back."""
    finding = services.edit_finding.get(finding_id, analyst.organisation)
    services.edit_finding.remove(finding_id, analyst.organisation, curator=is_curator(analyst.account))
    address = f"/statements/{finding.statement}" if finding.statement else f"/narratives/{finding.narrative}"
    return _redirect(address, flash.Notice("finding-removed"))


def _redirect(address: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(address, 303)
    flash.set_notice(answer, notice)
    return answer
