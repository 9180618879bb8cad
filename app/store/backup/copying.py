"""Copies of a whole archive, table by table, from one database into an empty one of the same schema."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Column, Connection, Table, func, inspect, select, table, text, update

from app.store.all_tables import metadata

_AT_ONCE: Final = 500
_NOT_OURS: Final = ("alembic_version", "huey_", "sqlite_")

Progress = Callable[[int], None]
"""Called with the number of rows copied since."""


def tables() -> list[Table]:
    """All tables, each after those that it refers to."""
    return metadata.sorted_tables


def counts(connection: Connection) -> dict[str, int]:
    """Number of rows of each table that there is, whatever the revision of the schema; not of the job queue's."""
    names = [name for name in inspect(connection).get_table_names() if not name.startswith(_NOT_OURS)]
    return {name: int(connection.scalar(select(func.count()).select_from(table(name))) or 0) for name in sorted(names)}


def without_timeouts(connection: Connection) -> None:
    """Lets a transaction take as long as a copy of everything takes."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))


def differences(expected: Mapping[str, int], found: Mapping[str, int]) -> list[str]:
    """Differences of counts, in words."""
    return [
        f"{name} has {found.get(name, 0):,} rows, not {count:,}"
        for name, count in expected.items()
        if found.get(name, 0) != count
    ]


def clear(connection: Connection) -> None:
    """Deletes every row of every table, the audit log's too, which nothing else may."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER audit_entries_kept"))
        connection.execute(text(f"TRUNCATE {', '.join(each.name for each in tables())}"))
        connection.execute(text("ALTER TABLE audit_entries ENABLE TRIGGER audit_entries_kept"))
        return
    for each in reversed(tables()):
        connection.execute(each.delete())


def copy_all(source: Connection, target: Connection, progress: Progress) -> None:
    """Copies every table. `target` must be empty; its numbers go on after the largest."""
    for each in tables():
        _copy(each, source, target, progress)
        if target.dialect.name == "postgresql":
            _continue_numbering(each, target)


def _copy(copied: Table, source: Connection, target: Connection, progress: Progress) -> None:
    to_own = [column for column in copied.columns if _refers_to(column, copied)]
    own_links: list[dict[str, Any]] = []
    in_order = select(copied).order_by(*copied.primary_key).execution_options(yield_per=_AT_ONCE)
    rows = source.execute(in_order).mappings()
    for batch in rows.partitions(_AT_ONCE):
        values = [dict(row) for row in batch]
        for row in values:
            if any(row[column.name] is not None for column in to_own):
                own_links.append({"of": row["key"], **{column.name: row[column.name] for column in to_own}})
                row |= {column.name: None for column in to_own}
        target.execute(copied.insert(), values)
        progress(len(values))
    for link in own_links:  # once all rows are there, in whichever order they came
        of = link.pop("of")
        target.execute(update(copied).where(copied.c.key == of).values(link))


def _refers_to(column: Column[Any], copied: Table) -> bool:
    return any(key.column.table is copied for key in column.foreign_keys)


def _continue_numbering(copied: Table, target: Connection) -> None:
    if "key" in copied.c and copied.c.key.identity is not None:
        sequence = f"pg_get_serial_sequence('{copied.name}', 'key')"
        largest = f"SELECT max(key) FROM {copied.name}"  # noqa: S608
        target.execute(text(f"SELECT setval({sequence}, ({largest})) WHERE EXISTS ({largest} HAVING count(*) > 0)"))
