"""The schema comes from migrations, says what `tables.py` says, and can be taken back."""

import subprocess
import sys

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from app.store.all_tables import metadata
from app.store.database import _MIGRATIONS, DatabaseUnusable, migrate, open_database, writing


def downgrade(engine):
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


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
        "import sys; from app.store.database import migrate, open_database; "
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
    answers = [one.communicate(timeout=60) for one in started]
    assert [(one.returncode, error) for one, (_, error) in zip(started, answers, strict=True)] == [(0, "")] * 3
    engine = open_database(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM archive")).scalar_one() == 1
    engine.dispose()
