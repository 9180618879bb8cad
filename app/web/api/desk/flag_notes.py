"""`/v1/flags/{id}/notes` and `…/assignment`: notes on flags, and assignment."""

from fastapi import APIRouter

from app.domain.checks.reviews import Actor
from app.schemas.checks import ReviewerOut
from app.schemas.desk import AssignedOut, AssignmentIn, NoteIn, NoteList, NoteOut
from app.web.api.answers import answers
from app.web.deps import MayReview, MaySeeFlags, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/flags/{flag_id}", tags=["flags"], route_class=JsonRoute)


@router.get("/notes", operation_id="listFlagNotes", responses=answers(401, 403, 404, 422))
def list_notes(flag_id: str, services: TheServices, key: MaySeeFlags, page: ThePage) -> NoteList:
    """Lists the notes on a flag, the oldest first."""
    notes, cursor = page.part_of(services.annotate_flag.activity(key.organisation, flag_id).notes)
    return NoteList(items=[NoteOut.model_validate(note) for note in notes], next_cursor=cursor)


@router.post("/notes", status_code=201, operation_id="noteFlag", responses=answers(400, 401, 403, 404, 413, 422))
def note(flag_id: str, body: NoteIn, services: TheServices, key: MayReview) -> NoteOut:
    """Adds a note to a flag. It cannot be removed, and leaves the flag's version unchanged."""
    made = services.annotate_flag.note(key.organisation, Actor(key.id, key.name), flag_id, body.text)
    return NoteOut.model_validate(made)


@router.put("/assignment", operation_id="assignFlag", responses=answers(400, 401, 403, 404, 413, 422))
def assign(flag_id: str, body: AssignmentIn, services: TheServices, key: MayReview) -> AssignedOut:
    """Assigns a flag. It leaves the flag's version unchanged."""
    to = key.id if body.to == "me" else body.to
    flag = services.annotate_flag.assign(key.organisation, Actor(key.id, key.name), flag_id, to)
    return AssignedOut(assigned_to=ReviewerOut.model_validate(flag.assigned) if flag.assigned else None)
