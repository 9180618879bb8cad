"""What analysts' tools ask of notes, assignments, views and many flags at once, answered by a real service."""

import asyncio
import itertools
from datetime import date

import pytest
from builders import STAGED

from app.domain.checks.reviews import Actor
from refrain_client import AsyncRefrain, InvalidRequest, NotFound, Refrain

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def flagged(served):
    """Makes flags; their ids."""
    with Refrain(served.url, served.key()) as refrain:
        refrain.statements.record(STAGED, said_at="2021-01-01")

    def make(number, **fields):
        texts = [f"{STAGED} Number {next(_numbers)}." for _ in range(number)]
        with Refrain(served.url, served.key()) as refrain:
            checks = [refrain.check(one, said_at="2021-05-23", **fields) for one in texts]
        assert all(one.flagged for one in checks)
        return [one.id for one in checks]

    return make


def test_a_note_is_written_and_read_and_leaves_the_version(refrain, flagged):
    [flag] = flagged(1)
    version = refrain.flags.get(flag).version
    first = refrain.flags.note(flag, "Asked the ministry.")
    second = refrain.flags.note(flag, "It has not answered.", idempotency_key=flag)
    assert refrain.flags.note(flag, "It has not answered.", idempotency_key=flag) == second
    assert refrain.flags.notes(flag) == [first, second]
    assert (first.text, first.by.id) == ("Asked the ministry.", refrain.me().key.id)
    assert refrain.flags.get(flag).version == version
    with pytest.raises(InvalidRequest, match="/text"):
        refrain.flags.note(flag, " ")
    with pytest.raises(NotFound):
        refrain.flags.notes("nothing")


def test_a_flag_is_assigned_to_whoever_asks_and_to_nobody(refrain, flagged):
    one, other = flagged(2, speaker="Somebody to assign")
    assert refrain.flags.assign(one, "me").id == refrain.me().key.id
    assert refrain.flags.get(one).assigned_to.id == refrain.me().key.id
    assert [flag.id for flag in refrain.flags.list(assigned="me")] == [one]
    assert other in [flag.id for flag in refrain.flags.list(assigned="nobody")]
    assert refrain.flags.assign(one, None) is None
    with pytest.raises(InvalidRequest, match="/to"):
        refrain.flags.assign(one, "somebody")


def test_a_view_is_saved_and_lists_what_it_was_saved_for(served, refrain, flagged):
    mine = flagged(1, speaker="The speaker & others")
    which = {"speaker": "The speaker & others", "said_from": date(2021, 5, 1), "sort": "score"}
    made = refrain.flag_views.save("Of the speaker", **which)
    assert made.which == {**which, "said_from": "2021-05-01"}
    assert [flag.id for flag in refrain.flags.list(**made.which)] == mine
    refrain.flags.review(mine[0], "dismissed")
    assert [flag.id for flag in refrain.flags.list(**made.which)] == mine  # of whatever state
    changed = refrain.flag_views.save("Of the speaker", state="open", speaker="The speaker & others")
    assert (changed.id, changed.which["state"]) == (made.id, "open")
    assert list(refrain.flags.list(**changed.which)) == []
    own = refrain.flag_views.save("My own", private=True, tier="near_verbatim")
    assert [view.name for view in refrain.flag_views.list()] == ["My own", "Of the speaker"]
    with Refrain(served.url, served.key()) as colleague:
        assert list(colleague.flag_views.list()) == [changed]
        with pytest.raises(NotFound):
            colleague.flag_views.remove(own.id)
    for view in (own, changed):
        refrain.flag_views.remove(view.id)
    assert list(refrain.flag_views.list()) == []


def test_a_view_of_the_desk_shows_open_flags_where_it_names_no_state(served, refrain):
    """As the desk's own form saves it: without what is the rule there."""
    key = served.services.manage_keys.authenticate(served.key())
    by = Actor(key.id, key.name)
    view, _ = served.services.save_flag_views.save(key.organisation, by, "German", "language=de&match=2", private=False)
    [kept] = refrain.flag_views.list()
    assert kept.which == {"state": "open", "language": "de"}
    refrain.flag_views.remove(view.id)


def test_a_view_sends_messages_until_they_are_ended(refrain):
    view = refrain.flag_views.save("Of everything")
    webhook = refrain.webhooks.create("http://127.0.0.1:9/hook", ["job.finished"])
    alert = refrain.flag_views.send_messages(view.id, webhook.id, "alert")
    daily = refrain.flag_views.send_messages(view.id, webhook.id, "daily", hour=7, time_zone="Europe/Kyiv")
    assert (alert.hour, daily.hour, daily.time_zone, daily.webhook.id) == (None, 7, "Europe/Kyiv", webhook.id)
    assert list(refrain.flag_views.messages(view.id)) == [alert, daily]
    refrain.flag_views.end_messages(view.id, alert.id)
    assert list(refrain.flag_views.messages(view.id)) == [daily]
    feed = refrain.feeds.create("Reader", view=view.id)
    assert (feed.kind, feed.view.name) == ("view", "Of everything")
    refrain.flag_views.remove(view.id)
    refrain.webhooks.remove(webhook.id)


def test_a_bulk_review_is_made_and_undone(refrain, flagged):
    one, two, three = flagged(3)
    refrain.flags.review(three, "dismissed")
    chosen = [one, {"id": two}, {"id": three, "expected_version": 1}]
    made = refrain.bulk_reviews.create(chosen, "dismissed", reason="An exercise.")
    assert [(done.flag.id, done.flag.state, done.reason) for done in made.done] == [
        (flag, "dismissed", "An exercise.") for flag in (one, two)
    ]
    [refused] = made.refused
    assert (refused.flag_id, refused.problem.slug, refused.problem.status) == (three, "changed-meanwhile", 409)
    assert refused.problem.flag["state"] == "dismissed"
    for _ in range(2):
        refrain.bulk_reviews.undo(made.id)
    assert [refrain.flags.get(flag).state for flag in (one, two, three)] == ["open", "open", "dismissed"]
    with pytest.raises(InvalidRequest):
        refrain.bulk_reviews.create([one], "dismissed", archive=True)
    with pytest.raises(NotFound):
        refrain.bulk_reviews.undo("nothing")


def test_the_client_for_asyncio_does_the_same(served, flagged):
    one, two = flagged(2)

    async def main():
        async with AsyncRefrain(served.url, served.key()) as refrain:
            note = await refrain.flags.note(one, "Asked the ministry.")
            assert await refrain.flags.notes(one) == [note]
            assert (await refrain.flags.assign(one, "me")).id == (await refrain.me()).key.id
            made = await refrain.bulk_reviews.create([one, two], "dismissed")
            assert [done.flag.id for done in made.done] == [one, two]
            await refrain.bulk_reviews.undo(made.id)
            view = await refrain.flag_views.save("For a moment", q="chemical")
            assert [kept async for kept in refrain.flag_views.list()] == [view]
            assert {one, two} <= {flag.id async for flag in refrain.flags.list(**view.which)}
            await refrain.flag_views.remove(view.id)

    asyncio.run(main())
