"""How many transactions a request opens: one to read and one to write for a check, at most three to record or review.

A transaction is a block of `Store.reading()` or `Store.writing()`, whoever opens it: use case, index, caches, events.
The key of the caller was seen just before, so that authentication opens none, and has no quota.
"""

from collections import Counter
from contextlib import contextmanager

import pytest
from builders import STAGED, STAGED_ELSEWHERE, draft
from sqlalchemy import event

NARRATIVE = "Staged attacks"


@pytest.fixture
def opened(archive, monkeypatch):
    """Counts the transactions that are opened from now on, by kind."""
    seen = Counter()
    kind = type(archive.store)

    def count(name, open_one):
        @contextmanager
        def counted(store, **options):
            seen[name] += 1
            with open_one(store, **options) as tx:
                yield tx

        monkeypatch.setattr(kind, name, counted)

    count("reading", kind.reading)
    count("writing", kind.writing)
    return seen


@pytest.fixture
def asked(desk, opened, monkeypatch):
    """The answer to a request, and the transactions that it opened."""
    monkeypatch.setattr("app.services.access.manage_keys._GOOD_FOR_S", 600)  # however busy the machine

    def ask(method, path, body=None, **options):
        assert desk.get("/v1/me").status_code == 200  # the key is known from here on
        opened.clear()
        answer = desk.request(method, path, json=body, **options)
        assert answer.is_success, answer.text
        return answer.json(), dict(opened)

    return ask


@pytest.fixture(autouse=True)
def precedents(archive):
    archive.record_statements(
        [draft(STAGED if number % 2 else STAGED_ELSEWHERE, f"2021-01-0{number}", [NARRATIVE]) for number in range(1, 7)]
    )


CHECK = {"text": STAGED, "said_at": "2021-05-23", "limit": 5}


def test_a_recorded_check_reads_once_and_writes_once(asked):
    for _ in range(2):  # with cold caches and with warm ones
        answer, opened = asked("POST", "/v1/checks", CHECK)
        assert len(answer["matches"]) == 5
        assert opened == {"reading": 1, "writing": 1}


def test_a_check_of_what_was_known_then_and_one_that_is_not_recorded_only_read(asked):
    for fields in ({"record": False}, {"record": False, "known_at": "2021-05-23"}):
        _, opened = asked("POST", "/v1/checks", {**CHECK, **fields})
        assert opened == {"reading": 1}


def test_a_check_after_the_archive_has_changed_takes_the_change_in_by_the_same_transaction(archive, asked):
    with archive.store.writing() as tx:  # as another process does: nothing is taken in here
        [statement] = tx.statements.by_keys([1]).values()
        tx.statements.change(statement, statement, tx.statements.next_sequence())
    _, opened = asked("POST", "/v1/checks", CHECK)
    assert opened == {"reading": 1, "writing": 1}


def test_a_batch_of_checks_opens_no_more_than_one_check(asked):
    answer, opened = asked("POST", "/v1/checks/batch", {"checks": [CHECK] * 4})
    assert len(answer["results"]) == 4
    assert opened == {"reading": 1, "writing": 1}


def test_a_document_with_its_checks_opens_no_more_than_one_check(asked):
    said = "\n\n".join(f"Karpov said on Sunday: “{STAGED_ELSEWHERE} {number}”" for number in range(3))
    answer, opened = asked("POST", "/v1/documents", {"text": said, "published_at": "2021-05-24"})
    assert len(answer["statements"]) == 3
    assert opened == {"reading": 1, "writing": 1}


@pytest.mark.parametrize("again", [False, True])
def test_recording_a_statement_opens_three(asked, again):
    body = {"text": "Grain exports rose by ten percent.", "said_at": "2021-05-01", "narratives": [NARRATIVE]}
    for _ in range(1 + again):
        answer, opened = asked("POST", "/v1/statements", body)
    assert answer["sightings"]["count"] == 1 + again
    assert sum(opened.values()) <= 3
    assert opened["writing"] == 1


@pytest.mark.parametrize("fields", [{"archive": True}, {}, {"verdict": "dismissed", "counter_example": True}])
def test_a_review_opens_three(asked, fields):
    check, _ = asked("POST", "/v1/checks", CHECK)
    review = {"match_id": check["matches"][0]["id"], "verdict": "confirmed", **fields}
    answer, opened = asked("POST", f"/v1/flags/{check['id']}/reviews", review)
    assert answer["verdict"] == review["verdict"]
    assert sum(opened.values()) <= 3
    assert opened["writing"] == 1


@pytest.fixture
def of_the_log(archive):
    """The SQL statements that name the audit log, from now on."""
    seen = []

    @event.listens_for(archive.store.engine, "before_cursor_execute")
    def _count(_connection, _cursor, statement, *_):
        if "audit_entries" in statement:
            seen.append(statement)

    return seen


def test_the_audit_log_takes_two_statements_of_a_check_and_three_of_a_review(asked, of_the_log):
    check, _ = asked("POST", "/v1/checks", CHECK)
    assert len(of_the_log) == 2
    of_the_log.clear()
    asked(
        "POST",
        f"/v1/flags/{check['id']}/reviews",
        {"match_id": check["matches"][0]["id"], "verdict": "confirmed", "archive": True},
    )
    assert len(of_the_log) == 3


def test_with_an_idempotency_key_two_more_claim_and_keep_the_answer(asked):
    _, opened = asked("POST", "/v1/checks", CHECK, headers={"Idempotency-Key": "once"})
    assert opened == {"reading": 1, "writing": 3}


def test_a_timeline_and_related_statements_are_read_in_one(archive, opened):
    [(_, narrative)] = archive.edit_narrative.find(None, None, 10)
    opened.clear()
    archive.narrative_timeline(narrative.id, 0, 10)
    assert opened == {"reading": 1}
    with archive.store.reading() as tx:
        [statement] = tx.statements.by_keys([1]).values()
    opened.clear()
    assert archive.related_statements(statement.id).echoes
    assert opened == {"reading": 1}
