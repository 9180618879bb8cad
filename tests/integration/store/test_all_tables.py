"""One list of tables: each table of a migrated database is in it, in the backup, and in the search of an erasure."""

import re
from pathlib import Path

from sqlalchemy import inspect

from app.store import all_tables
from app.store.backup.copying import counts, tables

_STORE = Path(all_tables.__file__).parent


def test_every_table_of_a_migrated_database_is_known_and_backed_up(store):
    there = {name for name in inspect(store.engine).get_table_names() if not name.startswith(("alembic_", "huey_"))}
    assert there == set(all_tables.metadata.tables)
    assert {table.name for table in tables()} == there
    with store.engine.connect() as connection:
        assert set(counts(connection)) == there


def test_every_module_that_declares_tables_is_imported_by_the_list():
    declaring = {path for path in _STORE.rglob("*.py") if re.search(r"^\w+ = Table\($", path.read_text("utf-8"), re.M)}
    listed = {Path(module.__file__) for module in all_tables.MODULES}
    assert declaring - {_STORE / "tables.py"} == listed
