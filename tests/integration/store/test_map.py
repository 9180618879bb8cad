"""The map over real databases: laid out, added to, laid out anew, and kept from others."""

import pytest
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft

from app.domain.audit.erasures import ErasureKind
from app.domain.jobs.background_runs import RunKind


@pytest.fixture
def desk(archive):
    with archive.store.writing() as tx:
        return tx.access.ensure_organisation("Desk")


def recorded(archive, *drafts):
    return [one.statement for one in archive.record_statements(drafts)]


def run(archive):
    ended = archive.archive_runs.finish(RunKind.MAP)
    assert ended.error is None
    with archive.store.reading() as tx:
        return tx.map_positions.positions()


def test_what_is_new_is_placed_and_the_rest_stays_where_it_was(archive):
    known = recorded(archive, draft(STAGED), draft(GRAIN), draft("Zebras graze in the park."))
    before = run(archive)
    assert {key for key, (_, _, laid_out) in before.items() if laid_out} == {one.key for one in known}
    [new] = recorded(archive, draft(STAGED_ELSEWHERE))
    after = run(archive)
    assert {key: after[key] for key in before} == before
    x, y, laid_out = after[new.key]
    assert not laid_out
    near = {one.key: (before[one.key][0] - x) ** 2 + (before[one.key][1] - y) ** 2 for one in known}
    assert min(near, key=near.get) == known[0].key


def test_when_enough_is_new_all_are_laid_out_anew(archive):
    recorded(archive, draft(STAGED), draft(GRAIN))
    run(archive)
    recorded(archive, *(draft(f"Statement number {number} is of its own.") for number in range(60)))
    after = run(archive)
    assert len(after) == 62
    assert all(laid_out for _, _, laid_out in after.values())


def test_withdrawn_and_erased_statements_leave_the_map(archive, desk):
    withdrawn, erased, kept = recorded(archive, draft(STAGED), draft(GRAIN), draft(STAGED_ELSEWHERE))
    run(archive)
    archive.edit_statement.withdraw(withdrawn.id)
    assert [point.key for point in archive.browse_map.points(desk).points] == [erased.key, kept.key]
    archive.erase(ErasureKind.STATEMENT, erased.id, "asked for")
    with archive.store.reading() as tx:
        assert erased.key not in tx.map_positions.positions()
    assert set(run(archive)) == {kept.key}


def test_points_have_their_narrative_and_private_ones_are_their_owners(archive, desk):
    with archive.store.writing() as tx:
        other = tx.access.ensure_organisation("Other")
    shared, own = recorded(
        archive,
        draft(STAGED, "2021-04-24", narratives=["Staged attacks"], speaker="Karpov"),
        draft(GRAIN, owner=desk.key, narratives=["Ours"]),
    )
    run(archive)
    seen = archive.browse_map.points(desk)
    assert [point.key for point in seen.points] == [shared.key, own.key]
    assert [seen.titles[point.narrative] for point in seen.points] == ["Staged attacks", "Ours"]
    assert (seen.points[0].speaker, seen.points[1].begins) == ("Karpov", None)
    others = archive.browse_map.points(other)
    assert [point.key for point in others.points] == [shared.key]
    assert set(others.titles.values()) == {"Staged attacks"}
    assert archive.browse_map.count(other) == 1
    assert archive.browse_map.statements([own.key, shared.key], other)[0].key == shared.key


def test_an_empty_archive_has_an_empty_map(archive, desk):
    recorded(archive, draft(STAGED))
    [only] = run(archive)
    with archive.store.reading() as tx:
        [statement] = tx.statements.by_keys([only]).values()
    archive.edit_statement.withdraw(statement.id)
    assert run(archive) == {}
    assert archive.browse_map.points(desk).points == ()
