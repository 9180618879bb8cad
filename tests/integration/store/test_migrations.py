"""The schema comes from migrations, says what `tables.py` says, and can be taken back."""

import subprocess
import sys
import threading
import time

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import as_request
from app.store.all_tables import metadata
from app.store.connections import reading, writing
from app.store.database import open_database
from app.store.faults import DatabaseUnusable
from app.store.migrating import MIGRATIONS, migrate

BEFORE_CONTRIBUTORS = "0025"


def downgrade(engine, revision="base"):
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, revision)


def revision_of(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()


def test_an_empty_database_is_brought_up_to_date_once(empty_engine):
    assert migrate(empty_engine) is True
    assert migrate(empty_engine) is False


def test_the_migrated_schema_is_that_of_the_tables(empty_engine):
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_check_constraints_are_there_too(empty_engine):
    migrate(empty_engine)
    declared = {
        c.name for table in metadata.tables.values() for c in table.constraints if str(c.name).startswith("ck_")
    }
    found = {c["name"] for table in metadata.tables for c in inspect(empty_engine).get_check_constraints(table)}
    assert found == declared


def test_a_migrated_database_is_one_archive_that_begins_at_nothing(empty_engine):
    migrate(empty_engine)
    with empty_engine.connect() as connection:
        [row] = connection.execute(text("SELECT key, id, sequence FROM archive"))
    assert (row.key, row.sequence) == (1, 0)
    assert len(row.id) == 36


def test_downgrading_leaves_nothing_and_upgrading_again_works(empty_engine):
    migrate(empty_engine)
    downgrade(empty_engine)
    assert set(inspect(empty_engine).get_table_names()) <= {"alembic_version"}
    assert migrate(empty_engine) is True


def test_a_database_of_a_newer_refrain_is_left_alone(empty_engine):
    migrate(empty_engine)
    with writing(empty_engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusable, match=r"newer Refrain \(schema 9999\): upgrade this one"):
        migrate(empty_engine)


def test_several_processes_may_migrate_at_once(empty_url):
    program = (
        "import sys; from app.store.database import open_database; from app.store.migrating import migrate; "
        "engine = open_database(sys.argv[1]); sys.stdin.readline(); migrate(engine); engine.dispose()"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, empty_url], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for one in started:
        one.stdin.write("now\n")
        one.stdin.flush()
    answers = [one.communicate(timeout=240) for one in started]
    assert [(one.returncode, error) for one, (_, error) in zip(started, answers, strict=True)] == [(0, "")] * 3
    engine = open_database(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM archive")).scalar_one() == 1
    engine.dispose()


@pytest.fixture
def held(postgres):
    """A PostgreSQL of an older schema, while another transaction holds a lock on `statements`; and what lets it go."""
    engine = open_database(postgres.database())
    migrate(engine)
    downgrade(engine, BEFORE_CONTRIBUTORS)
    other = engine.connect()
    other.execute(text("LOCK TABLE statements IN ACCESS SHARE MODE"))  # as a query that takes long, or a backup, does
    yield engine, other.rollback
    other.close()
    engine.dispose()


def test_a_migration_gives_up_while_a_table_is_held_and_requests_go_on(held):
    engine, let_go = held
    columns = [column["name"] for column in inspect(engine).get_columns("statements")]
    said, answered, refused = [], 0, 0

    def give_up():
        with pytest.raises(DatabaseUnusable) as error:
            migrate(engine)
        said.append(str(error.value))

    migrating = threading.Thread(target=give_up)
    migrating.start()
    while migrating.is_alive():
        try:
            with as_request():
                with writing(engine) as connection:
                    connection.execute(text("UPDATE archive SET sequence = sequence + 1"))
                with reading(engine) as connection:
                    connection.execute(text("SELECT count(*) FROM statements")).scalar_one()
            answered += 1
        except StoreUnavailable:  # a busy machine: told within a second, and answered when tried again
            refused += 1
        time.sleep(0.02)
    migrating.join()
    assert len(said) == 1
    assert "could not be brought up to date, and is as it was (another transaction holds a table" in said[0]
    assert answered > 2 * refused
    assert revision_of(engine) == BEFORE_CONTRIBUTORS
    assert [column["name"] for column in inspect(engine).get_columns("statements")] == columns
    let_go()
    assert migrate(engine) is True


def test_a_migration_waits_for_a_table_that_is_let_go_soon(held):
    engine, let_go = held
    soon = threading.Timer(1.5, let_go)
    soon.start()
    assert migrate(engine) is True
    soon.join()


def test_each_revision_is_kept_though_a_later_one_fails(empty_engine):
    migrate(empty_engine)
    downgrade(empty_engine, BEFORE_CONTRIBUTORS)
    with empty_engine.begin() as connection:  # in the way of revision 0028
        connection.execute(text("CREATE TABLE audit_entries (number INTEGER)"))
    with pytest.raises(DatabaseUnusable, match="could not be brought up to date"):
        migrate(empty_engine)
    assert revision_of(empty_engine) == "0027"
    with empty_engine.begin() as connection:
        connection.execute(text("DROP TABLE audit_entries"))
    assert migrate(empty_engine) is True
