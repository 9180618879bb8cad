"""The pages of the map and of suggested narratives ask the database as often for much as for little."""

from builders import GRAIN, STAGED, draft, signed_in

from app.domain.jobs.background_runs import RunKind
from app.domain.suggestions.suggestions import GroupDraft

SCRIPT = 4
"""Statements of a group."""


def brought(archive, clock, groups, narratives):
    """So many groups of statements that are suggested, and as many narratives, all on the map."""
    drafts = [
        draft(f"{STAGED} Number {one}.", "2021-04-24", speaker=f"Speaker {one}") for one in range(groups * SCRIPT)
    ]
    drafts += [draft(f"{GRAIN} Number {one}.", narratives=[f"Narrative {one}"]) for one in range(narratives)]
    keys = [one.statement.key for one in archive.record_statements(drafts)]
    assert archive.archive_runs.finish(RunKind.MAP).error is None
    offered = [(None, GroupDraft(tuple(keys[at : at + SCRIPT]), 0.9)) for at in range(0, groups * SCRIPT, SCRIPT)]
    with archive.store.writing() as tx:
        tx.suggestions.offer(offered, clock())
    return keys


def test_pages_make_as_many_queries_for_much_as_for_little(archive, clock, queries):
    browser = signed_in(archive)

    def counted(keys):
        [organisation] = _organisations(archive)
        first, *others = archive.decide_suggestion.find(organisation)
        if others:
            archive.decide_suggestion.refuse(others[-1].suggestion.id, organisation)
        listed = ",".join(map(str, keys[:50]))
        places = (
            "/map",
            "/map/points",
            f"/map/list?keys={listed}",
            "/suggestions",
            f"/suggestions/{first.suggestion.id}",
        )
        return [queries(browser, address) for address in places]

    few = counted(brought(archive, clock, 2, 1))
    assert counted(brought(archive, clock, 30, 40)) == few
    assert max(few) <= 25


def _organisations(archive):
    with archive.store.reading() as tx:
        return tx.access.organisations()
