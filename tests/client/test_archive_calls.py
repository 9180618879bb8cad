"""Looking things up in the archive, and what a narrative is not, answered by a real service."""

import asyncio
from datetime import date

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE

from refrain_client import AsyncRefrain, InvalidRequest, NotFound, Refrain


@pytest.fixture(scope="module")
def archived(served):
    """The ids of three statements, the first two of one script."""
    with Refrain(served.url, served.key()) as refrain:
        return [
            refrain.statements.record(text, said_at=said_at, speaker=speaker).id
            for text, said_at, speaker in (
                (STAGED, "2021-04-24", "A spokesman"),
                (STAGED_ELSEWHERE, "2021-05-23", "A spokesman"),
                (GRAIN, "2021-05-01", "The minister"),
            )
        ]


def test_the_archive_is_searched_by_meaning_and_by_words(refrain, archived):
    first, second, grain = archived
    closest = next(refrain.statements.search("Grain exports rose."))
    assert closest.statement.id == grain
    assert 0 < closest.similarity <= 1
    found = list(refrain.statements.search("chemical attack", by="words"))
    assert [one.statement.id for one in found] == [second, first]  # the last said first
    [(start, end), *_] = found[1].found
    assert (STAGED[start:end].lower(), found[1].similarity) == ("chemical", None)
    among = {"speaker": "A spokesman", "said_from": date(2021, 5, 1)}
    assert [one.statement.id for one in refrain.statements.search("attack", by="words", **among)] == [second]
    with pytest.raises(InvalidRequest, match="q needs"):
        list(refrain.statements.search("", by="words"))


def test_a_statement_has_precedents_and_echoes(refrain, archived):
    first, second, grain = archived
    [echo] = refrain.statements.relations(first).echoes
    assert (echo.statement.id, echo.days, echo.tier in ("near_verbatim", "same_script")) == (second, 29, True)
    [precedent] = refrain.statements.relations(second).precedents
    assert (precedent.statement.id, 0 < precedent.score <= 1) == (first, True)
    assert refrain.statements.relations(grain).precedents == []
    with pytest.raises(NotFound):
        refrain.statements.relations("nothing")


def test_counter_examples_are_recorded_once_listed_and_removed(refrain):
    narrative = refrain.narratives.record("A chemical attack is staged").id
    made = refrain.counter_examples.record(narrative, "Inspectors found no trace of chlorine.", language="en")
    assert (made.text, made.language) == ("Inspectors found no trace of chlorine.", "en")
    assert refrain.counter_examples.record(narrative, made.text, language="en") == made
    later = refrain.counter_examples.record(narrative, "The town prepares for the harvest.")
    assert list(refrain.counter_examples.list(narrative)) == [later, made]
    refrain.counter_examples.remove(narrative, made.id)
    assert list(refrain.counter_examples.list(narrative)) == [later]
    with pytest.raises(NotFound):
        refrain.counter_examples.record("nothing", made.text)


def test_the_client_for_asyncio_looks_up_as_well(served, archived):
    async def main():
        async with AsyncRefrain(served.url, served.key()) as refrain:
            found = [one.statement.id async for one in refrain.statements.search("grain", by="words")]
            relations = await refrain.statements.relations(archived[0])
            assert (found, [one.statement.id for one in relations.echoes]) == (archived[2:], archived[1:2])

    asyncio.run(main())
