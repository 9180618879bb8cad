"""Consistency of the database: what its engine finds damaged, counters against what they count, vectors to compare."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError

from app.services.search.ports import IndexRow
from app.store.desk.flag_tables import flag_counts, flag_facets, flag_narratives, flags
from app.store.narratives.merged_narratives import present_narrative
from app.store.narratives.narrative_tables import merged_narratives
from app.store.statements.vectors import INDEX_ROW, VectorRows
from app.store.tables import statements, vectors
from index.contract import EncoderInput

_MOST_SAID = 20
_AT_ONCE = 500
_FACETS = ("tier", "language", "speaker", "source", "flagged_on")
_ANY = "any"

FacetKey = tuple[int, str, str, str]
"""Organisation, state, facet and value."""


class ConsistencyRows:
    """SQL implementation of `app.services.search.ports.Consistency`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def damage(self) -> list[str]:
        try:
            if self._connection.dialect.name == "sqlite":
                return self._damage_of_sqlite()
            loose = "SELECT conrelid::regclass || '.' || conname FROM pg_constraint WHERE NOT convalidated"
            return [f"the constraint {name} was never checked" for name in self._column(loose)]
        except DBAPIError as error:
            return [str(error.orig).strip().splitlines()[0]]

    def _damage_of_sqlite(self) -> list[str]:
        found = [line for line in self._column(f"PRAGMA integrity_check({_MOST_SAID})") if line != "ok"]
        rows = self._connection.exec_driver_sql("PRAGMA foreign_key_check")
        orphans = Counter((table, parent) for table, _, parent, _ in rows)
        return found + [
            f"rows of {table} whose row of {parent} is gone: {count:,}" for (table, parent), count in orphans.items()
        ]

    def _column(self, statement: str) -> list[str]:
        return [str(row[0]) for row in self._connection.exec_driver_sql(statement)]

    def count_searchable(self, fingerprint: str) -> int:
        return int(self._connection.scalar(_of_embedder(fingerprint, func.count())) or 0)

    def searchable(self, fingerprint: str) -> Iterator[IndexRow]:
        listed = _of_embedder(fingerprint, *INDEX_ROW)
        ordered = listed.order_by(statements.c.key).execution_options(yield_per=2_000)
        for row in self._connection.execute(ordered):
            yield IndexRow(*row)

    def keys(self, fingerprint: str) -> list[int]:
        return list(self._connection.scalars(_of_embedder(fingerprint, statements.c.key).order_by(statements.c.key)))

    def rows(self, fingerprint: str, keys: Sequence[int]) -> Iterator[IndexRow]:
        listed = _of_embedder(fingerprint, *INDEX_ROW).where(statements.c.key.in_(keys)).order_by(statements.c.key)
        for row in self._connection.execute(listed):
            yield IndexRow(*row)

    def inputs(self, keys: Sequence[int]) -> dict[int, EncoderInput]:
        return VectorRows(self._connection).inputs(keys)

    def forget_vectors(self, fingerprint: str, keys: Sequence[int]) -> None:
        for start in range(0, len(keys), _AT_ONCE):
            batch = vectors.c.statement_key.in_(keys[start : start + _AT_ONCE])
            self._connection.execute(delete(vectors).where(vectors.c.fingerprint == fingerprint, batch))

    def wrong_flag_counters(self) -> int:
        return len(self._wrong_counts()) + len(self._wrong_facets())

    def recount_flags(self) -> None:
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        for (organisation, state), (_, right) in self._wrong_counts().items():
            counted = {"organisation_key": organisation, "state": state, "count": right}
            added = dialect.insert(flag_counts)
            keys = [flag_counts.c.organisation_key, flag_counts.c.state]
            set_right = added.on_conflict_do_update(index_elements=keys, set_={"count": added.excluded["count"]})
            self._connection.execute(set_right, counted)
        for (organisation, state, facet, value), (stored, right) in self._wrong_facets().items():
            values = {"organisation_key": organisation, "state": state, "facet": facet, "value": value}
            if stored is None:
                label = "" if facet == "narrative" else value
                self._connection.execute(flag_facets.insert(), {**values, "label": label, "count": right})
            else:
                this = [flag_facets.c[name] == wanted for name, wanted in values.items()]
                self._connection.execute(update(flag_facets).where(*this).values(count=right))

    def _wrong_counts(self) -> dict[tuple[int, str], tuple[int | None, int]]:
        right = select(flags.c.organisation_key, flags.c.state, func.count()).where(flags.c.state.is_not(None))
        right = right.group_by(flags.c.organisation_key, flags.c.state)
        stored = select(flag_counts.c.organisation_key, flag_counts.c.state, flag_counts.c.count)
        return self._differences(stored, right)

    def _wrong_facets(self) -> dict[FacetKey, tuple[int | None, int]]:
        parts = []
        for name in (*_FACETS, "narrative"):
            value: Any = flags.c[name] if name in _FACETS else present_narrative()
            rows: Any = flags
            if name == "narrative":
                filed = flags.join(flag_narratives, flag_narratives.c.check_key == flags.c.check_key)
                merged = merged_narratives.c.narrative_key == flag_narratives.c.narrative_key
                rows = filed.outerjoin(merged_narratives, merged)
            number = func.count(flags.c.check_key.distinct()) if name == "narrative" else func.count()
            for state in (flags.c.state, literal(_ANY)):
                counted = select(flags.c.organisation_key, state.label("state"), literal(name), value, number)
                counted = counted.select_from(rows).where(flags.c.state.is_not(None), value.is_not(None))
                grouped = (flags.c.organisation_key, value, *((flags.c.state,) if state is flags.c.state else ()))
                parts.append(counted.group_by(*grouped))
        facet = flag_facets.c
        stored = select(facet.organisation_key, facet.state, facet.facet, facet.value, facet.count)
        return self._differences(stored, *parts)

    def _differences(self, stored: Select[Any], *right: Select[Any]) -> dict[Any, tuple[int | None, int]]:
        """Counters that are not what they should be: as they are, None for one that is missing, and as they should be.

        The count is the last column, what it is of the others.
        """
        found = {_counter(row): int(row[-1]) for row in self._connection.execute(stored)}
        counted = {
            _counter(row): int(row[-1]) for query in right for row in self._connection.execute(query) if row[-2] != ""
        }
        return {
            key: (found.get(key), counted.get(key, 0))
            for key in found.keys() | counted.keys()
            if found.get(key, 0) != counted.get(key, 0)
        }


def _counter(row: Any) -> Any:
    return (row[0], *(str(value) for value in row[1:-1]))


def _of_embedder(fingerprint: str, *columns: Any) -> Select[Any]:
    """Statements that are not withdrawn, with their vectors of this embedder."""
    same = and_(vectors.c.statement_key == statements.c.key, vectors.c.fingerprint == fingerprint)
    return select(*columns).select_from(statements.join(vectors, same)).where(statements.c.withdrawn_at.is_(None))
