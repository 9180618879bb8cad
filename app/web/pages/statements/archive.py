"""Archive pages: search, and recording a statement by hand."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput, NotReady
from app.domain.core.text import unstorable
from app.domain.statements.statements import Statement
from app.schemas.faults import validated
from app.schemas.fields import QueryText
from app.schemas.statements import StatementIn
from app.services import Services
from app.services.search.search_statements import FoundStatement
from app.services.statements.merge_drafts import Outcome
from app.services.statements.ports import NameOf
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.marking import Mark
from app.web.pages.rendering import render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_query import PAGE, ArchiveQuery, read_query

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]


@dataclass(frozen=True, slots=True)
class Row:
    """A statement as a list shows it: the passage that says why it is there."""

    statement: Statement
    text: str
    marks: tuple[Mark, ...]
    truncated_start: bool
    truncated_end: bool

    @classmethod
    def of(cls, found: FoundStatement) -> "Row":
        passage = found.passage
        marks = (Mark(start - passage.start, end - passage.start, "found") for start, end in passage.found)
        shown = passage.text[passage.start : passage.end]
        return cls(found.statement, shown, tuple(marks), passage.truncated_start, passage.truncated_end)


@router.get("/archive")
def archive_page(
    request: Request, services: TheServices, reader: AReader, query: Annotated[ArchiveQuery, Query()]
) -> Response:
    """Lists the archive's statements by the filter in the address."""
    parsed = read_query(query, services.languages)
    preparing = False
    try:
        found = services.search_statements(
            query.q, query.by, parsed.filters, query.skipped, PAGE + 1, reader.organisation
        )
    except NotReady:
        preparing, found = True, []
    services.view_log.note("statements.listed", "statement", count=len(found[:PAGE]))
    narrative = services.edit_narrative.resolve(query.narrative, reader.organisation) if query.narrative else None
    return render(
        request,
        "archive/search.html",
        part="results",
        active="archive",
        query=query,
        wrong=parsed.wrong,
        narrative=narrative,
        preparing=preparing,
        size=services.search_statements.count(reader.organisation),
        rows=[Row.of(result) for result in found[:PAGE]],
        more=len(found) > PAGE,
    )


@router.get("/archive/options/{of}")
def options(
    request: Request,
    services: TheServices,
    reader: AReader,
    of: NameOf,
) -> Response:
    """Suggests names that contain the typed characters.

    Whatever the input is called that asks, it is the only parameter.
    """
    typed = next(iter(request.query_params.values()), "").strip()
    names: list[str] = []
    if not unstorable(typed):
        names = services.search_statements.names(of, typed[:500], 20, reader.organisation)
    return render(request, "archive/options.html", names=names)


@router.get("/archive/new")
def new_page(request: Request, services: TheServices, analyst: AnAnalyst, narrative: QueryText = "") -> Response:
    """The form for a statement that is to be put on record."""
    ref = services.edit_narrative.resolve(narrative, analyst.organisation) if narrative else None
    return _form(request, {}, {}, [ref.title] if ref else [])


@router.post("/archive/new")
def record(request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Puts it on record; one that was there already is shown."""
    try:
        statement, outcome = _record(services, analyst, fields)
    except InvalidInput as error:
        narratives = [name for name in fields.get("narratives", []) if name]
        errors = archive_forms.messages(request, error)
        return _form(request, archive_forms.form_values(fields), errors, narratives, 422)
    answer = RedirectResponse(f"/statements/{statement.id}", 303)
    flash.set_notice(answer, flash.Notice(f"archive-recorded-{outcome}", tone="plain" if outcome != "new" else "good"))
    return answer


def _form(
    request: Request, values: dict[str, str], errors: dict[str, str], narratives: list[str], status: int = 200
) -> Response:
    return render(
        request,
        "archive/new.html",
        status=status,
        active="archive",
        values=values,
        errors=errors,
        narratives=narratives,
    )


def _record(services: Services, analyst: SignedIn, fields: dict[str, list[str]]) -> tuple[Statement, Outcome]:
    values = archive_forms.statement_values(fields)
    values["private"] = archive_forms.single_value(fields, "private") == "on"
    body = validated(StatementIn, values)
    draft = body.drafted(analyst.organisation)
    outcome, stored = services.record_statements.record_one(
        draft, body.narratives, seen_by=analyst.organisation, by=analyst.reviewer
    )
    return stored.statement, outcome
