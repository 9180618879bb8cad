"""Decisions about several flags of the queue at once, and the undo of each such gesture."""

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from fastapi import Form, Request
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput
from app.schemas.desk import AssignmentIn, BulkReviewIn
from app.schemas.faults import validated
from app.services.desk.review_many import MOST_AT_ONCE
from app.web.deps import TheServices
from app.web.pages.access.session import AnAnalyst, pages
from app.web.pages.desk.queue import TheAddress
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pages.desk.reasons import Reason
from app.web.pages.flash import Notice, Tone, set_notice
from app.web.pages.rendering import messages_of

router = pages()
Gesture = Literal["confirmed", "dismissed", "archived", "filed"]
"""`archived`: confirmed, and archived under the precedent's narratives; `filed`: under one that is named."""

_LONGEST_CHOICE: Final = 5_000
TheFlags = Annotated[list[Annotated[str, Form(max_length=_LONGEST_CHOICE)]] | None, Form()]


@router.post("/bulk-reviews")
def review_many(
    request: Request,
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    flag: TheFlags = None,
    verdict: Annotated[Gesture, Form()] = "dismissed",
    picked: Annotated[Reason | None, Form()] = None,
    reason: Annotated[str, Form()] = "",
    narrative: Annotated[str, Form()] = "",
) -> Response:
    """Decides about every flag that was selected, and says what came of it."""
    chosen = _chosen(flag or ())
    if (refusal := _refusal(chosen)) or (verdict == "filed" and not narrative.strip()):
        return _back(address, refusal or Notice("queue-narrative-missing", tone="bad"))
    gesture: Gesture = "dismissed" if picked else verdict
    if picked:
        reason = messages_of(request).format_message(f"flag-reason-{picked}")
    typed = {
        "reason": reason if gesture == "dismissed" else "",
        "narrative": narrative if gesture == "filed" else "",
    }
    body = validated(
        BulkReviewIn,
        {
            "flags": chosen,
            "verdict": "dismissed" if gesture == "dismissed" else "confirmed",
            "archive": gesture in ("archived", "filed"),
            **{name: value for name, value in typed.items() if value.strip()},
        },
    )
    made = services.review_many(
        analyst.organisation,
        analyst.reviewer,
        [one.chosen() for one in body.flags],
        body.verdict,
        body.reason,
        archive=body.archive,
        narrative=body.narrative,
    )
    shown = "archived" if gesture == "filed" else gesture
    undo = address.here(f"/bulk-reviews/{made.batch}/undo")
    return _back(address, _notice(f"queue-many-{shown}", len(made.done), len(made.refused), undo))


@router.post("/bulk-reviews/{batch}/undo")
def undo_reviews(batch: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Takes all decisions of one gesture back."""
    flags = services.review_many.undo(analyst.organisation, analyst.reviewer, batch)
    return _back(address, Notice("queue-many-undone", {"n": len(flags)}, tone="plain"))


@router.post("/bulk-assignments")
def assign_many(
    services: TheServices,
    analyst: AnAnalyst,
    address: TheAddress,
    flag: TheFlags = None,
    to: Annotated[str, Form()] = "",
) -> Response:
    """Assigns every flag that was selected; an empty `to` removes their assignments."""
    chosen = _chosen(flag or ())
    if refusal := _refusal(chosen):
        return _back(address, refusal)
    body = validated(BulkReviewIn, {"flags": chosen, "verdict": "confirmed"})
    made = services.assign_many(
        analyst.organisation,
        analyst.reviewer,
        [one.chosen() for one in body.flags],
        validated(AssignmentIn, {"to": to or None}).to,
    )
    undo = address.here(f"/bulk-assignments/{made.batch}/undo")
    if made.to is None:
        return _back(address, _notice("queue-many-unassigned", len(made.done), len(made.refused), undo))
    name = {"name": made.to.name}
    return _back(address, _notice("queue-many-assigned", len(made.done), len(made.refused), undo, name))


@router.post("/bulk-assignments/{batch}/undo")
def undo_assignments(batch: str, services: TheServices, analyst: AnAnalyst, address: TheAddress) -> Response:
    """Gives the flags of one gesture back to whom they were assigned before."""
    flags = services.assign_many.undo(analyst.organisation, analyst.reviewer, batch)
    return _back(address, Notice("queue-many-given-back", {"n": len(flags)}, tone="plain"))


def _chosen(raw: Sequence[str]) -> list[dict[str, str | int]]:
    """Ids and versions of flags; one value names those of a group, with a comma between. Raises `InvalidInput`."""
    found: dict[str, int] = {}
    for one in (part for value in raw for part in value.split(",")):
        flag_id, _, version = one.rpartition(":")
        if not flag_id or not version.isascii() or not version.isdecimal() or len(version) > 9:
            raise InvalidInput.at("/flag", "is none of this list's")
        found[flag_id] = int(version)
    return [{"id": flag_id, "expected_version": version} for flag_id, version in found.items()]


def _refusal(chosen: Sequence[object]) -> Notice | None:
    if not chosen:
        return Notice("queue-none-selected", tone="bad")
    if len(chosen) > MOST_AT_ONCE:
        return Notice("queue-too-many", {"n": len(chosen), "most": MOST_AT_ONCE}, tone="bad")
    return None


def _notice(message: str, done: int, refused: int, undo: str, named: dict[str, str] | None = None) -> Notice:
    counts: dict[str, str | int] = {"n": done, **(named or {}), **({"refused": refused} if refused else {})}
    tone: Tone = "bad" if refused else "good"
    return Notice(f"{message}-some" if refused else message, counts, tone, undo if done else None)


def _back(address: FlagListQuery, notice: Notice) -> Response:
    """Back to the page of the list that the gesture was made on."""
    answer = RedirectResponse(address.here("/"), 303)
    set_notice(answer, notice)
    return answer
