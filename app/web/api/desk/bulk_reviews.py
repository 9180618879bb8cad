"""`/v1/bulk-reviews`: one decision about many flags, taken back in one."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from app.domain.checks.reviews import Actor, Decision
from app.services.desk.review_many import MOST_AT_ONCE, Chosen
from app.web.api.answers import answers
from app.web.api.desk.flag_schemas import ReviewedOut
from app.web.api.fields import Name, Prose, Shown, Strict, example, whole
from app.web.deps import MayReview, TheServices
from app.web.json_route import JsonRoute
from app.web.problems import Problem, problem_of

router = APIRouter(prefix="/bulk-reviews", tags=["flags"], route_class=JsonRoute)


class ChosenIn(Strict):
    """Flag to be reviewed."""

    id: str = Field(min_length=1, max_length=100)
    expected_version: Annotated[int, Field(ge=0, lt=2**31), whole] | None = Field(
        None, description="The flag's version that was looked at; one at another version is refused."
    )

    def chosen(self) -> Chosen:
        return Chosen(self.id, self.expected_version)


class BulkReviewIn(Strict):
    """Decision on several flags: the best match of each is confirmed, or all matches are dismissed."""

    model_config = example(
        flags=[{"id": "5c1b2c5e-6a6f-4d7e-9a63-0d3b6f0f7a11"}], verdict="dismissed", reason="An exercise, announced."
    )

    flags: list[ChosenIn] = Field(min_length=1, max_length=MOST_AT_ONCE)
    verdict: Decision
    reason: Prose | None = None
    archive: bool = Field(False, description="Put the checked statements into the archive; only with confirmed.")
    narrative: Name | None = Field(
        None, description="Where to file them: id, external id or title. Default: each precedent's narratives."
    )


class RefusedOut(Shown):
    """A flag that was left as it was, and why."""

    flag_id: str
    problem: Problem


class BulkReviewedOut(Shown):
    """Result of a bulk review."""

    id: str = Field(description="Takes all of it back.")
    done: Sequence[ReviewedOut]
    refused: Sequence[RefusedOut]


@router.post("", status_code=201, operation_id="reviewFlags", responses=answers(400, 401, 403, 413, 422))
def review_flags(body: BulkReviewIn, services: TheServices, key: MayReview) -> BulkReviewedOut:
    """Decides about each flag by itself: one that is refused does not hold up the rest."""
    made = services.review_many(
        key.organisation,
        Actor(key.id, key.name),
        [chosen.chosen() for chosen in body.flags],
        body.verdict,
        body.reason,
        archive=body.archive,
        narrative=body.narrative,
    )
    return BulkReviewedOut(
        id=made.batch,
        done=[ReviewedOut.of(reviewed.review, reviewed.flag) for reviewed in made.done],
        refused=[RefusedOut(flag_id=flag_id, problem=problem_of(error)) for flag_id, error in made.refused],
    )


@router.delete("/{bulk_review_id}", status_code=204, operation_id="undoBulkReview", responses=answers(401, 403, 404))
def undo_bulk_review(bulk_review_id: str, services: TheServices, key: MayReview) -> None:
    """Undoes every effective review of a bulk review, with its effects on the archive. Repeating it is no error."""
    services.review_many.undo(key.organisation, Actor(key.id, key.name), bulk_review_id)
