"""Groups of flags as checks make them, what a list counts, bulk assignments, and the tally of a session."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from builders import NOW, STAGED, account, draft, period, request

from app.domain.checks.reviews import Actor, ReviewDraft
from app.domain.desk.flag_groups import MOST_TOGETHER, ReviewTally
from app.services.desk.ports import FlagFilter
from app.services.desk.review_many import Chosen

ANNA = Actor("anna", "Anna")
OPEN = FlagFilter(state="open")


@pytest.fixture
def desk(archive):
    return archive.manage_keys.organisation("Desk")


@pytest.fixture
def flag(archive, desk):
    """Makes flags of texts, in one transaction, the oldest first."""
    archive.record_statements([draft(STAGED, "2021-01-01", ["Staged attacks"], speaker="Karpov")])
    [like] = archive.check_statements([request(f"{STAGED} Now.", speaker="Karpov", record=False)], desk)

    def make(*texts, **fields):
        matches = like.matches
        made = [
            replace(like, id=str(uuid4()), text=text, flagged=True, **fields,
                    matches=tuple(replace(match, id=str(uuid4())) for match in matches))
            for text in texts
        ]  # fmt: skip
        with archive.store.writing() as tx:
            for check in made:
                tx.checks.add(desk, check)
        return [check.id for check in made]

    return make


def listed(archive, desk, filters=OPEN, sort="newest"):
    return archive.browse_flags.queue(desk, ANNA, filters, sort, 50)


def sizes(archive, desk, filters=OPEN):
    return [len(group.members) for group in listed(archive, desk, filters).groups]


def test_near_duplicates_are_one_row_of_at_most_fifty_and_another_number_is_another_text(archive, desk, flag):
    long = f"{STAGED} Films of it were made by people whom nobody saw."
    first = flag(long, f"{long} Again.", long.upper(), f"{long} 5 times.")
    assert sizes(archive, desk) == [1, 3]
    flag(*[long] * (MOST_TOGETHER - 2))
    assert sizes(archive, desk) == [1, MOST_TOGETHER, 1]
    archive.review_match(desk, ANNA, first[0], ReviewDraft("dismissed"))
    assert sizes(archive, desk) == [1, MOST_TOGETHER - 1, 1]
    assert sizes(archive, desk, FlagFilter(state="dismissed")) == [1]
    one = listed(archive, desk, FlagFilter(state="open", group=first[1]))
    assert [len(group.members) for group in one.groups] == [1] * (MOST_TOGETHER - 1)


def test_claims_of_an_article_are_one_row_and_no_near_duplicates_of_others(archive, desk, flag):
    flag("One text of its own.", "Quite another claim.", document="article-1")
    flag("One text of its own.", document="article-2")
    flag("One text of its own.")
    assert sizes(archive, desk) == [1, 1, 2]


def test_next_is_the_next_row_whether_one_of_a_group_was_judged_or_another_of_it_is_read(archive, desk, flag):
    before, first, between, second, third, after = flag(
        "What comes before.", STAGED, "What comes between.", STAGED, STAGED, "What comes after."
    )

    def beside(one, filters=OPEN):
        found = archive.browse_flags.open(desk, one, filters, "oldest").neighbours
        return found.previous, found.next

    assert [beside(one) for one in (first, second, third)] == [(before, between)] * 3
    assert (beside(between), beside(before), beside(after)) == ((first, after), (None, first), (between, None))
    archive.review_match(desk, ANNA, first, ReviewDraft("dismissed"))
    assert (beside(first), beside(between)) == ((before, between), (before, second))
    assert beside(second) == (between, after)
    assert beside(second, FlagFilter(state="open", group=first)) == (None, third)


def test_next_goes_through_each_claim_of_an_article_before_the_next_row(archive, desk, flag):
    one, two, three = flag("First claim.", "Another claim.", "The last of them.", document="article-1")
    [after] = flag("What comes after.")
    following = [archive.browse_flags.open(desk, claim, OPEN, "oldest").neighbours.next for claim in (one, two, three)]
    assert following == [two, three, after]
    archive.review_match(desk, ANNA, two, ReviewDraft("dismissed"))
    assert archive.browse_flags.open(desk, two, OPEN, "oldest").neighbours.next == three
    assert archive.browse_flags.open(desk, after, OPEN, "oldest").neighbours.previous == one


def test_a_filter_by_speaker_finds_the_names_that_the_organisation_takes_for_one(archive, desk, flag):
    archive.record_statements([draft("Another one.", "2020-02-01", speaker="Карпов")])
    flag("What Karpov says.", "What Karpov said then.")
    flag("What the same one said.", speaker="Карпов")
    flag("What somebody else said.", speaker="Lavrov")
    assert len(listed(archive, desk, FlagFilter(state="open", speaker="KARPOV")).entries) == 2
    of = {name: archive.browse_speakers.key_of("speaker", name, desk) for name in ("Karpov", "Карпов")}
    archive.merge_speakers.merge(of["Карпов"], of["Karpov"], desk, ANNA)
    for name in ("karpov", "КАРПОВ"):
        for sort in ("newest", "speaker"):
            found = listed(archive, desk, FlagFilter(state="open", speaker=name), sort)
            assert (len(found.entries), found.count.listed, found.count.any_state) == (3, 3, 3), (name, sort)
    assert len(listed(archive, desk, FlagFilter(state="open", speaker="Karpov", language="en")).entries) == 3
    elsewhere = archive.manage_keys.organisation("Elsewhere")
    assert archive.browse_flags.queue(elsewhere, ANNA, FlagFilter(speaker="Karpov"), "newest", 9).entries == []
    archive.merge_speakers.separate(of["Карпов"], desk)
    assert len(listed(archive, desk, FlagFilter(state="open", speaker="Karpov")).entries) == 2


def test_another_organisation_has_groups_of_its_own(archive, desk, flag):
    other = archive.manage_keys.organisation("Other")
    [mine] = flag("A text that both have.")
    with archive.store.writing() as tx:
        check = tx.flags.by_id(desk, mine).check
        matches = tuple(replace(match, id=str(uuid4())) for match in check.matches)
        tx.checks.add(other, replace(check, id="check-of-other", matches=matches))
    assert sizes(archive, desk) == sizes(archive, other) == [1]
    assert listed(archive, other, FlagFilter(group=mine)).entries == []


def test_a_list_counts_what_is_left_and_what_there_is_whether_a_counter_has_it_or_not(archive, desk, flag):
    made = flag(*(f"Attack number {at} is being staged." for at in range(6)), said_at=period("2021-05-23"))
    archive.review_match(desk, ANNA, made[0], ReviewDraft("dismissed"))
    for filters in (
        OPEN,
        FlagFilter(state="open", speaker="KARPOV"),
        FlagFilter(state="open", narrative="Staged attacks"),
        FlagFilter(state="open", speaker="karpov", language="en"),
        FlagFilter(state="open", q="number staged"),
        FlagFilter(state="open", said_to=period("2021-06")),
    ):
        count = listed(archive, desk, filters).count
        assert (count.listed, count.any_state, count.exact) == (5, 6, True), filters
    none = listed(archive, desk, FlagFilter(state="open", speaker="Nobody")).count
    assert (none.listed, none.any_state) == (0, 0)


def test_what_came_since_is_counted_within_the_filter(archive, desk, flag):
    flag("The first of them.")
    newest = listed(archive, desk).newest
    assert archive.browse_flags.newer(desk, OPEN, newest) == 0
    flag("The second of them.", "The third of them.")
    assert archive.browse_flags.newer(desk, OPEN, newest) == 2
    assert archive.browse_flags.newer(desk, FlagFilter(state="open", q="third"), newest) == 1
    assert archive.browse_flags.newer(desk, FlagFilter(state="open", speaker="Lavrov"), newest) == 0


def test_a_gesture_assigns_many_and_its_undo_gives_each_back_unless_somebody_assigned_it_since(archive, desk, flag):
    made = flag(*(f"Attack number {at} is being staged." for at in range(4)))
    boris = account(archive, "analyst", "Desk", name="Boris").actor
    archive.annotate_flag.assign(desk, ANNA, made[0], ANNA.id)
    archive.review_match(desk, ANNA, made[3], ReviewDraft("dismissed"))
    done = archive.assign_many(desk, ANNA, [Chosen(one, 1) for one in made], boris.id)
    assert (done.done, done.refused) == (tuple(made[:3]), (made[3],))
    archive.annotate_flag.assign(desk, ANNA, made[1], None)
    assert archive.assign_many.undo(desk, ANNA, done.batch) == [made[0], made[2]]
    assigned = [archive.browse_flags.get(desk, one).assigned for one in made]
    assert assigned == [ANNA, None, None, None]


def test_the_tally_has_what_one_person_decided_since_a_moment_and_stands(archive, desk, flag):
    made = flag(*(f"Attack number {at} is being staged." for at in range(4)))
    match = archive.browse_flags.get(desk, made[0]).check.matches[0].id
    archive.review_match(desk, ANNA, made[0], ReviewDraft("confirmed", match, archive=True))
    archive.review_match(desk, ANNA, made[1], ReviewDraft("dismissed"))
    undone = archive.review_match(desk, ANNA, made[2], ReviewDraft("dismissed"))
    archive.review_match.undo(desk, ANNA, made[2], undone.review.id)
    archive.review_match(desk, Actor("boris", "Boris"), made[3], ReviewDraft("dismissed"))
    assert archive.browse_flags.tally(desk, ANNA, NOW) == ReviewTally(1, 1, 1)
    assert archive.browse_flags.tally(desk, ANNA, NOW + timedelta(days=1)) == ReviewTally()
