"""Checking a statement from a page: the form, and the stored check with its precedents."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import Contributor
from app.domain.checks.checks import Check
from app.domain.core.errors import Conflict, InvalidInput
from app.domain.statements.statements import NarrativeLabel, NarrativeRef, Source, StatementDraft
from app.services import Services
from app.services.explanations.rephrase import check_in
from app.services.statements.merge_drafts import Outcome
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.checks.check_form import LANGUAGES, CheckForm, submitted_form
from app.web.pages.checks.comparison import precedent_marks, statement_marks
from app.web.pages.checks.nearest import is_close, nearest_matches
from app.web.pages.checks.recurrence_plot import recurrence_plot
from app.web.pages.flash import Notice, set_notice
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import messages_of, render

router = pages()
_LATEST = 8
_NEAREST = 10
_PLOT = 480
"""Units that the plot is wide."""


@router.get("/check")
def check_form(request: Request, services: TheServices, reader: AReader) -> HTMLResponse:
    """An empty form, and what was checked lately."""
    return _form(request, services, reader, CheckForm(), 200)


@router.post("/check")
def check_statement(
    request: Request, services: TheServices, reader: AReader, form: Annotated[CheckForm, Depends(submitted_form)]
) -> Response:
    """Checks what was typed, and leads to the stored check."""
    try:
        check_request = form.request()
    except InvalidInput as error:
        form.errors |= messages_at_fields(request, error, {"source_name": "source"})
        return _form(request, services, reader, form, 422)
    if form.errors:
        return _form(request, services, reader, form, 422)
    [check] = services.check_statements([check_request], reader.organisation)
    return RedirectResponse(f"/checks/{check.id}", 303)


@router.get("/checks/{check_id}")
def check_page(request: Request, check_id: str, services: TheServices, reader: AReader) -> HTMLResponse:
    """A stored check: its statement, and the precedents as they were found."""
    stored = services.browse_checks.with_reviews(reader.organisation, check_id)
    flag = replace(stored, check=check_in(stored.check, messages_of(request)))
    services.view_log.note("check.viewed", "check", check_id)
    return render(
        request,
        "check_result.html",
        active="check",
        check=flag.check,
        flag=flag,
        narratives=[
            *((ref.id, ref.title) for ref in _narratives(flag.check)),
            ("", messages_of(request).format_message("check-archive-none")),
        ],
        glosses=services.write_glosses.find(
            reader.organisation, [match.precedent.id for match in flag.check.matches], [check_id]
        ),
        can_translate=services.write_glosses.can_translate,
        close=[match for match in flag.check.matches if is_close(match)],
        weak=[match for match in flag.check.matches if not is_close(match)],
        statement_marks=statement_marks,
        precedent_marks=precedent_marks,
        plot=recurrence_plot(flag.check, _PLOT),
    )


@router.get("/checks/{check_id}/nearest")
def nearest(request: Request, check_id: str, services: TheServices, reader: AReader) -> HTMLResponse:
    """The candidates nearest to a checked statement, although they are below every cut-off."""
    check = services.browse_checks.get(reader.organisation, check_id)
    matches = nearest_matches(services, check, reader.organisation, _NEAREST)
    services.view_log.note("statements.listed", "statement", count=len(matches))
    return render(request, "check_nearest.html", part="nearest", active="check", check=check, matches=matches)


@router.post("/checks/{check_id}/archive")
def archive_checked(
    check_id: str, services: TheServices, analyst: AnAnalyst, narrative: Annotated[str, Form()] = ""
) -> Response:
    """Records the checked statement in the archive, under one of its precedents' narratives or under none."""
    check = services.browse_checks.get(analyst.organisation, check_id)
    under = [ref for ref in _narratives(check) if ref.id == narrative]
    if narrative and not under:
        raise InvalidInput.at("/narrative", "is none of the narratives of this check's precedents")
    draft = replace(_draft(check, under), contributor=Contributor.of(analyst.organisation))
    [recorded] = services.record_statements([draft], seen_by=analyst.organisation, by=analyst.reviewer)
    if recorded.outcome is Outcome.WITHDRAWN:
        raise Conflict("this statement was in the archive, and somebody withdrew it: restore it on its own page")
    answer = RedirectResponse(f"/statements/{recorded.statement.id}", 303)
    if recorded.outcome is Outcome.NEW:
        set_notice(answer, Notice("check-archived", undo=f"/statements/{recorded.statement.id}/withdraw"))
    else:
        set_notice(answer, Notice("check-archived-before", tone="plain"))
    return answer


def _form(request: Request, services: Services, reader: SignedIn, form: CheckForm, status: int) -> HTMLResponse:
    latest = [check for _, check in services.browse_checks.find(reader.organisation, None, None, _LATEST)]
    return render(
        request,
        "check.html",
        status=status,
        active="check",
        form=form,
        languages=language_choice(request),
        latest=latest,
    )


def language_choice(request: Request) -> list[tuple[str, str]]:
    """Their codes and names, by name."""
    say = messages_of(request).format_message
    named = sorted(((code, say("language-name", code=code)) for code in LANGUAGES), key=lambda entry: entry[1])
    return [("", say("check-language-detect")), *named]


def _narratives(check: Check) -> list[NarrativeRef]:
    """The narratives of its precedents, each once, the best precedent's first."""
    return list({ref.id: ref for match in check.matches for ref in match.precedent.narratives}.values())


def _draft(check: Check, under: list[NarrativeRef]) -> StatementDraft:
    return StatementDraft(
        text=check.text,
        language=check.language.code,
        speaker=check.speaker,
        said_at=check.said_at,
        source=check.source or Source(),
        narratives=tuple(NarrativeLabel(ref.id) for ref in under),
    )
