"""`/v1/bulk-reviews`: one decision about many flags, taken back in one."""

from fastapi import APIRouter

from app.domain.checks.reviews import Actor
from app.schemas.desk import BulkReviewedOut, BulkReviewIn, RefusedOut
from app.schemas.flags import ReviewedOut
from app.web.api.answers import answers
from app.web.deps import MayReview, TheServices
from app.web.json_route import JsonRoute
from app.web.problems import problem_of

router = APIRouter(prefix="/bulk-reviews", tags=["flags"], route_class=JsonRoute)


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
