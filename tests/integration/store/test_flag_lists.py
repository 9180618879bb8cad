"""Lists of flags read forwards and backwards, what they can be filtered by, and what is kept beside decisions."""

import itertools
import json
from operator import itemgetter
from typing import get_args

import pytest
from alembic import command
from alembic.config import Config
from builders import STAGED, draft, period, request
from sqlalchemy import delete, insert, select

from app.domain.checks.reviews import Actor, ReviewDraft
from app.domain.core.errors import InvalidInput, NotFound
from app.domain.desk.annotations import NOBODY
from app.domain.desk.flags import FlagSort
from app.services.desk.ports import FlagFilter
from app.services.desk.review_many import Chosen
from app.store.connections import writing
from app.store.desk.flag_groups import PERIOD
from app.store.desk.flag_tables import flag_facets, flag_periods, flag_words, flags
from app.store.migrating import MIGRATIONS, migrate
from app.store.tables import checks

ANNA, BORIS = Actor("anna", "Anna"), Actor("boris", "Boris")
SORTS = get_args(FlagSort)


@pytest.fixture
def desk(archive):
    return archive.manage_keys.organisation("Desk")


@pytest.fixture
def several(archive, desk):
    """Nine flags: of two speakers, in two languages, some said often before."""
    archive.record_statements([draft(STAGED, "2021-01-01", ["Staged attacks"], speaker="Karpov")])
    made = []
    for number in range(9):
        asked = request(
            f"{STAGED} Number {number}.", said_at="2021-05-23", speaker=("Karpov", "LAVROV")[number % 2],
            language="en" if number < 6 else "uk",
        )  # fmt: skip
        [check] = archive.check_statements([asked], desk)
        assert check.flagged
        made.append(check.id)
    return made


def ids(found):
    return [flag.check.id for _, flag in found]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize(
    "fields",
    [{}, {"speaker": "Lavrov"}, {"q": "staged num"}, {"language": "uk", "q": "idlib"}, {"assigned": NOBODY}],
    ids=str,
)
def test_a_list_read_backwards_is_the_same_and_neighbours_are_those_beside(archive, desk, several, sort, fields):
    wanted = FlagFilter(state="open", **fields)
    whole = archive.browse_flags.queue(desk, ANNA, wanted, sort, 50).entries
    assert len(whole) >= 3
    back = archive.browse_flags.queue(desk, ANNA, wanted, sort, 2, before=whole[-1][0])
    assert (ids(back.entries), back.later) == (ids(whole[-3:-1]), True)
    assert back.earlier is (len(whole) > 3)
    order = [None, *ids(whole), None]
    for before, here, after in zip(order, order[1:], order[2:], strict=False):
        opened = archive.browse_flags.open(desk, here, wanted, sort)
        assert (opened.neighbours.previous, opened.neighbours.next) == (before, after)


LONG_FILTERS = {
    "dates": FlagFilter(state="open", said_from=period("2021-02-01"), said_to=period("2021-12-31")),
    "dates of one": FlagFilter(speaker="Karpov", said_from=period("2021-02-01"), said_to=period("2021-12-31")),
    "two that select many": FlagFilter(state="open", speaker="Karpov", language="uk"),
    "few and many": FlagFilter(speaker="Lavrov", language="en"),
    "nobody's": FlagFilter(state="open", assigned=NOBODY, language="uk"),
    "words": FlagFilter(q="staged", speaker="Karpov"),
}


