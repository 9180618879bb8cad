"""Changes of a narrative: merging, moving, splitting, undoing, counter-examples, tags, and following it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.access.contributors import is_curator
from app.domain.core.errors import Conflict, InvalidInput
from app.domain.narratives.changes import NarrativeChange
from app.domain.statements.statements import LONGEST_NAME
from app.schemas.counter_examples import CounterExampleIn
from app.schemas.faults import validated
from app.schemas.narratives import NarrativeIn
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, pages
from app.web.pages.statements import archive_forms
from app.web.pages.statements.archive_forms import AnId, single_value

router = pages()

Fields = Annotated[dict[str, list[str]], Depends(archive_forms.sent_fields)]


@router.post("/narratives/changes/{change_id}/undo")
def undo(change_id: AnId, services: TheServices, analyst: AnAnalyst) -> Response:
    """Undoes a change of a narrative, unless something later stands in its way."""
    try:
        change = services.reorganise_narratives.undo(
            change_id, analyst.organisation, analyst.reviewer, curator=is_curator(analyst.account)
        )
    except Conflict:
        return _redirect_to("/narratives", flash.Notice("narrative-undo-refused", tone="bad"))
    return _redirect(change.narrative.id, flash.Notice(f"narrative-undone-{change.kind}"))


@router.post("/narratives/{narrative_id}/merge")
def merge(narrative_id: AnId, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Merges it into another, which is shown."""
    into = single_value(fields, "into")[:LONGEST_NAME]
    curator = is_curator(analyst.account)
    return _changed(
        narrative_id,
        lambda: services.reorganise_narratives.merge(
            narrative_id, into, analyst.organisation, analyst.reviewer, curator=curator
        ),
    )


@router.post("/narratives/{narrative_id}/move")
def move(narrative_id: AnId, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Moves the chosen statements to another narrative."""
    into = single_value(fields, "into")[:LONGEST_NAME]
    chosen = fields.get("statements", [])
    curator = is_curator(analyst.account)
    return _changed(
        narrative_id,
        lambda: services.reorganise_narratives.move(
            narrative_id, chosen, into, analyst.organisation, analyst.reviewer, curator=curator
        ),
        chosen=len(chosen),
    )


@router.post("/narratives/{narrative_id}/split")
def split(narrative_id: AnId, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Makes a new narrative of the chosen statements."""
    chosen = fields.get("statements", [])
    curator = is_curator(analyst.account)

    def change() -> NarrativeChange:
        title = validated(NarrativeIn, {"title": single_value(fields, "title")}).title
        return services.reorganise_narratives.split(
            narrative_id, chosen, title, analyst.organisation, analyst.reviewer, curator=curator
        )

    return _changed(narrative_id, change, chosen=len(chosen))


@router.post("/narratives/{narrative_id}/follow")
def follow(narrative_id: AnId, services: TheServices, reader: AReader) -> Response:
    """Follows it."""
    ref = services.follow_narratives.follow(reader.account, narrative_id)
    return _redirect(ref.id, flash.Notice("narrative-followed", undo=f"/narratives/{ref.id}/unfollow"))


@router.post("/narratives/{narrative_id}/unfollow")
def unfollow(narrative_id: AnId, services: TheServices, reader: AReader) -> Response:
    """Follows it no more."""
    ref = services.follow_narratives.unfollow(reader.account, narrative_id)
    return _redirect(ref.id, flash.Notice("narrative-unfollowed", undo=f"/narratives/{ref.id}/follow"))


@router.post("/narratives/{narrative_id}/tags")
def add_tag(narrative_id: AnId, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Adds a tag."""
    try:
        tag = services.tag_narratives.add(analyst.organisation, narrative_id, single_value(fields, "tag"))
    except (InvalidInput, Conflict):
        return _redirect(narrative_id, flash.Notice("narrative-tag-refused", tone="bad"))
    return _redirect(narrative_id, flash.Notice("narrative-tagged", {"tag": tag}))


@router.post("/narratives/{narrative_id}/tags/remove")
def remove_tag(narrative_id: AnId, services: TheServices, analyst: AnAnalyst, fields: Fields) -> Response:
    """Removes a tag."""
    tag = single_value(fields, "tag")
    services.tag_narratives.remove(analyst.organisation, narrative_id, tag)
    return _redirect(narrative_id, flash.Notice("narrative-untagged", {"tag": tag[:100]}))


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


_REFUSALS = {
    "/into": "narrative-refused-into",
    "/title": "narrative-refused-title",
    "/statements": "narrative-refused-statements",
}


def _changed(narrative_id: str, change: Callable[[], NarrativeChange], chosen: int = 0) -> Response:
    """Answer to a change: where statements went to, with the undo, or why not."""
    try:
        done = change()
    except InvalidInput as error:
        field = next((one.pointer for one in error.errors if one.pointer in _REFUSALS), "/into")
        return _redirect(narrative_id, flash.Notice(_REFUSALS[field or "/into"], tone="bad"))
    values: dict[str, str | int] = {"count": done.count, "title": done.other.title[:200] if done.other else ""}
    message = f"narrative-done-{done.kind}"
    if chosen > done.count:
        message, values["left"] = "narrative-done-partly", chosen - done.count
    place = done.other.id if done.kind == "merged" and done.other else narrative_id
    return _redirect(place, flash.Notice(message, values, undo=f"/narratives/changes/{done.id}/undo"))


def _redirect(narrative_id: str, notice: flash.Notice) -> Response:
    return _redirect_to(f"/narratives/{narrative_id}", notice)


def _redirect_to(address: str, notice: flash.Notice) -> Response:
    answer = RedirectResponse(address, 303)
    flash.set_notice(answer, notice)
    return answer
