"""`/v1/narratives/{id}/counter-examples`: texts that look like a narrative and are not."""

from fastapi import APIRouter, Response

from app.domain.access.contributors import is_curator
from app.domain.checks.reviews import Actor
from app.domain.core.errors import MissingScope
from app.schemas.counter_examples import (
    CounterExampleIn,
    CounterExampleList,
    CounterExampleOut,
    CounterExamplePatch,
)
from app.web.api.answers import answers, known
from app.web.deps import MayAdminister, MayCounter, MaySeeCounters, TheServices
from app.web.json_route import JsonRoute
from app.web.pagination import ThePage

router = APIRouter(prefix="/narratives/{narrative_id}/counter-examples", tags=["narratives"], route_class=JsonRoute)


_KNOWN = known(CounterExampleOut, "It was there already.")


@router.post(
    "",
    status_code=201,
    operation_id="recordCounterExample",
    responses={**_KNOWN, **answers(400, 401, 403, 404, 413, 422)},
)
def record_counter_example(
    narrative_id: str, body: CounterExampleIn, services: TheServices, key: MayCounter, response: Response
) -> CounterExampleOut:
    """Adds a counter-example: what is closer to it than to a precedent is not flagged for that precedent.

    It counts in your organisation's checks; in those of all once the operator has made or accepted it.
    """
    organisation, by = key.organisation, Actor(key.id, key.name)
    counter_example, new = services.edit_counter_examples.record(
        narrative_id, body.text, body.language, organisation, by
    )
    if not new:
        response.status_code = 200
    return CounterExampleOut.shown(counter_example, organisation)


@router.get("", operation_id="listCounterExamples", responses=answers(401, 403, 404, 422))
def list_counter_examples(
    narrative_id: str, services: TheServices, key: MaySeeCounters, page: ThePage
) -> CounterExampleList:
    """The narrative's counter-examples, the newest first."""
    found = services.edit_counter_examples.find(narrative_id, page.before, page.limit + 1, key.organisation)
    entries, cursor = page.of(found, lambda entry: entry.key)
    return CounterExampleList(
        items=[CounterExampleOut.shown(counter_example, key.organisation) for counter_example in entries],
        next_cursor=cursor,
    )


@router.patch(
    "/{counter_example_id}",
    operation_id="changeCounterExample",
    responses=answers(400, 401, 403, 404, 413, 422),
)
def change_counter_example(
    narrative_id: str,
    counter_example_id: str,
    body: CounterExamplePatch,
    services: TheServices,
    key: MayAdminister,
) -> CounterExampleOut:
    """Lets a counter-example count in the checks of every organisation, or of its own alone; for the operator."""
    if not is_curator(key):
        raise MissingScope("this needs an admin key of the organisation that runs the service")
    changed = services.edit_counter_examples.share(
        narrative_id, counter_example_id, shared=body.shared, viewer=key.organisation
    )
    return CounterExampleOut.shown(changed, key.organisation)


@router.delete(
    "/{counter_example_id}", status_code=204, operation_id="removeCounterExample", responses=answers(401, 403, 404)
)
def remove_counter_example(narrative_id: str, counter_example_id: str, services: TheServices, key: MayCounter) -> None:
    """Removes a counter-example that your organisation made. Twice is no error."""
    services.edit_counter_examples.remove(narrative_id, counter_example_id, key.organisation, curator=is_curator(key))
