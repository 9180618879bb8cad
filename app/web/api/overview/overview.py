"""`/v1/overview`: what came to the desk, what waits, and what moves."""

from fastapi import APIRouter

from app.schemas.overview import OverviewOut
from app.web.api.answers import answers
from app.web.deps import MayRead, TheServices
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/overview", tags=["overview"], route_class=JsonRoute)


@router.get("", operation_id="getOverview", responses=answers(401, 403))
def get_overview(services: TheServices, key: MayRead) -> OverviewOut:
    """Returns the figures of the desk's first page: of the organisation's flags, and of the narratives that it sees."""
    return OverviewOut.of(services.read_overview(key.organisation))
