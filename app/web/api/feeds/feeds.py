"""`/v1/feeds`: addresses for feed readers."""

from fastapi import APIRouter, Request, Response

from app.schemas.feeds import FeedIn, FeedList, FeedOut, NewFeedOut
from app.web.api.answers import answers
from app.web.deps import MayAdminister, TheServices
from app.web.feeds import feed_addresses
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/feeds", tags=["feeds"], route_class=JsonRoute)


@router.post("", status_code=201, operation_id="createFeed", responses=answers(400, 401, 403, 409, 413, 422))
def create_feed(
    request: Request, body: FeedIn, services: TheServices, key: MayAdminister, response: Response
) -> NewFeedOut:
    """Makes a feed. Its addresses are in this answer and nowhere else."""
    token, feed = services.manage_feeds.create(key.organisation, body.name, body.narrative, body.view)
    response.headers["Cache-Control"] = "no-store"
    json_url, atom_url = feed_addresses(request, feed, token)
    return NewFeedOut(**dict(FeedOut.of(feed)), json_url=json_url, atom_url=atom_url)


@router.get("", operation_id="listFeeds", responses=answers(401, 403, 422))
def list_feeds(services: TheServices, key: MayAdminister, page: ThePage) -> FeedList:
    """The organisation's feeds, the newest first."""
    found = services.manage_feeds.find(key.organisation, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda feed: feed.key)
    return FeedList(items=[FeedOut.of(feed) for feed in entries], next_cursor=cursor)


@router.delete("/{feed_id}", status_code=204, operation_id="revokeFeed", responses=answers(401, 403, 404))
def revoke_feed(feed_id: str, services: TheServices, key: MayAdminister) -> None:
    """Ends a feed: its addresses answer 404 from now on."""
    services.manage_feeds.revoke(key.organisation, feed_id)
