"""`/v1/exports/{format}`: what lists show, as a file."""

from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import StreamingResponse

from app.domain.access.keys import Organisation, Scope
from app.domain.checks.scoring import Tier
from app.domain.core.dates import parse_period
from app.domain.core.errors import FieldError, InvalidInput, MissingScope
from app.domain.desk.flags import FlagState
from app.domain.exports.formats import FILE_TYPES, ExportFormat
from app.schemas.fields import QueryDate, QueryText
from app.services.desk.ports import FlagFilter
from app.services.exports.export_records import Export, ExportRecords
from app.services.statements.ports import StatementFilter
from app.web.api.answers import answers
from app.web.api.languages import require_language_parameter
from app.web.deps import MayRead, TheServices
from app.web.exports import export_response
from app.web.json_route import JsonRoute

router = APIRouter(prefix="/exports", tags=["exports"], route_class=JsonRoute)

Of = Literal["statements", "flags", "checks", "documents"]
_OF_STATEMENTS: Final = ("said_from", "said_to")
_OF_CHECKS: Final = ("check", "flagged", "document")
_OF_FLAGS: Final = ("flag", "state", "tier", "from", "to", "assigned")
_NEEDS_CHECK: Final = "checks and articles need the scope 'check' beside 'read'"
_FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The file, streamed; its name is in `Content-Disposition`.",
        "content": {
            media_type: {"schema": {} if media_type.endswith("json") else {"type": "string", "format": "binary"}}
            for media_type in (file_type.media_type.partition(";")[0] for file_type in FILE_TYPES.values())
        },
    }
}


@router.get(
    "/{export_format}",
    operation_id="export",
    response_class=StreamingResponse,
    responses={**_FILE, **answers(401, 403, 404, 422)},
)
def export(
    request: Request,
    export_format: ExportFormat,
    services: TheServices,
    key: MayRead,
    of: Annotated[
        Of | None,
        Query(
            description="Default: `flags` where a filter of flags is sent, else `statements`. `checks`, flags or not, "
            "and `documents`, as `jsonl` or `csv`, need the scope `check`, too."
        ),
    ] = None,
    flagged: Annotated[bool | None, Query(description="Of checks: whether they raised a flag.")] = None,
    check: Annotated[QueryText | None, Query(max_length=36, description="One check, by its id.")] = None,
    document: Annotated[QueryText | None, Query(max_length=36, description="One article, by its id.")] = None,
    flag: Annotated[QueryText | None, Query(max_length=36, description="One flag, by its id.")] = None,
    narrative: Annotated[
        QueryText | None,
        Query(
            max_length=500,
            description="Id, external id or title. Alone: the narrative, those below it, and all their statements; "
            "with `of` or another filter it filters, as in the lists.",
        ),
    ] = None,
    q: Annotated[QueryText | None, Query(max_length=500, description="As in the list.")] = None,
    speaker: Annotated[QueryText | None, Query(max_length=500)] = None,
    source: Annotated[QueryText | None, Query(max_length=500, description="Name of the outlet.")] = None,
    language: Annotated[QueryText | None, Query(max_length=35)] = None,
    said_from: Annotated[QueryDate | None, Query(description="Statements said on this day or later.")] = None,
    said_to: Annotated[QueryDate | None, Query(description="Statements said on this day or earlier.")] = None,
    state: Annotated[FlagState | None, Query(description="Of flags.")] = None,
    tier: Annotated[Tier | None, Query(description="Of flags: the closest tier among the matches.")] = None,
    begins: Annotated[
        QueryDate | None, Query(alias="from", description="Flags said on this day or later; undated: checked.")
    ] = None,
    ends: Annotated[
        QueryDate | None, Query(alias="to", description="Flags said on this day or earlier; undated: checked.")
    ] = None,
    assigned: Annotated[QueryText | None, Query(max_length=36, description="Of flags, as in their list.")] = None,
) -> StreamingResponse:
    """Returns the archive, a narrative, a flag, a check, an article, or all that a filter of the lists finds.

    The same request over unchanged data returns the same bytes. What is recorded while it is read may come at its end.
    """
    given = frozenset(name for name, value in request.query_params.items() if value)
    kind = _kind(of, given)
    exports, organisation = services.export_records, key.organisation
    if kind in ("checks", "documents"):
        if Scope.CHECK not in key.scopes:
            raise MissingScope(_NEEDS_CHECK)
        found = _of_checks(exports, organisation, given, kind, flagged, check, document)
    elif flag:
        _refuse_others(given - {"of", "flag"}, "flag")
        found = exports.flag(flag, organisation)
    elif kind == "flags":
        found = exports.flags(
            FlagFilter(
                state=state,
                tier=tier,
                narrative=narrative,
                speaker=speaker,
                source=source,
                language=require_language_parameter(services, language),
                said_from=parse_period(begins) if begins else None,
                said_to=parse_period(ends) if ends else None,
                q=q,
                assigned=key.id if assigned == "me" else assigned,
            ),
            organisation,
        )
    elif narrative and given == {"narrative"}:
        found = exports.narrative(narrative, organisation)
    else:
        found = exports.statements(
            StatementFilter(
                q,
                speaker,
                require_language_parameter(services, language),
                narrative,
                source,
                parse_period(said_from) if said_from else None,
                parse_period(said_to) if said_to else None,
            ),
            organisation,
        )
    return export_response(request, services, export_format, found)


def _of_checks(
    exports: ExportRecords,
    organisation: Organisation,
    given: frozenset[str],
    kind: Of,
    flagged: bool | None,
    check: str | None,
    document: str | None,
) -> Export:
    """Export of checks or articles, which the lists' filters do not narrow. Raises `InvalidInput`, `NotFound`."""
    one = "check" if kind == "checks" else "document"
    if given & {one}:
        _refuse_others(given - {"of", one}, one)
    if wrong := given - {"of", one, "flagged" if kind == "checks" else one}:
        raise InvalidInput([FieldError(None, f"is no filter of {kind}: leave it out", name) for name in sorted(wrong)])
    if kind == "checks":
        return exports.check(check, organisation) if check else exports.checks(flagged, organisation)
    return exports.document(document, organisation) if document else exports.documents(organisation)


def _kind(of: Of | None, given: frozenset[str]) -> Of:
    """Kind of the records. Raises `InvalidInput` for filters of another kind."""
    if of is None and given & {"check", "flagged"}:
        return "checks"
    if of is None and "document" in given:
        return "documents"
    if of in ("checks", "documents"):
        return of
    kind: Of = of or ("flags" if given.intersection(_OF_FLAGS) else "statements")
    others = (*_OF_CHECKS, *(_OF_STATEMENTS if kind == "flags" else _OF_FLAGS))
    wrong = [name for name in others if name in given]
    if wrong:
        raise InvalidInput([FieldError(None, f"is no filter of {kind}: leave it out", name) for name in wrong])
    return kind


def _refuse_others(names: frozenset[str], beside: str) -> None:
    if names:
        raise InvalidInput(
            [FieldError(None, f"filters nothing beside '{beside}': leave it out", name) for name in sorted(names)]
        )
