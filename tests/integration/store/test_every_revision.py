"""Every released schema with data in it: taken back to, and brought up to date again, without a changed cell."""

import gzip
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, inspect, select

from app.store.all_tables import metadata
from app.store.backup.copying import clear
from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS, migrate

_GOLDEN = Path(__file__).resolve().parent / "golden" / "data_folder.sqlite3.gz"
HEAD, *RELEASED = (revision.revision for revision in ScriptDirectory(str(MIGRATIONS)).walk_revisions())
"""Every revision but the newest, the newest first."""


def move(engine, to, revision):
    """Takes the schema to a revision, by `command.upgrade` or `command.downgrade`."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        to(config, revision)


def cells(engine):
    """Every cell of every table, by the table's and the column's name, rows in the order of their keys."""
    found = MetaData()
    found.reflect(engine)
    contents = {}
    with engine.connect() as connection:
        for table in found.tables.values():
            if table.name == "alembic_version":
                continue
            rows = connection.execute(select(table).order_by(*table.primary_key.columns)).mappings().all()
            for column in table.columns:
                contents[f"{table.name}.{column.name}"] = [plain(row[column.name]) for row in rows]
    return contents


def plain(value):
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.fixture
def released(tmp_path):
    """A database that the release before wrote, with one of everything, as it left it."""
    file = tmp_path / "released.sqlite3"
    file.write_bytes(gzip.decompress(_GOLDEN.read_bytes()))
    engine = open_database(f"sqlite:///{file}")
    yield engine
    engine.dispose()


@pytest.fixture
def filled(empty_engine, released):
    """A database with one of everything, at the newest schema."""
    migrate(released)
    migrate(empty_engine)
    with released.connect() as source, writing(empty_engine) as target:
        clear(target)
        for table in metadata.sorted_tables:
            if rows := [dict(row) for row in source.execute(select(table).order_by(*table.primary_key)).mappings()]:
                target.execute(table.insert(), rows)
    return empty_engine


def test_data_of_every_released_schema_survives_the_upgrade_and_the_way_back(filled):
    assert {"statements", "checks", "reviews", "documents", "accounts", "api_keys"} <= {
        name.partition(".")[0] for name, values in cells(filled).items() if values
    }
    # One step at a time: what each keeps of the revision below it, all of them together keep of any.
    for newer, revision in pairwise([HEAD, *RELEASED]):
        move(filled, command.downgrade, revision)
        before = cells(filled)
        move(filled, command.upgrade, newer)
        move(filled, command.downgrade, revision)
        after = cells(filled)
        assert {name for name in before if after.get(name) != before[name]} == set(), revision
    oldest = cells(filled)
    assert migrate(filled) is True
    move(filled, command.downgrade, RELEASED[-1])
    again = cells(filled)
    assert {name for name in oldest if again.get(name) != oldest[name]} == set()


def test_the_release_before_can_go_on_writing_beside_this_one(released):
    known = {
        table: {column["name"] for column in inspect(released).get_columns(table)}
        for table in inspect(released).get_table_names()
    }
    migrate(released)
    now = inspect(released)
    assert known.keys() <= set(now.get_table_names())
    for table, columns in known.items():
        assert columns <= {column["name"] for column in now.get_columns(table)}, table
        demanded = [
            column["name"]
            for column in now.get_columns(table)
            if column["name"] not in columns and not column["nullable"] and column["default"] is None
        ]
        assert demanded == [], table
