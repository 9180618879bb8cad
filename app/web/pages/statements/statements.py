"""Page of a statement: its text, precedents and later matches; correction and withdrawal."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.dates import instant
from app.domain.core.errors import Conflict, EditConflict, InvalidInput, NotReady
from app.domain.core.text import unstorable
from app.domain.narratives.history import with_status
from app.domain.predictions.predictions import AsOf, Horizon, Prediction
from app.domain.statements.statements import Statement
from app.language.predictions.detection import detect_prediction
from app.schemas.faults import validated
from app.schemas.statements import StatementPatch
from app.services import Services
from app.services.checks.related_statements import Relations
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.checks.comparison import precedent_marks
from app.web.pages.marking import Mark
from app.web.pages.rendering import render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, Reason, single_value

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]
_EDITED = ("title", "text", "language", "speaker", "said_at", "source_name", "source_url", "source_archive_url")


@router.get("/statements/{statement_id}")
def statement_page(statement_id: AnId, request: Request, services: TheServices, reader: AReader) -> Response:
    """Shows a statement with its precedents and its later matches."""
    statement = services.edit_statement.get(statement_id, reader.organisation)
    services.view_log.note("statement.viewed", "statement", statement_id)
    return _page(request, services, statement, reader)


@router.get("/statements/{statement_id}/edit")
def edit_page(statement_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst) -> Response:
    """The form that corrects it."""
    statement = services.edit_statement.get(statement_id, analyst.organisation)
    return _form(request, statement, _values(statement), [ref.title for ref in statement.narratives])


@router.post("/statements/{statement_id}/edit")
def edit(statement_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Corrects a statement, unless it was changed since the form was opened: then both versions are shown."""
    statement = services.edit_statement.get(statement_id, analyst.organisation)
    narratives = [name for name in fields.get("narratives", []) if name]
    values = archive_forms.form_values(fields)
    try:
        body = validated(StatementPatch, archive_forms.statement_values(fields))
        changes = body.changes(statement, services.edit_statement.clock())
        named = _narratives_by_title(statement, narratives)
        services.edit_statement.change(
            statement_id,
            changes,
            named,
            analyst.organisation,
            analyst.reviewer,
            seen=_moment(single_value(fields, "seen")),
            curator=is_curator(analyst.account),
        )
    except InvalidInput as error:
        errors = archive_forms.messages(request, error)
        return _form(request, statement, values, narratives, errors=errors, status=422)
    except EditConflict:
        return _form(
            request,
            statement,
            values,
            narratives,
            stored=_conflicting_fields(statement, values, narratives),
            status=409,
        )
    except Conflict:
        return _form(request, statement, values, narratives, taken=True, status=409)
    return _redirect(statement_id, flash.Notice("statement-edited"))


@router.post("/statements/{statement_id}/withdraw")
def withdraw(statement_id: AnId, services: TheServices, analyst: AnAnalyst, reason: Reason = "") -> Response:
    """Takes it out of every later answer."""
    why = None if unstorable(reason) else reason.strip() or None
    curator = is_curator(analyst.account)
    services.edit_statement.withdraw(statement_id, analyst.organisation, analyst.reviewer, reason=why, curator=curator)
    return _redirect(statement_id, flash.Notice("statement-withdrawn", undo=f"/statements/{statement_id}/restore"))


@router.post("/statements/{statement_id}/restore")
def restore(statement_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Lets it be found again."""
    curator = is_curator(analyst.account)
    services.edit_statement.change(
        statement_id, {"withdrawn_at": None}, None, analyst.organisation, analyst.reviewer, curator=curator
    )
    return _redirect(statement_id, flash.Notice("statement-restored"))


def _page(request: Request, services: Services, statement: Statement, reader: SignedIn) -> Response:
    relations: Relations | None
    try:
        relations = services.related_statements(statement.id, reader.organisation)
    except NotReady:
        relations = None
    [submissions] = services.edit_statement.submissions([statement])
    prediction = _prediction(statement, services.edit_statement.clock(), services.settle_predictions.horizon)
    return render(
        request,
        "archive/statement.html",
        active="archive",
        statement=statement,
        relations=relations,
        precedent_marks=precedent_marks,
        sightings=submissions,
        prediction=prediction,
        cues=[Mark(cue.start, cue.end, "cue") for cue in prediction.cues] if prediction else [],
        history=services.statement_history.of(statement),
        said_value=_field_text,
        glosses=services.write_glosses.find(reader.organisation, [statement.id]),
        can_translate=services.write_glosses.can_translate,
        errors={},
        values={},
    )


def _prediction(statement: Statement, now: datetime, horizon: Horizon) -> Prediction | None:
    """Prediction of a statement with its outcome as recorded by now."""
    prediction = detect_prediction(statement.text, statement.language, statement.said_at)
    return with_status(prediction, statement.findings, AsOf(instant(now).begins, horizon=horizon))


def _field_text(value: Any) -> str:
    """The value of a field before or after a change, as text: several of them in lines."""
    if isinstance(value, dict):
        return "\n".join(str(part) for part in value.values() if part) or "–"
    if isinstance(value, list):
        return "\n".join(str(part["title"]) for part in value) or "–"
    return "–" if value in (None, "") else str(value)


def _form(
    request: Request,
    statement: Statement,
    values: dict[str, str],
    narratives: list[str],
    *,
    errors: dict[str, str] | None = None,
    stored: list[tuple[str, str]] | None = None,
    taken: bool = False,
    status: int = 200,
) -> Response:
    """`stored`: what is stored now of the fields that differ from the form's; it is saved over them when sent again."""
    return render(
        request,
        "archive/edit.html",
        status=status,
        active="archive",
        statement=statement,
        values=values,
        narratives=narratives,
        errors=errors or {},
        stored=stored,
        taken=taken,
        seen=values.get("seen", "") if errors else statement.updated_at.isoformat(),
    )


def _values(statement: Statement) -> dict[str, str]:
    """Stored values as fields of the form."""
    values = {
        "title": statement.title,
        "text": statement.text,
        "language": statement.language,
        "speaker": statement.speaker,
        "said_at": statement.said_at.text if statement.said_at else None,
        "source_name": statement.source.name,
        "source_url": statement.source.url,
        "source_archive_url": statement.source.archive_url,
    }
    return {name: value or "" for name, value in values.items()}


def _conflicting_fields(statement: Statement, values: dict[str, str], narratives: list[str]) -> list[tuple[str, str]]:
    """The fields in which a form differs from what is stored, with what is stored."""
    stored = _values(statement)
    differing = [(name, stored[name]) for name in _EDITED if stored[name] != values.get(name, "")]
    under = [ref.title for ref in statement.narratives]
    return differing + ([("narratives", "\n".join(under))] if sorted(under) != sorted(narratives) else [])


def _narratives_by_title(statement: Statement, narratives: list[str]) -> list[str]:
    """Narratives by id where they were known by this title before: of two with one title the same is meant."""
    known = {ref.title: ref.id for ref in statement.narratives}
    return [known.get(name, name) for name in narratives]


def _moment(raw: str) -> datetime | None:
    try:
        return datetime.fromisoformat(raw)
    except ValueError:
        return None


def _redirect(statement_id: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(f"/statements/{statement_id}", 303)
    flash.set_notice(answer, notice)
    return answer
