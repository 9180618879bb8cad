"""Narratives: the list and the tree of them, and one with its plot, its members and its counter-examples."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import EditConflict, InvalidInput
from app.domain.narratives.summaries import NarrativeSort
from app.domain.search.snippets import query_terms
from app.domain.statements.statements import Narrative, NarrativeDraft
from app.language.explanation.sentences import outcomes_sentence
from app.schemas.counter_examples import CounterExampleIn
from app.schemas.faults import validated
from app.schemas.fields import QueryText
from app.schemas.narratives import NarrativeIn, NarrativePatch
from app.services.narratives.browse_narratives import Branch
from app.services.narratives.ports import NarrativeFilter
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, pages
from app.web.pages.narratives.timeline_plot import plot_of
from app.web.pages.rendering import messages_of, render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value
from app.web.pages.statements.archive_query import PAGE

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]
APage = Annotated[int, Query(ge=1, le=2_000)]


class NarrativesQuery(BaseModel):
    """The parameters of a list's address."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: Annotated[QueryText, Field(max_length=500)] = ""
    sort: NarrativeSort = "last"
    view: Literal["list", "tree"] = "list"
    page: Annotated[int, Field(ge=1, le=2_000)] = 1


@router.get("/narratives")
def narratives_page(
    request: Request, services: TheServices, reader: AReader, query: Annotated[NarrativesQuery, Query()]
) -> Response:
    """All narratives, or those at the top with what is below them."""
    tree = query.view == "tree" and not query.q
    filters = NarrativeFilter(words=query_terms(query.q), top=tree, sort=query.sort)
    skipped = (query.page - 1) * PAGE
    if tree:
        found = services.browse_narratives.tree(filters, skipped, PAGE + 1, reader.organisation)
    else:
        lines = services.browse_narratives.find(filters, skipped, PAGE + 1, reader.organisation)
        found = [Branch(line, ()) for line in lines]
    return render(
        request,
        "narratives/list.html",
        part="results",
        active="narratives",
        query=query,
        tree=tree,
        branches=found[:PAGE],
        more=len(found) > PAGE,
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


@router.get("/narratives/{narrative_id}")
def narrative_page(
    narrative_id: AnId, request: Request, services: TheServices, reader: AReader, page: APage = 1
) -> Response:
    """Shows a narrative with its timeline."""
    past = services.browse_narratives.get(narrative_id, page, PAGE, reader.organisation)
    phrases = messages_of(request)
    tally = past.timeline.predictions
    return render(
        request,
        "narratives/narrative.html",
        part="members",
        active="narratives",
        past=past,
        narrative=past.timeline.narrative,
        entries=past.timeline.entries[::-1],
        roles=past.timeline.variable_roles,
        tally=tally,
        ledger=outcomes_sentence(phrases, tally) if tally.count else None,
        plot=plot_of(past.points, past.periods, phrases),
        page=page,
        first=(page - 1) * PAGE + 1,
        more=past.count > page * PAGE,
    )


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
            seen=single_value(fields, "seen") or None,
            curator=is_curator(analyst.account),
        )
    except InvalidInput as error:
        return _form(request, narrative, values, errors=archive_forms.messages(request, error), status=422)
    except EditConflict:
        stored = [(name, value) for name, value in _values(narrative).items() if value != values.get(name, "")]
        return _form(request, narrative, values, stored=stored, status=409)
    return _redirect(narrative_id, flash.Notice("narrative-edited"))


@router.post("/narratives/{narrative_id}/counter-examples")
def add_counter_example(
    narrative_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields
) -> Response:
    """Adds a text that looks like the narrative and is not."""
    try:
        body = validated(CounterExampleIn, {"text": single_value(fields, "text")})
    except InvalidInput:
        return _redirect(narrative_id, flash.Notice("narrative-counter-refused", tone="bad"))
    services.edit_counter_examples.record(narrative_id, body.text, None, analyst.organisation, analyst.reviewer)
    return _redirect(narrative_id, flash.Notice("narrative-counter-added"))


@router.post("/narratives/{narrative_id}/counter-examples/{counter_example_id}/remove")
def remove_counter_example(
    narrative_id: AnId, counter_example_id: AnId, services: TheServices, analyst: AnAnalyst
) -> Response:
    """Removes one."""
    services.edit_counter_examples.remove(
        narrative_id, counter_example_id, analyst.organisation, curator=is_curator(analyst.account)
    )
    return _redirect(narrative_id, flash.Notice("narrative-counter-removed"))


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
