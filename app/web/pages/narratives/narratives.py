"""Narratives: the list and the tree of them, and the forms of a new one and of an edit."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import EditConflict, InvalidInput
from app.domain.narratives.activity import NarrativeState
from app.domain.narratives.summaries import NarrativeSort
from app.domain.search.snippets import query_terms
from app.domain.statements.statements import Narrative, NarrativeDraft
from app.schemas.faults import validated
from app.schemas.fields import QueryText
from app.schemas.narratives import NarrativeIn, NarrativePatch
from app.services import Services
from app.services.narratives.browse_narratives import LISTED
from app.services.narratives.ports import NarrativeFilter
from app.services.narratives.tag_narratives import LONGEST_TAG
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.narratives.sparkline import sparkline
from app.web.pages.rendering import render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value
from app.web.pages.statements.archive_query import PAGE

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]


class NarrativesQuery(BaseModel):
    """The parameters of a list's address."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: Annotated[QueryText, Field(max_length=500)] = ""
    sort: NarrativeSort = "last"
    view: Literal["list", "tree"] = "list"
    state: Literal["", NarrativeState] = ""
    tag: Annotated[QueryText, Field(max_length=LONGEST_TAG)] = ""
    followed: Literal["", "on"] = ""
    page: Annotated[int, Field(ge=1, le=2_000)] = 1

    @property
    def filtered(self) -> bool:
        """True if a filter is set."""
        return bool(self.q or self.state or self.tag or self.followed)

    def address(self, **changes: str | int) -> str:
        """The address with these changes, and with no more in it than it needs; a new filter begins at page 1."""
        values = {**self.model_dump(), "page": 1, **changes}
        usual = {name: described.default for name, described in NarrativesQuery.model_fields.items()}
        changed = {name: value for name, value in values.items() if value != usual[name]}
        return "/narratives" + (f"?{urlencode(changed)}" if changed else "")


@router.get("/narratives")
def narratives_page(
    request: Request, services: TheServices, reader: AReader, query: Annotated[NarrativesQuery, Query()]
) -> Response:
    """Narratives with their activity of late, or those at the top with what is below them."""
    if query.view == "tree" and not query.q:
        return _tree(request, services, reader, query)
    filters = NarrativeFilter(
        words=query_terms(query.q), sort=query.sort, followed=query.followed == "on", tag=query.tag
    )
    state = query.state or None
    found = services.browse_narratives.overview(filters, state, query.page, reader.account)
    return render(
        request,
        "narratives/list.html",
        part="results",
        active="narratives",
        query=query,
        found=found,
        warned=services.judge_warnings.count_open(reader.organisation),
        branches=(),
        sparkline=sparkline,
        more=found.total > query.page * LISTED,
    )


def _tree(request: Request, services: Services, reader: SignedIn, query: NarrativesQuery) -> Response:
    filters = NarrativeFilter(top=True, sort=query.sort)
    branches = services.browse_narratives.tree(filters, (query.page - 1) * PAGE, PAGE + 1, reader.organisation)
    return render(
        request,
        "narratives/list.html",
        part="results",
        active="narratives",
        query=query,
        found=None,
        warned=services.judge_warnings.count_open(reader.organisation),
        branches=branches[:PAGE],
        more=len(branches) > PAGE,
    )


@router.get("/narratives/new")
def new_page(request: Request, analyst: AnAnalyst, title: QueryText = "", parent: QueryText = "") -> Response:
    """The form for a new narrative."""
    return _form(request, None, {"title": title[:500], "parent": parent[:500]})


@router.post("/narratives/new")
def create(request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Records it; where there is one with this title already, that one is shown."""
    values = archive_forms.form_values(fields)
    try:
        body = validated(NarrativeIn, {**_body(fields), "private": single_value(fields, "private") == "on"})
        owner = analyst.organisation.key if body.private else None
        draft = NarrativeDraft(body.title, None, body.description, body.parent, owner)
        narrative, new = services.edit_narrative.record(
            draft, analyst.organisation, curator=is_curator(analyst.account)
        )
    except InvalidInput as error:
        return _form(request, None, values, errors=archive_forms.messages(request, error), status=422)
    return _redirect(narrative.id, flash.Notice("narrative-created" if new else "narrative-known"))


@router.get("/narratives/{narrative_id}/edit")
def edit_page(narrative_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst) -> Response:
    """The form for title, description and parent."""
    narrative = services.edit_narrative.get(narrative_id, analyst.organisation)
    return _form(request, narrative, _values(narrative))


@router.post("/narratives/{narrative_id}/edit")
def edit(narrative_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Changes a narrative, unless it was changed since the form was opened: then both versions are shown."""
    narrative = services.edit_narrative.get(narrative_id, analyst.organisation)
    values = archive_forms.form_values(fields)
    try:
        body = validated(NarrativePatch, _body(fields))
        changes = {name: getattr(body, name) for name in body.model_fields_set}
        if narrative.parent and body.parent == narrative.parent.title:
            changes["parent"] = narrative.parent.id
        services.edit_narrative.change(
            narrative_id,
            changes,
            analyst.organisation,
            by=analyst.reviewer,
            seen=single_value(fields, "seen") or None,
            curator=is_curator(analyst.account),
        )
    except InvalidInput as error:
        return _form(request, narrative, values, errors=archive_forms.messages(request, error), status=422)
    except EditConflict:
        stored = [(name, value) for name, value in _values(narrative).items() if value != values.get(name, "")]
        return _form(request, narrative, values, stored=stored, status=409)
    latest = next(iter(services.reorganise_narratives.changes(narrative_id, analyst.organisation)), None)
    undo = f"/narratives/changes/{latest.id}/undo" if latest and latest.kind == "edited" else None
    return _redirect(narrative_id, flash.Notice("narrative-edited", undo=undo))


def _body(fields: dict[str, list[str]]) -> dict[str, str | None]:
    return {
        "title": single_value(fields, "title"),
        "description": single_value(fields, "description") or None,
        "parent": single_value(fields, "parent") or None,
    }


def _values(narrative: Narrative) -> dict[str, str]:
    return {
        "title": narrative.title,
        "description": narrative.description or "",
        "parent": narrative.parent.title if narrative.parent else "",
    }


def _form(
    request: Request,
    narrative: Narrative | None,
    values: dict[str, str],
    *,
    errors: dict[str, str] | None = None,
    stored: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> Response:
    return render(
        request,
        "narratives/form.html",
        status=status,
        active="narratives",
        narrative=narrative,
        values=values,
        errors=errors or {},
        stored=stored,
        seen=values.get("seen", "") if errors or narrative is None else narrative.version,
    )


def _redirect(narrative_id: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(f"/narratives/{narrative_id}", 303)
    flash.set_notice(answer, notice)
    return answer
