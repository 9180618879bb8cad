"""What an analyst's tool asks of flags, answered by a real service."""

import asyncio

import pytest
from builders import STAGED, STAGED_ELSEWHERE

from app.main import create_app
from refrain_client import AsyncRefrain, Conflict, InvalidRequest, Reviewed, bodies


@pytest.fixture(scope="module")
def precedent(served):
    """The id of a statement that what is checked later repeats."""

    async def recorded():
        async with AsyncRefrain(served.url, served.key()) as refrain:
            return (await refrain.statements.record(STAGED, said_at="2021-01-01", narratives=[])).id

    return asyncio.run(recorded())


def test_a_flag_is_listed_reviewed_and_the_review_undone(refrain, precedent):
    check = refrain.check(STAGED, said_at="2021-05-23", speaker="A spokesman")
    assert check.flagged
    [flag] = refrain.flags.list(state="open", speaker="A spokesman", said_from="2021-05-23", said_to="2021-05-23")
    assert (flag.id, flag.state, flag.reviews, flag.matches[0].precedent.id) == (check.id, "open", [], precedent)
    done = refrain.flags.review(
        flag.id, "confirmed", match_id=flag.matches[0].id, reason="The same warning.", expected_version=flag.version
    )
    assert isinstance(done, Reviewed)
    assert (done.verdict, done.stands, done.flag.state) == ("confirmed", True, "confirmed")
    with pytest.raises(Conflict) as changed:
        refrain.flags.review(flag.id, "dismissed", expected_version=flag.version)
    assert changed.value.problem.slug == "changed-meanwhile"
    assert refrain.flags.get(flag.id).matches[0].review.id == done.id
    refrain.flags.undo(flag.id, done.id)
    assert refrain.flags.get(flag.id).state == "open"
    with pytest.raises(InvalidRequest):
        refrain.flags.review(flag.id, "confirmed")


def test_the_client_for_asyncio_reviews_as_well(served, precedent):
    async def main():
        async with AsyncRefrain(served.url, served.key()) as refrain:
            check = await refrain.check(STAGED_ELSEWHERE, said_at="2021-05-23", minimum_tier="any")
            done = await refrain.flags.review(check.id, "confirmed", precedent_id=precedent)
            assert done.precedent_id == precedent
            assert check.id in [one.id async for one in refrain.flags.list(state="confirmed", sort="score")]

    asyncio.run(main())


def test_reviews_and_filters_have_the_fields_that_the_document_says(served):
    document = create_app(served.services).openapi()
    sent = set(document["components"]["schemas"]["ReviewIn"]["properties"])
    assert sent == set(bodies.ReviewFields.__annotations__) | {"verdict"}
    parameters = document["paths"]["/v1/flags"]["get"]["parameters"]
    listed = {one["name"] for one in parameters if one["in"] == "query"} - {"limit", "cursor"}
    assert listed == set(bodies.FlagFilter.__annotations__) - {"said_from", "said_to"} | {"from", "to"}
