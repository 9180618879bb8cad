"""Several writers at once: everything lands once, and everybody finds it."""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import STAGED, WORDS, draft, request

from app.domain.core.errors import InvalidInput
from app.domain.statements.statements import NarrativeDraft, NarrativeLabel

WRITERS = 4


def all_at_once(actions):
    """Runs actions in a thread each, started together; their results in order."""
    together = threading.Barrier(len(actions))

    def run(action):
        together.wait(10)
        return action()

    with ThreadPoolExecutor(len(actions)) as threads:
        return [one.result(60) for one in [threads.submit(run, action) for action in actions]]


@pytest.fixture
def writers(process):
    return [process(f"writer-{number}") for number in range(WRITERS)]


def test_statements_of_writers_at_once_all_land_and_are_found_by_every_process(writers):
    def write(number):
        return [
            writers[number].record_statements([draft(STAGED, "2021-01-01", external_id=f"{number}-{n}")])[0].outcome
            for n in range(5)
        ]

    outcomes = all_at_once([lambda number=number: write(number) for number in range(WRITERS)])
    assert outcomes == [["new"] * 5] * WRITERS
    expected = {f"{number}-{n}" for number in range(WRITERS) for n in range(5)}
    for one in writers:
        [check] = one.check_statements([request(limit=50)])
        assert {match.precedent.external_id for match in check.matches} == expected


def test_the_same_statement_written_at_once_is_recorded_once(writers):
    same = [draft(STAGED, "2021-01-01", speaker="Karpov", narratives=["N1"], external_id=str(n)) for n in range(5)]
    for new in same:
        outcomes = all_at_once([lambda one=one, new=new: one.record_statements([new])[0].outcome for one in writers])
        assert sorted(outcomes) == ["new"] + ["unchanged"] * (WRITERS - 1)
    with writers[0].store.reading() as tx:
        assert tx.statements.count() == len(same)
        assert len(tx.narratives.find(None, None, 10)) == 1


def test_narratives_and_organisations_made_at_once_are_made_once(writers):
    for number in range(3):
        made = all_at_once(
            [
                lambda one=one, number=number: one.edit_narrative.record(
                    NarrativeDraft(f"Narrative {number}", f"N{number}")
                )
                for one in writers
            ]
        )
        assert sorted(new for _, new in made) == [False] * (WRITERS - 1) + [True]
        organisations = all_at_once(
            [lambda one=one, number=number: one.manage_keys.organisation(f"desk {number}") for one in writers]
        )
        assert len({one.id for one in organisations}) == 1


def put_under(services, name, parent):
    """Records a narrative under a parent; whoever comes second is told that it would make a circle."""
    with contextlib.suppress(InvalidInput):
        services.edit_narrative.record(NarrativeDraft(name, name, parent=parent))


def test_two_put_under_each_other_at_once_make_no_circle(writers):
    first, second = writers[:2]
    for number in range(4):
        a, b = f"A{number}", f"B{number}"
        with first.store.writing() as tx:
            tx.narratives.ensure([NarrativeLabel(a), NarrativeLabel(b)])
        all_at_once(
            [
                lambda a=a, b=b: put_under(first, a, b),
                lambda a=a, b=b: put_under(second, b, a),
            ]
        )
        with first.store.reading() as tx:
            above, below = tx.narratives.resolve(a), tx.narratives.resolve(b)
            assert tx.narratives.is_below(above.key, below.key) != tx.narratives.is_below(below.key, above.key)


def test_the_sequence_rises_by_one_a_change_and_nobody_sees_it_before_its_change(writers):
    stop = threading.Event()
    seen = []

    def watch():
        while not stop.is_set():
            with writers[0].store.reading() as tx:
                sequence, count = tx.statements.sequence(), tx.statements.count()
            seen.append((sequence, count))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        all_at_once(
            [
                lambda one=one, number=number: [
                    one.record_statements([draft(f"Statement {number} {n}.", external_id=f"{number}-{n}")])
                    for n in range(8)
                ]
                for number, one in enumerate(writers)
            ]
        )
    finally:
        stop.set()
        watcher.join(10)
    assert seen == sorted(seen)
    assert all(sequence == count for sequence, count in seen)
    with writers[0].store.reading() as tx:
        assert tx.statements.sequence() == 8 * WRITERS


def test_what_one_process_writes_the_others_next_search_finds(process):
    writer, reader = process("writer"), process("reader")
    assert reader.check_statements([request()])[0].matches == ()
    [recorded] = writer.record_statements([draft(STAGED, "2021-01-01")])
    assert len(reader.check_statements([request()])[0].matches) == 1
    writer.edit_statement.withdraw(recorded.statement.id)
    assert reader.check_statements([request()])[0].matches == ()


def test_checks_are_answered_while_what_they_find_comes_and_goes(process):
    services = process(policy=WORDS)
    texts = [f"{STAGED} {number}" for number in range(40)]
    services.record_statements([draft(text, "2021-01-01", external_id=text) for text in texts])
    stop = threading.Event()

    def come_and_go():
        with services.store.reading() as tx:
            ids = [one.id for one in tx.statements.by_identities(f"id:{text}" for text in texts[:20]).values()]
        try:
            for statement in ids:
                services.edit_statement.withdraw(statement)
                services.edit_statement.change(statement, {"withdrawn_at": None}, None)
        finally:
            stop.set()

    def ask():
        answered = 0
        while not stop.is_set():
            [check] = services.check_statements([request(limit=50, record=False)])
            assert {match.precedent.text for match in check.matches} >= set(texts[20:])
            answered += 1
        return answered

    *answered, _ = all_at_once([ask, ask, ask, come_and_go])
    assert all(answered)
    assert len(services.check_statements([request(limit=50, record=False)])[0].matches) == 40
