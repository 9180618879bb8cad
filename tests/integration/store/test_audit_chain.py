"""The audit log over SQLite and PostgreSQL: nothing is changed in it unseen, and no two writers break its chain."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.domain.audit.entries import AuditHead
from app.services.audit.ports import AuditFilter


@pytest.fixture
def chain(archive):
    for number in range(5):
        with archive.store.writing() as tx:
            tx.audit.add("statement.created", "statement", f"s{number}", count=number)
    return archive.audit


def run(archive, statement, *, guarded=True):
    """Executes SQL as somebody with the database in hand would; not `guarded`: who takes the triggers off first."""
    engine = archive.store.engine
    with engine.begin() as connection:
        if not guarded and engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER USER"))
        if not guarded and engine.dialect.name == "sqlite":
            for name in ("update", "delete", "insert"):
                connection.execute(text(f"DROP TRIGGER IF EXISTS audit_entries_kept_{name}"))
        connection.execute(text(statement))
        if not guarded and engine.dialect.name == "postgresql":
            connection.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER USER"))


def test_a_chain_that_nobody_touched_holds(archive, chain):
    state = chain.verify()
    assert state.fault is None
    assert state.head.number == 5
    assert chain.verify(state.head).fault is None
    with archive.store.writing() as tx:
        tx.audit.add_each("statement.created", "statement", ["six", "seven"])
    assert chain.verify(state.head).fault is None
    assert chain.verify().head.number == 7


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_entries SET actor_id = 'somebody else' WHERE number = 3",
        "DELETE FROM audit_entries WHERE number = 3",
        "DELETE FROM audit_entries",
    ],
)
def test_the_database_refuses_to_change_or_delete_an_entry(archive, chain, statement):
    with pytest.raises(DBAPIError, match="neither changed nor deleted"):
        run(archive, statement)
    assert chain.verify().head.number == 5


def test_a_replaced_entry_is_refused_too(archive, chain):
    columns = "number, at, actor_kind, action, subject_kind, detail, previous_hash, hash"
    how = "INSERT OR REPLACE" if archive.store.engine.dialect.name == "sqlite" else "INSERT"
    with pytest.raises(DBAPIError):
        run(
            archive,
            f"{how} INTO audit_entries ({columns}) "
            "SELECT number, at, actor_kind, 'other', subject_kind, detail, previous_hash, hash "
            "FROM audit_entries WHERE number = 3",
        )
    assert chain.verify().fault is None


@pytest.mark.parametrize("column", ["action", "actor_id", "subject_id", "request_id", "organisation_id"])
def test_a_changed_entry_is_found_by_its_content(archive, chain, column):
    run(archive, f"UPDATE audit_entries SET {column} = 'x' WHERE number = 3", guarded=False)
    state = chain.verify()
    assert (state.fault.number, state.head.number) == (3, 2)


def test_a_missing_entry_is_found(archive, chain):
    run(archive, "DELETE FROM audit_entries WHERE number = 2", guarded=False)
    assert chain.verify().fault.number == 3


def test_a_log_that_was_cut_off_or_written_anew_is_found_by_a_head_that_was_noted(archive, chain):
    noted = chain.verify().head
    run(archive, "DELETE FROM audit_entries WHERE number >= 4", guarded=False)
    assert chain.verify().fault is None
    assert chain.verify(noted).fault.number == 4
    with archive.store.writing() as tx:  # the chain is made anew: it holds in itself
        tx.audit.add_each("statement.created", "statement", ["other", "others"])
    assert chain.verify().fault is None
    assert chain.verify(noted).fault.number == 5
    assert chain.verify(AuditHead(5, chain.verify().head.hash)).fault is None


def test_many_writers_make_one_chain(archive, process):
    processes = [archive, process("two")]

    def write(one):
        for _ in range(10):
            with one.store.writing() as tx:
                tx.audit.add("statement.created", "statement", "s")
            one.view_log.note("statement.viewed", "statement", "s")
            one.view_log.flush()

    threads = [threading.Thread(target=write, args=[one]) for one in processes * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    state = archive.audit.verify()
    assert state.fault is None
    assert state.head.number == 80


def test_views_wait_while_the_database_takes_none_and_those_beyond_the_bound_are_counted(archive, monkeypatch):
    log = archive.view_log
    monkeypatch.setattr("app.services.audit.view_log._MOST_WAITING", 3)
    for number in range(5):
        log.note("statement.viewed", "statement", f"s{number}")
    writing = archive.store.writing
    monkeypatch.setattr(type(archive.store), "writing", lambda *_, **__: (_ for _ in ()).throw(OSError("gone")))
    log.stop()  # tries, says so in the log, and keeps them
    monkeypatch.setattr(type(archive.store), "writing", lambda _, **options: writing(**options))
    log.flush()
    with archive.store.reading() as tx:
        found = list(tx.audit.stream(AuditFilter()))
    assert [entry.subject_id for entry in found[:3]] == ["s0", "s1", "s2"]
    assert (found[3].action, found[3].detail) == ("audit.views_lost", {"count": 2})
    log.flush()
    assert archive.audit.verify().head.number == 4
