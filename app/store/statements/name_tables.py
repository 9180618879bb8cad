"""Tables of names (speakers, sources): a name is stored once."""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, select
from sqlalchemy.dialects import postgresql, sqlite


def keys_of(connection: Connection, table: Table, requested: Iterable[str | None]) -> dict[str | None, int]:
    """Keys of the names; new names are added."""
    names = sorted({name for name in requested if name})
    if not names:
        return {}
    known = _known(connection, table, names)
    new = [{"name": name} for name in names if name not in known]
    if new:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        connection.execute(dialect.insert(table).on_conflict_do_nothing(), new)
        known = _known(connection, table, names)
    return known


def _known(connection: Connection, table: Table, names: list[str]) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for start in range(0, len(names), 500):
        rows = connection.execute(select(table.c.name, table.c.key).where(table.c.name.in_(names[start : start + 500])))
        found |= {row.name: row.key for row in rows}
    return found
