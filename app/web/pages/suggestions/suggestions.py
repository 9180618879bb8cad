"""Suggested narratives: the list, one with its statements, and what an analyst decides about it."""

from collections.abc import Sequence
from typing import Annotated, Final

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import Conflict, InvalidInput, NotFound
from app.domain.jobs.background_runs import RunKind
from app.domain.suggestions.suggestions import GROUPING, OfferedGroup
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.rendering import render
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]
_SHOWN: Final = 100
_REFUSED: Final = 50
_LONGEST_TITLE: Final = 120
"""Characters of the proposed title, which is cut at a word."""


@router.get("/suggestions")
def suggestions_page(request: Request, services: TheServices, reader: AReader) -> Response:
    """All groups that are offered, the run that makes them, and what was refused."""
    run = services.archive_runs.get(RunKind.SUGGESTIONS)
    if (
        request.headers.get("hx-target") == "run" and not run.going_on
    ):  # the page asks for progress, and there is no more of it
        return Response(headers={"HX-Refresh": "true"})
    groups = services.decide_suggestion.find(reader.organisation)
    return render(
        request,
        "suggestions/list.html",
        part="run",
        active="narratives",
        run=run,
        grouping=GROUPING,
        groups=groups[:_SHOWN],
        count=len(groups),
        refused=services.decide_suggestion.refused(reader.organisation, _REFUSED),
        strength_of=lambda group: _strength(services, group),
    )


@router.post("/suggestions/run")
def run(services: TheServices, analyst: AnAnalyst) -> Response:
    """Has the archive looked through again."""
    services.archive_runs.request(RunKind.SUGGESTIONS)
    return _redirect("/suggestions", flash.Notice("suggestions-run-requested", tone="plain"))


@router.get("/suggestions/{suggestion_id}")
def suggestion_page(suggestion_id: AnId, request: Request, services: TheServices, reader: AReader) -> Response:
    """One group, with the form that makes a narrative of it."""
    return _page(request, services, reader, suggestion_id)


@router.post("/suggestions/{suggestion_id}/accept")
def accept(
    suggestion_id: AnId, request: Request, services: TheServices, analyst: AnAnalyst, fields: Fields
) -> Response:
    """Makes a narrative of the chosen statements, and goes on to the next group."""
    following = _following(services, analyst, suggestion_id)
    title, chosen = single_value(fields, "title"), fields.get("members", [])
    try:
        accepted = services.decide_suggestion.accept(
            suggestion_id,
            title,
            frozenset(chosen),
            analyst.organisation,
            analyst.reviewer,
            curator=is_curator(analyst.account),
        )
    except InvalidInput as error:
        wrong = frozenset((fault.pointer or "").strip("/") for fault in error.errors)
        return _page(request, services, analyst, suggestion_id, title=title[:1_000], chosen=chosen, wrong=wrong)
    except Conflict:
        return _redirect(following, flash.Notice("suggestions-decided", tone="bad"))
    said = flash.Notice(
        "suggestions-accepted" if accepted.made else "suggestions-filed",
        {"title": accepted.narrative.title, "count": accepted.filed},
        undo=f"/suggestions/{suggestion_id}/reopen",
    )
    return _redirect(following, said)


@router.post("/suggestions/{suggestion_id}/reopen")
def reopen(suggestion_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Takes an acceptance back."""
    services.decide_suggestion.reopen(suggestion_id, analyst.organisation, analyst.reviewer)
    return _redirect(f"/suggestions/{suggestion_id}", flash.Notice("suggestions-reopened", tone="plain"))


@router.post("/suggestions/{suggestion_id}/refuse")
def refuse(suggestion_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Has a group not offered again, and goes on to the next."""
    following = _following(services, analyst, suggestion_id)
    try:
        refusal_id = services.decide_suggestion.refuse(suggestion_id, analyst.organisation)
    except NotFound:
        return _redirect(following, flash.Notice("suggestions-decided", tone="bad"))
    return _redirect(
        following, flash.Notice("suggestions-refused", undo=f"/suggestions/refusals/{refusal_id}/withdraw")
    )


@router.post("/suggestions/refusals/{refusal_id}/withdraw")
def withdraw_refusal(refusal_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Has a refused group offered again."""
    services.decide_suggestion.withdraw_refusal(refusal_id, analyst.organisation)
    return _redirect("/suggestions", flash.Notice("suggestions-offered-again", tone="plain"))


def _page(
    request: Request,
    services: Services,
    reader: SignedIn,
    suggestion_id: str,
    *,
    title: str | None = None,
    chosen: Sequence[str] | None = None,
    wrong: frozenset[str] = frozenset(),
) -> Response:
    group = services.decide_suggestion.get(suggestion_id, reader.organisation, curator=is_curator(reader.account))
    ids = [one.suggestion.id for one in services.decide_suggestion.find(reader.organisation)]
    at = ids.index(suggestion_id) if suggestion_id in ids else None
    may_file = [one.id for one in group.statements if one.key not in group.foreign]
    return render(
        request,
        "suggestions/suggestion.html",
        status=422 if wrong else 200,
        active="narratives",
        group=group,
        strength=_strength(services, group),
        title=_title(group) if title is None else title,
        chosen=frozenset(may_file if chosen is None else chosen),
        wrong=wrong,
        at=at,
        count=len(ids),
        before=ids[at - 1] if at else None,
        after=ids[at + 1] if at is not None and at + 1 < len(ids) else None,
    )


def _following(services: Services, analyst: SignedIn, suggestion_id: str) -> str:
    """Address of the group after this one, or of the list where it is the last."""
    ids = [one.suggestion.id for one in services.decide_suggestion.find(analyst.organisation)]
    at = ids.index(suggestion_id) + 1 if suggestion_id in ids else len(ids)
    return f"/suggestions/{ids[at]}" if at < len(ids) else "/suggestions"


def _strength(services: Services, group: OfferedGroup) -> str:
    """Strength of a group in a word, by the cut-offs of the scoring in force."""
    if group.suggestion.strength >= services.policy.flag_at:
        return "strong"
    return "fair" if group.suggestion.strength >= services.policy.same_script_at else "loose"


def _title(group: OfferedGroup) -> str:
    """Proposed title: the headline, up to a word."""
    headline = " ".join(group.headline.split())
    if len(headline) <= _LONGEST_TITLE:
        return headline
    return f"{headline[:_LONGEST_TITLE].rsplit(' ', 1)[0]}…"


def _redirect(path: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(path, 303)
    flash.set_notice(answer, notice)
    return answer
