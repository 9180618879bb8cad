"""Archive pages: search, and recording a statement by hand."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput, NotReady
from app.domain.core.text import unstorable
from app.domain.statements.statements import Statement
from app.services import Services
from app.services.ports import NameOf
from app.services.search.search_statements import FoundStatement
from app.services.statements.record_statements import Outcome
from app.web.api.fields import QueryText
from app.web.api.statements.archive_schemas import StatementIn
from app.web.api.statements.statements import require_narratives
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
    with services.store.reading() as tx:
        narrative = tx.narratives.resolve(query.narrative, reader.organisation) if query.narrative else None
        size = tx.statements.count(reader.organisation)
    return render(
        request,
        "archive/search.html",
        part="results",
        active="archive",
        query=query,
        wrong=parsed.wrong,
        narrative=narrative,
        preparing=preparing,
        size=size,
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
        with services.store.reading() as tx:
            names = tx.statements.names(of, typed[:500], 20, reader.organisation)
    return render(request, "archive/options.html", names=names)


@router.get("/archive/new")
def new_page(request: Request, services: TheServices, analyst: AnAnalyst, narrative: QueryText = "") -> Response:
    """The form for a statement that is to be put on record."""
    ref = None
    if narrative:
        with services.store.reading() as tx:
            ref = tx.narratives.resolve(narrative, analyst.organisation)
    return _form(request, {}, {}, [ref.title] if ref else [])


@router.post("/archive/new")
def record(request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Puts it on record; one that was there already is shown."""
    try:
        statement, outcome = _record(services, analyst, fields)
    except archive_forms.Refused as refused:
        narratives = [name for name in fields.get("narratives", []) if name]
        return _form(request, archive_forms.form_values(fields), refused.errors, narratives, 422)
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
    values = archive_forms.statement_values(fields, services.languages)
    values["private"] = archive_forms.single_value(fields, "private") == "on"
    body = archive_forms.validated(StatementIn, values)
    try:
        require_narratives(services, body.narratives, analyst.organisation if body.private else None)
    except InvalidInput as error:
        raise archive_forms.refused(error) from error
    draft = body.drafted(body.language, analyst.organisation)
    [recorded] = services.record_statements([draft], seen_by=analyst.organisation, by=analyst.reviewer)
    return recorded.statement, recorded.outcome
