"""What organisations keep apart and share, and what is done once, over both databases."""

import contextvars
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import STAGED, client, draft, request
from fakes import HeldClock

from app.domain.core.errors import Conflict, IdempotencyMismatch
from app.domain.statements.statements import NarrativeDraft
from app.formats.lines import Line
from app.services.access.idempotency import Claim, current_claim
from app.services.access.ports import StoredResponse

ANSWER = StoredResponse(201, "application/json", b"{}")


def all_at_once(action, values):
    together = threading.Barrier(len(values))

    def run(value):
        together.wait(10)
        return action(value)

    with ThreadPoolExecutor(len(values)) as threads:
        return list(threads.map(run, values))


@pytest.fixture
def processes(process):
    return [process(f"process-{number}") for number in range(3)]


def test_one_of_many_at_once_answers_and_the_others_get_its_answer(processes):
    desk = processes[0].manage_keys.organisation("desk")
    for number in range(5):
        key = f"key-{number}"
        found = all_at_once(lambda one, key=key: one.idempotency.begin(desk, key, "hash"), processes)
        [claim] = [one for one in found if one]
        assert isinstance(claim, Claim)
        processes[1].idempotency.settle(claim, ANSWER)
        assert [one.idempotency.begin(desk, key, "hash") for one in processes] == [ANSWER] * 3
        with pytest.raises(IdempotencyMismatch):
            processes[2].idempotency.begin(desk, key, "another hash")


def test_a_released_claim_goes_to_the_next_request(processes):
    desk = processes[0].manage_keys.organisation("desk")
    claim = processes[0].idempotency.begin(desk, "key", "hash")
    assert processes[1].idempotency.begin(desk, "key", "hash") is None
    processes[0].idempotency.settle(claim, None)
    assert isinstance(processes[1].idempotency.begin(desk, "key", "another hash"), Claim)


def test_a_claim_that_somebody_else_took_over_is_no_longer_settled(process):
    one = process()
    desk = one.manage_keys.organisation("desk")
    late = one.idempotency.begin(desk, "key", "hash")
    one.manage_keys.clock.advance(minutes=6)
    new = one.idempotency.begin(desk, "key", "hash")
    one.idempotency.settle(late, ANSWER)
    assert one.idempotency.begin(desk, "key", "hash") is None
    one.idempotency.settle(new, ANSWER)
    assert one.idempotency.begin(desk, "key", "hash") == ANSWER


def test_the_same_statement_from_three_at_once_is_one_record_with_three_sightings(processes):
    callers = [client(one, organisation=f"desk {number}") for number, one in enumerate(processes)]
    for caller in callers:  # FastAPI builds an application's routes on its first request, and several not at once
        assert caller.get("/v1/statements").status_code == 200
    for number in range(4):
        body = {"text": f"Statement {number}.", "said_at": "2021", "speaker": "Karpov", "source": {"name": "Paper"}}
        answers = all_at_once(lambda caller, body=body: caller.post("/v1/statements", json=body), callers)
        assert sorted(answer.status_code for answer in answers) == [200, 200, 201]
        [known] = {answer.json()["id"] for answer in answers}
        assert callers[0].get(f"/v1/statements/{known}").json()["sightings"]["count"] == 3
    assert len(callers[0].get("/v1/statements").json()["items"]) == 4


def test_a_private_statement_is_its_owners_own_in_every_process(processes):
    one, two, three = processes
    mine, theirs = (one.manage_keys.organisation(name) for name in ("mine", "theirs"))
    recorded = [
        one.record_statements([draft(STAGED, "2021-01-01", external_id="1", owner=owner, narratives=["N1"])])[0]
        for owner in (mine.key, theirs.key, None)
    ]
    assert [record.outcome for record in recorded] == ["new"] * 3
    ids = [record.statement.id for record in recorded]
    for process, viewer, seen in (
        (two, mine, {ids[0], ids[2]}),
        (three, theirs, {ids[1], ids[2]}),
        (one, None, {ids[2]}),
    ):
        [check] = process.check_statements([request()], viewer)
        assert {match.precedent.id for match in check.matches} == seen
        with process.store.reading() as tx:
            assert {known for known in ids if tx.statements.by_id(known, viewer)} == seen
            assert tx.statements.count(viewer) == len(seen)
            narrative = tx.narratives.by_id(tx.narratives.resolve("N1", viewer).id, viewer)
            assert (narrative.external_id, narrative.statement_count) == ("N1", 1)
            assert narrative.owner == (viewer.key if viewer else None)


def test_an_import_for_an_organisation_is_private_and_safe_to_repeat(archive):
    lines = [
        Line(1, narrative=NarrativeDraft("One", "N1", parent="N0")),
        Line(2, draft=draft(STAGED, "2021-01-01", external_id="1", narratives=["N1"])),
    ]
    desk = archive.manage_keys.organisation("desk")
    reports = [archive.import_statements([("file", line) for line in lines], owner=desk) for _ in range(2)]
    assert [report.outcomes["new"] for report in reports] == [1, 0]
    assert [report.outcomes["unchanged"] for report in reports] == [0, 1]
    with archive.store.reading() as tx:
        assert tx.narratives.find(None, None, 10) == []
        assert {one.external_id for _, one in tx.narratives.find(None, None, 10, desk)} == {"N0", "N1"}


def test_what_was_done_for_a_key_is_not_done_again_though_its_answer_was_lost(process):
    clock = HeldClock()
    archive = process(clock=clock)
    desk = archive.manage_keys.organisation("Desk")
    claim = archive.idempotency.begin(desk, "key", "hash")
    context = contextvars.copy_context()
    context.run(current_claim.set, claim)
    [check] = context.run(archive.check_statements, [request()], desk)  # and the process is killed
    archive.idempotency.settle(claim, None)
    clock.advance(minutes=6)
    with pytest.raises(Conflict, match="was done when it was first sent"):
        archive.idempotency.begin(desk, "key", "hash")
    with archive.store.reading() as tx:
        assert tx.checks.by_id(desk, check.id)
