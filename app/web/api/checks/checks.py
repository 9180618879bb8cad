"""`/v1/checks`: has this been said before?"""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app.domain.checks.checks import Check, CheckRequest
from app.domain.core.errors import InvalidInput
from app.schemas.checks import BatchIn, BatchOut, CheckIn, CheckList, CheckOut
from app.schemas.faults import validated
from app.schemas.partial import FieldSelection
from app.schemas.problems import Problem
from app.services.explanations.rephrase import check_in
from app.web.accept_language import CONTENT_LANGUAGE, TheReader
from app.web.api.answers import answers
from app.web.deps import MayCheck, MayCheckMany, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage
from app.web.partial import FieldsQuery, json_answer, selected
from app.web.problems import problem_of
from app.web.rate_limits import charge_in_thread

router = APIRouter(prefix="/checks", tags=["checks"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    operation_id="createCheck",
    response_model=CheckOut,
    responses=answers(400, 401, 403, 413, 422, 503),
)
def create_check(
    request: Request,
    body: CheckIn,
    services: TheServices,
    key: MayCheck,
    reader: TheReader,
    fields: FieldsQuery = None,
) -> Response:
    """Answers with the precedents of a statement: earlier statements that follow the same script."""
    selection = selected(fields, CheckOut)
    [check] = services.check_statements([_explained(body.request(), selection)], key.organisation, reader)
    # Written here, in this thread, as it is: checking the answer against its own model costs as much as judging it.
    return json_answer(check_out(request, check), selection, 201, {CONTENT_LANGUAGE: check.phrased_in})


@router.post(
    "/batch", operation_id="createChecks", response_model=BatchOut, responses=answers(400, 401, 403, 413, 422, 503)
)
def create_checks(
    request: Request,
    body: BatchIn,
    services: TheServices,
    key: MayCheckMany,
    reader: TheReader,
    fields: FieldsQuery = None,
) -> Response:
    """Answers up to a hundred checks at once, each with its precedents or the problem with it.

    `fields` are those of each check; a problem is always whole.
    """
    selection = selected(fields, CheckOut)
    charge_in_thread(request, services, key, len(body.checks))
    requests = [_request_or_problem(check) for check in body.checks]
    good = [_explained(result, selection) for result in requests if isinstance(result, CheckRequest)]
    checks = iter(services.check_statements(good, key.organisation, reader) if good else [])
    results = [result if isinstance(result, Problem) else check_out(request, next(checks)) for result in requests]
    those = selection.of_some("results", [isinstance(result, CheckOut) for result in results]) if selection else None
    language = services.texts.for_language(reader).language
    return json_answer(BatchOut(results=results), those, headers={CONTENT_LANGUAGE: language})


@router.get("", operation_id="listChecks", response_model=CheckList, responses=answers(401, 403, 422))
def list_checks(
    request: Request,
    services: TheServices,
    key: MayCheck,
    page: ThePage,
    reader: TheReader,
    flagged: Annotated[bool | None, Query(description="Only those that were flagged, or were not.")] = None,
    fields: FieldsQuery = None,
) -> Response:
    """The organisation's own checks, the newest first. `fields` are those of each check."""
    selection = selected(fields, CheckOut)
    found = services.browse_checks.find(key.organisation, flagged, page.before, page.limit + 1)
    phrases = services.texts.matching(reader)
    entries, cursor = page.of(found, lambda entry: entry[0])
    services.view_log.note("checks.listed", "check", count=len(entries))
    checks = CheckList(items=[check_out(request, check_in(check, phrases)) for _, check in entries], next_cursor=cursor)
    return json_answer(checks, selection.of_each("items", "next_cursor") if selection else None)


@router.get("/{check_id}", operation_id="getCheck", response_model=CheckOut, responses=answers(401, 403, 404, 422))
def get_check(
    request: Request,
    check_id: str,
    services: TheServices,
    key: MayCheck,
    reader: TheReader,
    fields: FieldsQuery = None,
) -> Response:
    """Returns a check of the organisation as it was answered, with later withdrawals marked.

    Its sentences are in the language of `Accept-Language`; where there are no texts in it, as they were answered.
    """
    selection = selected(fields, CheckOut)
    check = check_in(services.browse_checks.get(key.organisation, check_id), services.texts.matching(reader))
    services.view_log.note("check.viewed", "check", check_id)
    return json_answer(check_out(request, check), selection, headers={CONTENT_LANGUAGE: check.phrased_in})


def check_out(request: Request, check: Check) -> CheckOut:
    """A check with the address of its page."""
    base = request.app.state.public_url or str(request.base_url)
    address = f"{base.rstrip('/')}/checks/{check.id}"
    return CheckOut.model_validate(check).model_copy(update={"html_url": address})


def _explained(asked: CheckRequest, selection: FieldSelection | None) -> CheckRequest:
    """The request, without explanations where no selected field shows them."""
    return replace(asked, explained=selection is None or any(map(selection.has, ("summary", "matches.explanation"))))


def _request_or_problem(raw: Any) -> CheckRequest | Problem:
    try:
        return validated(CheckIn, raw).request()
    except InvalidInput as error:
        return problem_of(error)
