"""A database that cannot be used is said in one sentence, which says what to do."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from builders import migrated_sqlite
from sqlalchemy import event

from app.store import database
from app.store.database import open_database, open_migrated
from app.store.faults import DatabaseUnusable


def said_of(url):
    with pytest.raises(DatabaseUnusable) as refused:
        open_migrated(url)
    said = str(refused.value)
    assert "\n" not in said
    assert "Traceback" not in said
    return said


@pytest.fixture
def file(tmp_path):
    made = tmp_path / "refrain.sqlite3"
    made.write_bytes(migrated_sqlite())
    return made


def test_a_file_that_is_no_database(tmp_path):
    file = tmp_path / "refrain.sqlite3"
    file.write_text("no database " * 1000)
    assert "the database file is damaged: stop the service, and restore a backup" in said_of(f"sqlite:///{file}")


def test_a_file_with_a_page_overwritten(file):
    content = bytearray(file.read_bytes())
    content[100:20_000] = b"\xff" * 19_900
    file.write_bytes(content)
    assert "damaged" in said_of(f"sqlite:///{file}")


def test_a_schema_of_a_newer_version(file):
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999_future'")
    assert "written by a newer Refrain (schema 9999_future): upgrade this one" in said_of(f"sqlite:///{file}")


def test_a_migration_that_fails_leaves_the_schema_as_it_was(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'refrain.sqlite3'}"
    opened = open_database(url)

    @event.listens_for(opened, "before_cursor_execute")
    def _fail(connection, cursor, statement, parameters, context, executemany):
        if "narratives" in statement:
            raise sqlite3.OperationalError("a word of somebody's")

    monkeypatch.setattr(database, "open_database", lambda _: opened)
    said = said_of(url)
    assert "could not be brought up to date, and is as it was" in said
    assert "a word of somebody's" not in said
    opened.dispose()
    monkeypatch.undo()
    assert open_migrated(url).dispose() is None


@pytest.fixture
def roleless(postgres):
    """The URL of a database in whose schema public a role may not create tables, as PostgreSQL has it by default."""
    with psycopg.connect(postgres.uri, autocommit=True) as connection:
        connection.execute("CREATE DATABASE newsroom TEMPLATE template0")
        connection.execute("CREATE ROLE reporter LOGIN PASSWORD 'right'")
    of_theirs = postgres.uri.replace("/postgres?", "/newsroom?")
    with psycopg.connect(of_theirs, autocommit=True) as connection:
        connection.execute("CREATE SCHEMA reporters AUTHORIZATION reporter")
    yield of_theirs.replace("postgresql://postgres:@", "postgresql://reporter:right@")
    with psycopg.connect(postgres.uri, autocommit=True) as connection:
        connection.execute("DROP DATABASE newsroom WITH (FORCE)")
        connection.execute("DROP ROLE reporter")


def test_a_role_that_may_not_create_tables(roleless):
    said = said_of(roleless)
    assert "GRANT CREATE, USAGE ON SCHEMA public TO reporter" in said
    assert "right" not in said
    opened = open_migrated(f"{roleless}&options=-csearch_path%3Dreporters")
    with opened.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM reporters.statements").scalar() == 0
    opened.dispose()


def test_an_unknown_database_and_the_other_spelling_of_the_scheme(postgres):
    unknown = postgres.uri.replace("/postgres?", "/nowhere?")
    assert 'database "nowhere" does not exist' in said_of(unknown)
    opened = open_database(postgres.uri.replace("postgresql://", "postgres://"))
    assert opened.dialect.name == "postgresql"
    opened.dispose()


def test_a_file_where_nobody_may_write_is_named(tmp_path):
    assert "cannot open the database" in said_of(f"sqlite:///{Path('/proc') / 'refrain.sqlite3'}")