@pytest.mark.parametrize("sort", SORTS)
def test_a_list_of_thousands_is_what_filtering_and_sorting_all_of_them_would_be(archive, desk, several, sort):
    rows = thousands(archive, several[0])
    column = {
        "newest": "check_key", "oldest": "check_key", "score_up": "score", "recurrence_up": "recurrence",
        "speaker": "speaker_order", "speaker_down": "speaker_order", "narrative": "narrative_order",
        "narrative_down": "narrative_order",
    }.get(sort, sort)  # fmt: skip
    falling = sort in ("newest", "score", "recurrence", "speaker_down", "narrative_down")
    for name, wanted in LONG_FILTERS.items():
        fitting = [row for row in rows if fits(row, wanted)]
        fitting.sort(key=lambda row: (row[column], row["check_key"]), reverse=falling)
        expected = [f"check-{row['check_key']}" for row in fitting]
        assert len(expected) > 30, name
        find = archive.browse_flags.find
        first, _ = find(desk, wanted, sort, None, 12)
        assert ids(first) == expected[:12], name
        assert ids(find(desk, wanted, sort, first[-1][0], 12)[0]) == expected[12:24], name
        seen = set()
        firsts = [row for row in fitting if row["group_key"] not in seen and not seen.add(row["group_key"])]
        before, here, after = firsts[-3:]
        for row in [row for row in fitting if row["group_key"] == here["group_key"]]:
            opened = archive.browse_flags.open(desk, f"check-{row['check_key']}", wanted, sort)
            beside = (f"check-{before['check_key']}", f"check-{after['check_key']}")
            assert (opened.neighbours.previous, opened.neighbours.next) == beside, name
        listed = archive.browse_flags.queue(desk, ANNA, wanted, sort, 12)
        after = archive.browse_flags.queue(desk, ANNA, wanted, sort, 12, after=listed.entries[-1][0])
        groups = [*listed.groups, *after.groups]
        assert [group.first.check.id for group in groups] == [f"check-{row['check_key']}" for row in firsts[:24]], name
        assert [[member.id for member in group.members] for group in groups] == [
            [f"check-{row['check_key']}" for row in fitting if row["group_key"] == first["group_key"]]
            for first in firsts[:24]
        ], name


