"""The map of narratives: the page, its points as columns of JSON, and the statements that lie in view."""

from collections import Counter
from collections.abc import Iterable
from typing import Annotated, Final

from fastapi import Path, Query, Request
from fastapi.responses import JSONResponse, RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import NotFound
from app.domain.jobs.background_runs import RunKind
from app.domain.map.points import MOST_POINTS, NAMED_NARRATIVES, MapPoints
from app.services import Services
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, AReader, SignedIn, pages
from app.web.pages.rendering import HEADERS, render

router = pages()

_LISTED: Final = 50
_SPEAKERS: Final = 200
_LONGEST_LABEL: Final = 60
_STEPS: Final = 4_095
"""Positions are sent as whole numbers up to this."""
_DAY: Final = 86_400_000_000
_LARGEST_KEY: Final = 2**63 - 1


@router.get("/map")
def map_page(request: Request, services: TheServices, reader: AReader) -> Response:
    """The map, its filters and its slider of time; without scripts the latest statements on it."""
    run = services.archive_runs.get(RunKind.MAP)
    if (
        request.headers.get("hx-target") == "run" and not run.going_on
    ):  # the page asks for progress, and there is no more of it
        return Response(headers={"HX-Refresh": "true"})
    return render(
        request,
        "map/map.html",
        part="run",
        active="narratives",
        run=run,
        count=services.browse_map.count(reader.organisation),
        most=MOST_POINTS,
        clearer=services.map_method == "umap",
    )


@router.post("/map/run")
def run(services: TheServices, analyst: AnAnalyst) -> Response:
    """Has new statements put on the map now."""
    services.archive_runs.request(RunKind.MAP)
    answer = RedirectResponse("/map", 303)
    flash.set_notice(answer, flash.Notice("map-run-requested", tone="plain"))
    return answer


@router.get("/map/points")
def points(request: Request, services: TheServices, reader: AReader) -> Response:
    """All points, a column for each property, with an ETag: it is asked for again, and seldom sent again."""
    etag = f'"{services.browse_map.version()}-{reader.organisation.id}"'
    headers = {**HEADERS, "ETag": etag, "Cache-Control": "private, no-cache"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == etag:
        return Response(status_code=304, headers=headers)
    return JSONResponse(_columns(services.browse_map.points(reader.organisation)), headers=headers)


@router.get("/map/list")
def listed(
    request: Request,
    services: TheServices,
    reader: AReader,
    keys: Annotated[str, Query(max_length=1_200, pattern=r"^(\d{1,18}(,\d{1,18})*)?$")] = "",
    count: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Table of the statements of these keys; `count`: how many lie in view."""
    wanted = [int(key) for key in keys.split(",") if key][:_LISTED]
    return render(
        request,
        "map/list.html",
        statements=services.browse_map.statements(wanted, reader.organisation),
        count=max(count, len(wanted)),
    )


@router.get("/map/statements/{key}")
def statement(services: TheServices, reader: AReader, key: Annotated[int, Path(ge=0, le=_LARGEST_KEY)]) -> Response:
    """Leads to the page of a point's statement."""
    return RedirectResponse(f"/statements/{_id_of(services, reader, key)}", 303)


def _id_of(services: Services, reader: SignedIn, key: int) -> str:
    found = services.browse_map.statements([key], reader.organisation)
    if not found:
        raise NotFound("there is no statement with this key")
    return found[0].id


def _columns(seen: MapPoints) -> dict[str, object]:
    """Columns of equal length. `narratives`, `languages` and `speakers` are places in the lists of names, -1 for none;
    `days` since 1970, null for none."""
    places, titles = _narratives(seen)
    languages = _places(point.language for point in seen.points)
    speakers = dict(list(_places(point.speaker for point in seen.points if point.speaker).items())[:_SPEAKERS])
    return {
        "keys": [point.key for point in seen.points],
        "x": [round(point.x * _STEPS) for point in seen.points],
        "y": [round(point.y * _STEPS) for point in seen.points],
        "days": [None if point.begins is None else point.begins // _DAY for point in seen.points],
        "narratives": [places.get(point.narrative, -1) for point in seen.points],
        "languages": [languages[point.language] for point in seen.points],
        "speakers": [speakers.get(point.speaker or "", -1) for point in seen.points],
        "narrative_names": titles,
        "language_names": list(languages),
        "speaker_names": list(speakers),
        "named": min(NAMED_NARRATIVES, len(titles)),
        "steps": _STEPS,
    }


def _narratives(seen: MapPoints) -> tuple[dict[int | None, int], list[str]]:
    """Place of each narrative by key, those of most statements first, and the titles."""
    counted = Counter(point.narrative for point in seen.points if point.narrative in seen.titles)
    order = sorted(counted, key=lambda key: (-counted[key], key or 0))
    titles = [seen.titles[key] for key in order if key is not None]
    cut = [title if len(title) <= _LONGEST_LABEL else f"{title[: _LONGEST_LABEL - 1]}…" for title in titles]
    return {key: place for place, key in enumerate(order)}, cut


def _places(names: Iterable[str]) -> dict[str, int]:
    """Place of each name, the most frequent first."""
    counted = Counter(names)
    return {name: place for place, (name, _) in enumerate(sorted(counted.items(), key=lambda one: (-one[1], one[0])))}
