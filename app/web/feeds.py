"""`/feeds/{id}.json` and `.atom`: feeds for whoever has the token in the address, without a key or a session.

The token is in the query, which no log of ours has, and answers forbid to send the address on.
"""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import Annotated, Final, Literal
from urllib.parse import urlencode

from fastapi import APIRouter, Header, Query, Request, Response

from app.domain.audit.entries import ActorKind
from app.domain.core.errors import NotFound, RateLimitExceeded
from app.domain.core.text import unstorable
from app.domain.exports.formats import FILE_TYPES, ExportFormat
from app.domain.feeds.feeds import Feed
from app.services.audit.origin import current_origin
from app.services.exports.export_records import changed_at
from app.web.deps import TheServices
from app.web.exports import base_url
from app.web.rate_limits import headers_of

router = APIRouter(include_in_schema=False)
Extension = Literal["json", "atom"]
_FORMATS: Final = {"json": ExportFormat.JSON_FEED, "atom": ExportFormat.ATOM}
_HEADERS: Final = {
    "Cache-Control": "private, no-cache",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
}


def feed_addresses(request: Request, feed: Feed, token: str) -> tuple[str, str]:
    """Addresses of a feed with its token, as JSON Feed and as Atom."""
    query = urlencode({"token": token})
    path = f"{base_url(request)}/feeds/{feed.id}"
    return f"{path}.json?{query}", f"{path}.atom?{query}"


@router.get("/feeds/{feed_id}.{extension}")
def read_feed(
    request: Request,
    services: TheServices,
    feed_id: str,
    extension: Extension,
    token: Annotated[str, Query(max_length=100)] = "",
    if_none_match: Annotated[str, Header(max_length=500)] = "",
    if_modified_since: Annotated[str, Header(max_length=100)] = "",
) -> Response:
    """The newest entries; 304 where nothing has changed since the reader's copy."""
    request.state.headers = dict(_HEADERS)
    if unstorable(feed_id):
        raise NotFound("there is no such feed")
    try:
        feed = services.read_feed.authenticate(feed_id, token)
    except RateLimitExceeded as refused:
        request.state.headers |= headers_of(refused.standings)
        raise
    current_origin().identify(ActorKind.NOBODY, feed.id, feed.organisation.id)
    services.view_log.note("feed.viewed", "feed", feed.id)
    export = replace(services.read_feed(feed), base_url=base_url(request))
    records = list(export.records)
    changed = max((moment for one in records if (moment := changed_at(one))), default=feed.created_at)
    export_format = _FORMATS[extension]
    body = b"".join(services.export_records.chunks(replace(export, records=iter(records)), export_format))
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True)}
    if _is_known(etag, changed, if_none_match, if_modified_since):
        return Response(status_code=304, headers=headers)
    return Response(body, headers=headers, media_type=FILE_TYPES[export_format].media_type)


def _is_known(etag: str, changed: datetime, if_none_match: str, if_modified_since: str) -> bool:
    """True if the reader has this version; the tag counts for more than the moment (RFC 9110, 13.2.2)."""
    if if_none_match:
        return any(tag.strip().removeprefix("W/") in (etag, "*") for tag in if_none_match.split(","))
    try:
        since = parsedate_to_datetime(if_modified_since) if if_modified_since else None
    except ValueError:
        return False
    if since is None:
        return False
    return changed.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))