def thousands(archive, check_id):
    """Flags like one, by turns of other people, languages, states and days, instead of those that there were."""
    with writing(archive.store.engine) as connection:
        check = connection.execute(select(checks).where(checks.c.id == check_id)).one()
        flag = connection.execute(select(flags).where(flags.c.check_key == check.key)).one()
        connection.execute(delete(flags))
        kept, made, words, dates = [], [], [], []
        for at in range(4_000):
            key, said = 1_000 + at, period("2021-01-01").begins + (at * 3_600 * 10**6 if at < 3_200 else 0)
            answer = json.dumps({**json.loads(check.answer), "id": f"check-{key}"})
            kept.append({**check._mapping, "key": key, "id": f"check-{key}", "answer": answer})
            made.append({
                **flag._mapping, "check_key": key, "said_begins": said, "said_ends": said + 10**6,
                "group_key": key - at % 4, "speaker_order": "0lavrov" if at % 100 == 0 else "0karpov",
                "narrative_order": ("0gas", "0staged", "1")[at % 3],
                "state": ("open", "open", "dismissed")[at % 3], "score": 0.5 + at * 7 % 100 / 200,
                "recurrence": at * 5 % 13, "speaker": "lavrov" if at % 100 == 0 else "karpov",
                "language": "uk" if at % 40 == 1 else "en", "assigned_id": ANNA.id if at % 4 == 0 else None,
            })  # fmt: skip
            dates.append({"organisation_key": flag.organisation_key, "period": said // PERIOD, "key": key})
            words.append({"organisation_key": flag.organisation_key, "word": "staged", "check_key": key})
        for table, filled in ((checks, kept), (flags, made), (flag_words, words)):
            connection.execute(insert(table), filled)
        connection.execute(delete(flag_periods))
        for period_, rows in itertools.groupby(sorted(dates, key=itemgetter("period", "key")), itemgetter("period")):
            keys = [row["key"] for row in rows]
            whose = {"organisation_key": flag.organisation_key, "period": period_}
            connection.execute(insert(flag_periods), {**whose, "first_key": keys[0], "last_key": keys[-1]})
    return made


def fits(row, wanted):
    return (
        wanted.state in (None, row["state"])
        and (wanted.speaker is None or wanted.speaker.lower() == row["speaker"])
        and wanted.language in (None, row["language"])
        and (wanted.assigned is None or row["assigned_id"] is None)
        and (wanted.said_from is None or row["said_begins"] >= wanted.said_from.begins)
        and (wanted.said_to is None or row["said_ends"] <= wanted.said_to.ends)
    )


def test_neighbours_hold_when_a_decision_takes_the_flag_off_the_list(archive, desk, several):
    wanted = FlagFilter(state="open")
    archive.review_match(desk, ANNA, several[4], ReviewDraft("dismissed"))
    opened = archive.browse_flags.open(desk, several[4], wanted, "newest")
    assert (opened.neighbours.previous, opened.neighbours.next) == (several[5], several[3])


def test_facets_are_what_counting_would_say_after_every_kind_of_change(archive, desk, several):
    archive.review_match(desk, ANNA, several[0], ReviewDraft("dismissed"))
    made = archive.review_match(desk, ANNA, several[1], ReviewDraft("dismissed"))
    archive.review_match.undo(desk, ANNA, several[1], made.review.id)
    flag = archive.browse_flags.get(desk, several[8])
    match = flag.check.matches[0].id
    archive.review_match(desk, ANNA, several[8], ReviewDraft("confirmed", match, archive=True, narrative="New"))
    with archive.store.reading() as tx:
        for state in ("open", "confirmed", "dismissed", None):
            facets = tx.flags.facets(desk, state)
            listed = [flag for _, flag in tx.flags.find(desk, FlagFilter(state=state), "newest", None, 50)]
            for values, of in (
                (facets.speakers, lambda one: one.check.speaker.lower()),
                (facets.languages, lambda one: one.check.language.code),
            ):
                assert {one.value: one.count for one in values} == {
                    value: len(list(group)) for value, group in itertools.groupby(sorted(map(of, listed)))
                }
            assert sum(one.count for one in facets.tiers) == len(listed)
            for narrative in facets.narratives:
                named = FlagFilter(state=state, narrative=narrative.value)
                assert len(tx.flags.find(desk, named, "newest", None, 50)) == narrative.count
        assert [one.label for one in tx.flags.facets(desk, "confirmed").narratives] == ["Staged attacks", "New"]
        assert {one.label for one in tx.flags.facets(desk, None).speakers} == {"Karpov", "LAVROV"}


def test_words_and_facets_of_flags_that_were_there_before_are_filled_in(archive, desk, several):
    archive.review_match(desk, ANNA, several[0], ReviewDraft("dismissed"))

    def kept():
        with archive.store.engine.connect() as connection:
            tables = {
                "words": select(flag_words), "facets": select(flag_facets).where(flag_facets.c.count > 0),
                "texts": select(flags.c.check_key, flags.c.text, flags.c.narrative_order),
            }  # fmt: skip
            return {name: sorted(map(tuple, connection.execute(rows))) for name, rows in tables.items()}

    before = kept()
    assert all(before.values())
    assert {row[2] for row in before["texts"]} == {"0staged attacks"}
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(archive.store.engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0020")
    assert migrate(archive.store.engine) is True
    now = kept()
    for name, rows in before.items():
        assert set(now[name]) ^ set(rows) == set(), name


def test_notes_and_assignments_are_kept_in_order_and_leave_the_version(archive, desk, several, process):
    annotate = archive.annotate_flag
    annotate.note(desk, ANNA, several[0], "First.")
    annotate.note(desk, BORIS, several[0], "Second.")
    assert annotate.assign(desk, ANNA, several[0], ANNA.id).assigned == ANNA
    annotate.assign(desk, ANNA, several[0], ANNA.id)
    assert annotate.assign(desk, BORIS, several[0], None).assigned is None
    remarks = annotate.activity(desk, several[0])
    assert [(note.text, note.by) for note in remarks.notes] == [("First.", ANNA), ("Second.", BORIS)]
    assert [(one.to, one.by) for one in remarks.assignments] == [(ANNA, ANNA), (None, BORIS)]
    assert archive.browse_flags.get(desk, several[0]).version == 1
    with pytest.raises(InvalidInput, match="names no account"):
        annotate.assign(desk, ANNA, several[0], "somebody")
    elsewhere = archive.manage_keys.organisation("Elsewhere")
    for refused in (
        lambda: annotate.note(elsewhere, ANNA, several[0], "x"),
        lambda: annotate.activity(elsewhere, several[0]),
    ):
        with pytest.raises(NotFound):
            refused()


def test_a_list_shows_what_is_assigned_to_somebody_or_to_nobody(archive, desk, several):
    archive.annotate_flag.assign(desk, ANNA, several[2], ANNA.id)
    archive.review_match(desk, ANNA, several[2], ReviewDraft("dismissed"))
    find = archive.browse_flags.find
    assert ids(find(desk, FlagFilter(assigned=ANNA.id), "score", None, 50)[0]) == [several[2]]
    assert set(ids(find(desk, FlagFilter(assigned=NOBODY), "score", None, 50)[0])) == set(several) - {several[2]}


def test_views_are_replaced_by_name_and_private_ones_are_their_makers(archive, desk):
    views = archive.save_flag_views
    _, new = views.save(desk, ANNA, "Mine", "q=a", private=True)
    shared, _ = views.save(desk, ANNA, "Ours", "q=b", private=False)
    again, replaced = views.save(desk, BORIS, "Ours", "q=c", private=False)
    assert (new, replaced, again.id) == (True, False, shared.id)
    assert [(one.name, one.query) for one in views.of(desk, ANNA)] == [("Mine", "q=a"), ("Ours", "q=c")]
    assert [one.name for one in views.of(desk, BORIS)] == ["Ours"]
    assert views.of(archive.manage_keys.organisation("Elsewhere"), ANNA) == []
    with pytest.raises(NotFound):
        views.remove(desk, BORIS, views.of(desk, ANNA)[0].id)
    views.remove(desk, BORIS, shared.id)
    assert [one.name for one in views.of(desk, BORIS)] == []


def test_a_bulk_review_is_undone_at_once(archive, desk, several):
    chosen = [Chosen(one, 1) for one in several[:3]] + [Chosen("nothing"), Chosen(several[3], 7)]
    made = archive.review_many(desk, ANNA, chosen, "confirmed", "Again.", archive=True)
    assert [one.flag.state for one in made.done] == ["confirmed"] * 3
    assert [one for one, _ in made.refused] == ["nothing", several[3]]
    with archive.store.reading() as tx:
        assert tx.statements.count(desk) == 4
    flags_after = archive.review_many.undo(desk, BORIS, made.batch)
    assert {flag.state for flag in flags_after} == {"open"}
    archive.review_many.undo(desk, BORIS, made.batch)
    with archive.store.reading() as tx:
        assert tx.statements.count(desk) == 1
    with pytest.raises(NotFound):
        archive.review_many.undo(archive.manage_keys.organisation("Elsewhere"), BORIS, made.batch)
    with pytest.raises(InvalidInput):
        archive.review_many(desk, ANNA, chosen, "dismissed", archive=True)


def test_a_bulk_review_refuses_a_flag_whose_precedents_are_withdrawn(archive, desk, several):
    [precedent] = archive.browse_flags.get(desk, several[0]).check.matches
    archive.edit_statement.withdraw(precedent.precedent.id, desk)
    made = archive.review_many(desk, ANNA, [Chosen(several[0])], "confirmed")
    assert made.done == ()
    assert "no match is left" in json.dumps([one.detail for one in made.refused[0][1].errors])
