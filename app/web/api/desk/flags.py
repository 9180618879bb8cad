"""`/v1/flags`: what waits for an analyst, and what analysts decided."""

import re
from typing import Annotated, Literal

from fastapi import APIRouter, Header, Query, Request, Response

from app.domain.access.keys import Key
from app.domain.checks.reviews import Actor
from app.domain.checks.scoring import Tier
from app.domain.core.dates import parse_period
from app.domain.core.errors import InvalidInput
from app.domain.desk.flags import FlagState
from app.schemas.fields import QueryDate, QueryText
from app.schemas.flags import FlagCounts, FlagList, FlagOut, ReviewedOut, ReviewIn
from app.services.desk.ports import FlagFilter
from app.services.explanations.rephrase import check_in
from app.web.accept_language import CONTENT_LANGUAGE, TheReader
from app.web.api.answers import answers, known
from app.web.api.checks.checks import check_out
from app.web.api.languages import require_language_parameter
from app.web.deps import MayReview, MaySeeFlags, TheServices
from app.web.flag_cursor import decode_cursor, encode_cursor
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/flags", tags=["flags"], route_class=JsonRoute)

IfMatch = Annotated[
    str | None,
    Header(max_length=100, description="The flag's ETag that was looked at; another one is a 409. `*`: any."),
]

_KNOWN = known(ReviewedOut, "The same person decided the same before, and it stands.")
_ETAG = re.compile(r'(?:W/)?"([0-9]{1,9})"')


@router.get("", operation_id="listFlags", responses=answers(401, 403, 422))
def list_flags(
    request: Request,
    services: TheServices,
    key: MaySeeFlags,
    reader: TheReader,
    state: Annotated[FlagState | None, Query(description="Default: any.")] = None,
    tier: Annotated[Tier | None, Query(description="The closest tier among its matches.")] = None,
    narrative: Annotated[
        QueryText | None, Query(max_length=500, description="Id, external id or title of a precedent's narrative.")
    ] = None,
    speaker: Annotated[QueryText | None, Query(max_length=500)] = None,
    source: Annotated[QueryText | None, Query(max_length=500, description="Name of the outlet.")] = None,
    language: Annotated[QueryText | None, Query(max_length=35)] = None,
    said_from: Annotated[
        QueryDate | None, Query(alias="from", description="Said on this day or later; undated: checked.")
    ] = None,
    said_to: Annotated[
        QueryDate | None, Query(alias="to", description="Said on this day or earlier; undated: checked.")
    ] = None,
    q: Annotated[
        QueryText | None, Query(max_length=500, description="Words that occur in the text, or beginnings of them.")
    ] = None,
    assigned: Annotated[
        QueryText | None, Query(max_length=36, description="`me`, `nobody`, or the id of who is to look at it.")
    ] = None,
    sort: Annotated[
        Literal["newest", "score", "recurrence"], Query(description="Best score and most recurrences come first.")
    ] = "newest",
    limit: Annotated[int, Query(ge=1, le=100, description="Largest number of entries.")] = 20,
    cursor: Annotated[str | None, Query(max_length=100, description="The `next_cursor` of the page before.")] = None,
) -> FlagList:
    """The organisation's own flags, the newest first, and how many of them are in each state."""
    filters = FlagFilter(
        state=state,
        tier=tier,
        narrative=narrative,
        speaker=speaker,
        source=source,
        language=require_language_parameter(services, language),
        said_from=parse_period(said_from) if said_from else None,
        said_to=parse_period(said_to) if said_to else None,
        q=q,
        assigned=key.id if assigned == "me" else assigned,
    )
    after = decode_cursor(cursor, sort) if cursor else None
    found, counts = services.browse_flags.find(key.organisation, filters, sort, after, limit + 1)
    services.view_log.note("flags.listed", "flag", count=len(found[:limit]))
    phrases = services.texts.matching(reader)
    items = [FlagOut.of(check_out(request, check_in(flag.check, phrases)), flag) for _, flag in found[:limit]]
    following = encode_cursor(found[limit - 1][0], sort) if len(found) > limit else None
    return FlagList(items=items, next_cursor=following, counts=FlagCounts(**counts))


@router.get("/{flag_id}", operation_id="getFlag", responses=answers(401, 403, 404))
def get_flag(
    request: Request, flag_id: str, services: TheServices, key: MaySeeFlags, reader: TheReader, response: Response
) -> FlagOut:
    """Returns a flag with all its reviews; `ETag` is its version."""
    flag = services.browse_flags.get(key.organisation, flag_id)
    services.view_log.note("flag.viewed", "flag", flag_id)
    response.headers["ETag"] = f'"{flag.version}"'
    check = check_in(flag.check, services.texts.matching(reader))
    response.headers[CONTENT_LANGUAGE] = check.phrased_in
    return FlagOut.of(check_out(request, check), flag)


@router.post(
    "/{flag_id}/reviews",
    status_code=201,
    operation_id="reviewFlag",
    responses={**_KNOWN, **answers(400, 401, 403, 404, 409, 413, 422)},
)
def review_flag(
    flag_id: str,
    body: ReviewIn,
    services: TheServices,
    key: MayReview,
    response: Response,
    if_match: IfMatch = None,
) -> ReviewedOut:
    """Confirms or dismisses a match of any check of the organisation, or links a precedent found by hand."""
    expected = body.expected_version if body.expected_version is not None else _version(if_match)
    done = services.review_match(key.organisation, _by(key), flag_id, body.drafted(), expected)
    if not done.new:
        response.status_code = 200
    response.headers["ETag"] = f'"{done.flag.version}"'
    return ReviewedOut.of(done.review, done.flag)


@router.delete(
    "/{flag_id}/reviews/{review_id}",
    status_code=204,
    operation_id="undoReview",
    responses=answers(401, 403, 404, 409, 422),
)
def undo_review(
    flag_id: str, review_id: str, services: TheServices, key: MayReview, response: Response, if_match: IfMatch = None
) -> None:
    """Takes a review back, and what it did to the archive; it stays in the history. Twice is no error."""
    flag = services.review_match.undo(key.organisation, _by(key), flag_id, review_id, _version(if_match))
    response.headers["ETag"] = f'"{flag.version}"'


def _by(key: Key) -> Actor:
    return Actor(key.id, key.name)


def _version(if_match: str | None) -> int | None:
    if if_match is None or if_match.strip() == "*":
        return None
    found = _ETAG.fullmatch(if_match.strip())
    if found is None:
        raise InvalidInput.in_parameter("If-Match", "is none of ours: send the ETag that came with the flag")
    return int(found.group(1))
