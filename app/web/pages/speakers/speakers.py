"""Speakers and outlets: their lists, a page each, and names of speakers that are taken for one."""

from typing import Annotated, Any, Final

from fastapi import Form, Path, Query, Request
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from app.domain.core.errors import InvalidInput
from app.domain.search.snippets import query_terms
from app.domain.speakers.speakers import NameKind, NameSort
from app.schemas.fields import QueryText
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.narratives.sparkline import sparkline
from app.web.pages.rendering import render

router = pages()

PAGE: Final = 50
_SUGGESTED: Final = 20
_PLACES: Final[dict[NameKind, str]] = {"speaker": "/speakers", "outlet": "/outlets"}
AKey = Annotated[int, Path(ge=1, le=2**62)]
AName = Annotated[QueryText, Query(max_length=500)]
SentKey = Annotated[int, Form(ge=1, le=2**62)]


class NamesQuery(BaseModel):
    """The parameters of a list's address."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: Annotated[QueryText, Field(max_length=500)] = ""
    sort: NameSort = "count"
    page: Annotated[int, Field(ge=1, le=2_000)] = 1


AQuery = Annotated[NamesQuery, Query()]


@router.get("/speakers")
def speakers_page(request: Request, services: TheServices, reader: AReader, query: AQuery) -> Response:
    """All speakers, and names that may be those of one."""
    suggestions = services.browse_speakers.suggestions(reader.organisation, _SUGGESTED)
    return _list(request, services, reader, "speaker", query, suggestions=suggestions)


@router.get("/outlets")
def outlets_page(request: Request, services: TheServices, reader: AReader, query: AQuery) -> Response:
    """All outlets."""
    return _list(request, services, reader, "outlet", query, suggestions=[])


@router.get("/speakers/named")
def speaker_named(services: TheServices, reader: AReader, name: AName) -> Response:
    """Leads to the page of the speaker of this name."""
    return _to_named(services, reader, "speaker", name)


@router.get("/outlets/named")
def outlet_named(services: TheServices, reader: AReader, name: AName) -> Response:
    """Leads to the page of the outlet of this name."""
    return _to_named(services, reader, "outlet", name)


@router.get("/speakers/{key}")
def speaker_page(key: AKey, request: Request, services: TheServices, reader: AReader) -> Response:
    """One speaker with all of its names; an alias leads to the speaker whose it is."""
    return _one(request, services, reader, "speaker", key)


@router.get("/outlets/{key}")
def outlet_page(key: AKey, request: Request, services: TheServices, reader: AReader) -> Response:
    """One outlet."""
    return _one(request, services, reader, "outlet", key)


@router.post("/speakers/merge")
def merge(services: TheServices, analyst: AnAnalyst, speaker: SentKey, into: SentKey) -> Response:
    """Takes a suggestion up: the two names are one speaker's."""
    try:
        services.merge_speakers.merge(speaker, into, analyst.organisation, analyst.reviewer)
    except InvalidInput:
        return _redirect("/speakers", flash.Notice("speakers-merge-refused", tone="bad"))
    return _redirect(f"/speakers/{into}", flash.Notice("speakers-merged", undo=f"/speakers/{speaker}/separate"))


@router.post("/speakers/{key}/aliases")
def add_alias(
    key: AKey, services: TheServices, analyst: AnAnalyst, name: Annotated[str, Form(max_length=500)] = ""
) -> Response:
    """Adds another name of a speaker, which others have said things under."""
    matches = services.browse_speakers.find("speaker", (name.strip(),), "count", 0, 50, analyst.organisation)
    known = next((line.ref.key for line in matches if line.ref.name == name.strip()), None)
    if known is None or known == key:
        return _redirect(f"/speakers/{key}", flash.Notice("speakers-alias-unknown", tone="bad"))
    return merge(services, analyst, known, key)


@router.post("/speakers/{key}/separate")
def separate(key: AKey, services: TheServices, analyst: AnAnalyst) -> Response:
    """Makes an alias a speaker of its own again."""
    detail, _ = services.browse_speakers.get("speaker", key, analyst.organisation)
    services.merge_speakers.separate(key, analyst.organisation)
    return _redirect(f"/speakers/{detail.line.ref.key}", flash.Notice("speakers-separated"))


@router.post("/speakers/refuse")
def refuse(services: TheServices, analyst: AnAnalyst, speaker: SentKey, into: SentKey) -> Response:
    """Refuses a suggestion, which does not come again."""
    services.merge_speakers.refuse(speaker, into, analyst.organisation, analyst.reviewer)
    undo = f"/speakers/{speaker}/suggest/{into}"
    return _redirect("/speakers", flash.Notice("speakers-refused", undo=undo))


@router.post("/speakers/{key}/suggest/{other}")
def suggest_again(key: AKey, other: AKey, services: TheServices, analyst: AnAnalyst) -> Response:
    """Takes a refusal back."""
    services.merge_speakers.accept_again(key, other, analyst.organisation)
    return _redirect("/speakers", flash.Notice("speakers-suggested-again"))


def _to_named(services: Services, reader: SignedIn, kind: NameKind, name: str) -> Response:
    key = services.browse_speakers.key_of(kind, name, reader.organisation)
    return RedirectResponse(f"{_PLACES[kind]}/{key}", 303)


def _list(
    request: Request, services: Services, reader: SignedIn, kind: NameKind, query: NamesQuery, **more: Any
) -> Response:
    skipped, viewer = (query.page - 1) * PAGE, reader.organisation
    found = services.browse_speakers.find(kind, query_terms(query.q), query.sort, skipped, PAGE + 1, viewer)
    return render(
        request,
        "speakers/list.html",
        part="results",
        active="narratives",
        kind=kind,
        place=_PLACES[kind],
        query=query,
        lines=found[:PAGE],
        more=len(found) > PAGE,
        sparkline=sparkline,
        **more,
    )


def _one(request: Request, services: Services, reader: SignedIn, kind: NameKind, key: int) -> Response:
    detail, statements = services.browse_speakers.get(kind, key, reader.organisation)
    if detail.line.ref.key != key:
        return RedirectResponse(f"{_PLACES[kind]}/{detail.line.ref.key}", 302)
    services.view_log.note("statements.listed", "statement", count=len(statements))
    return render(
        request,
        "speakers/one.html",
        active="narratives",
        kind=kind,
        place=_PLACES[kind],
        detail=detail,
        line=detail.line,
        statements=statements,
        sparkline=sparkline,
    )


def _redirect(address: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(address, 303)
    flash.set_notice(answer, notice)
    return answer
