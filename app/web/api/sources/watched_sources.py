"""`/v1/watched-sources`: feeds that are read on a schedule, and what was found in them."""

from fastapi import APIRouter

from app.schemas.watched_sources import (
    WatchedEntryList,
    WatchedEntryOut,
    WatchedSourceIn,
    WatchedSourceList,
    WatchedSourceOut,
    WatchedSourcePatch,
)
from app.web.api.answers import answers
from app.web.deps import MayAdminister, MayRead, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/watched-sources", tags=["watched sources"], route_class=JsonRoute)


@router.post("", status_code=201, operation_id="watchSource", responses=answers(400, 401, 403, 409, 413, 422))
def watch_source(body: WatchedSourceIn, services: TheServices, key: MayAdminister) -> WatchedSourceOut:
    """Has a feed read from now on: the claims of its new entries are checked, and flags raised."""
    source = services.edit_sources.add(
        key.organisation, body.url, body.name, body.read_from, body.interval, body.language
    )
    return WatchedSourceOut.of(*services.edit_sources.get(key.organisation, source.id))


@router.get("", operation_id="listWatchedSources", responses=answers(401, 403, 422))
def list_watched_sources(services: TheServices, key: MayRead, page: ThePage) -> WatchedSourceList:
    """The organisation's watched sources, the newest first."""
    found = services.edit_sources.find(key.organisation, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda entry: entry[0].key)
    return WatchedSourceList(items=[WatchedSourceOut.of(*entry) for entry in entries], next_cursor=cursor)


@router.get("/{source_id}", operation_id="getWatchedSource", responses=answers(401, 403, 404))
def get_watched_source(source_id: str, services: TheServices, key: MayRead) -> WatchedSourceOut:
    """Returns a watched source: when it was read, when it will be, what was found, and what failed."""
    return WatchedSourceOut.of(*services.edit_sources.get(key.organisation, source_id))


@router.patch("/{source_id}", operation_id="changeWatchedSource", responses=answers(400, 401, 403, 404, 413, 422))
def change_watched_source(
    source_id: str, body: WatchedSourcePatch, services: TheServices, key: MayAdminister
) -> WatchedSourceOut:
    """Changes the fields that are sent; `active` stops readings, or begins them anew."""
    return WatchedSourceOut.of(*services.edit_sources.change(key.organisation, source_id, body.changes()))


@router.delete("/{source_id}", status_code=204, operation_id="unwatchSource", responses=answers(401, 403, 404))
def unwatch_source(source_id: str, services: TheServices, key: MayAdminister) -> None:
    """Stops watching a source. Documents and flags that were found in it stay."""
    services.edit_sources.remove(key.organisation, source_id)


@router.post(
    "/{source_id}/read", status_code=202, operation_id="readWatchedSource", responses=answers(401, 403, 404, 409)
)
def read_watched_source(source_id: str, services: TheServices, key: MayAdminister) -> WatchedSourceOut:
    """Has a source read as soon as a worker is free."""
    return WatchedSourceOut.of(*services.edit_sources.read_now(key.organisation, source_id))


@router.get("/{source_id}/entries", operation_id="listWatchedEntries", responses=answers(401, 403, 404, 422))
def list_watched_entries(source_id: str, services: TheServices, key: MayRead, page: ThePage) -> WatchedEntryList:
    """Lists the entries that were met in a source, the newest first."""
    found = services.edit_sources.entries(key.organisation, source_id, page.before, page.limit + 1)
    entries, cursor = page.of(found, lambda entry: entry.key)
    return WatchedEntryList(items=[WatchedEntryOut.of(entry) for entry in entries], next_cursor=cursor)
