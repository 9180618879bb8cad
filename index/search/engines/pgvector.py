"""Nearest neighbours in PostgreSQL with pgvector: one index for any number of processes, HNSW over half precision.

Writers take turns (`changing`), and note in the same transaction how far they have followed the archive; so each finds
what is missing, whoever was there before. New content is built in a table beside, invisible until it takes the place of
the old one. Searches are in `pgvector_search.py`, tables in `pgvector_tables.py`.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
from psycopg.sql import SQL, Identifier

from index.contract import (
    UNFILTERED,
    Attributes,
    FloatArray,
    Hit,
    IdArray,
    SearchFilter,
    State,
)
from index.search.engines import pgvector_tables as tables
from index.search.engines.entries import (
    Columns,
    Entries,
    checked_query,
    last_of_each_id,
    state_of,
)
from index.search.engines.pgvector_search import EXACT_UP_TO, PgvectorSearch, vector_text
from index.search.engines.pgvector_tables import Connect, Rows
from index.search.engines.shared_entries import EntryChanges, SharedEntries
from index.search.shared import IndexBusy, IndexPosition

_AT_ONCE: Final = 1_000
_WAITS_FOR_WRITERS: Final = "10s"


class PgvectorIndex(SharedEntries):
    """`VectorIndex` and `SharedIndex` on a table of PostgreSQL."""

    def __init__(self, connect: Connect, name: str, dimension: int, exact_up_to: float = EXACT_UP_TO) -> None:
        """Opens the index of this name, or makes an empty one. Raises `EngineUnusable` and `WrongShape`.

        `exact_up_to`: as in `PgvectorSearch.hits`.
        """
        self.dimension = dimension
        self._connect = connect
        self._name = name
        self._exact_up_to = exact_up_to
        with connect(long=True) as connection:
            tables.require_pgvector(connection)
            self._table = tables.ensure_index(connection, name, dimension)

    def search(self, vector: FloatArray, k: int, where: SearchFilter = UNFILTERED) -> list[Hit]:
        vector = checked_query(vector, self.dimension)
        if k <= 0 or (where.among is not None and not where.among):
            return []
        query = PgvectorSearch(self._table, self.dimension, vector, where)
        with self._connect() as connection:
            return query.hits(connection, k, self._exact_up_to)

    def vectors(self, ids: Sequence[int]) -> FloatArray:
        keys = [int(entry) for entry in ids]
        if not keys:
            return np.empty((0, self.dimension), np.float32)
        statement = SQL("SELECT id, vector_send(embedding) FROM {} WHERE id = ANY(%s)").format(Identifier(self._table))
        with self._connect() as connection:
            found = dict(connection.execute(statement, [keys], binary=True).fetchall())
        return _vectors_of([found[key] for key in keys], self.dimension)

    def attributes(self, ids: Sequence[int]) -> Attributes:
        keys = [int(entry) for entry in ids]
        statement = SQL("SELECT id, begins, ends, owner, language, known_from FROM {} WHERE id = ANY(%s)")
        with self._connect() as connection:
            rows = connection.execute(statement.format(Identifier(self._table)), [keys], binary=True).fetchall()
        found = {row[0]: row[1:] for row in rows}
        columns = _columns_of([found[key] for key in keys])
        return Attributes(columns.periods, columns.owners, columns.languages.tolist(), columns.known_from)

    def state(self) -> State:
        statement = SQL(
            "SELECT begins, ends, owner, language, known_from, id, vector_send(embedding) FROM {} ORDER BY id"
        ).format(Identifier(self._table))
        rows: list[tuple[Any, ...]] = []
        with self._connect(long=True) as connection, connection.cursor("entries", binary=True) as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(statement)
            rows.extend(cursor)
        ids = np.array([row[5] for row in rows], np.int64)
        vectors = _vectors_of([row[6] for row in rows], self.dimension)
        return state_of(Entries(ids, vectors, _columns_of(rows)))

    def position(self) -> IndexPosition:
        """Source, checkpoint and size, as of one moment."""
        with self._connect() as connection:
            return tables.position(connection, self._name)

    @contextmanager
    def changing(self) -> Iterator["Changes"]:
        """Changes that become visible together at the end; other processes' wait meanwhile."""
        with self._connect(long=True) as connection:
            connection.execute("SELECT set_config('lock_timeout', %s, true)", [_WAITS_FOR_WRITERS])
            position = tables.position(connection, self._name, locked=True)
            changes = Changes(connection, self._table, position, self.dimension)
            yield changes
            tables.set_position(connection, self._name, changes.position)

    @contextmanager
    def building(self, source: str) -> Iterator["Changes"]:
        """New content from another source, which takes the place of the old at the end; searches go on meanwhile.

        Other processes' changes wait from `Changes.finish` on. Raises `IndexBusy` where another process builds it, or
        reads for long.
        """
        replacement = f"{self._table}_new"
        with self._connect(long=True) as connection:
            [free] = connection.execute(
                "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [self._name]
            ).fetchone() or (False,)
            if not free:
                raise IndexBusy("another process is building the index")
            tables.create_table(connection, replacement, self.dimension)

            def finish() -> None:
                tables.create_graph(connection, replacement, self.dimension)
                connection.execute(SQL("ANALYZE {}").format(Identifier(replacement)))
                tables.position(connection, self._name, locked=True)

            changes = Changes(connection, replacement, IndexPosition(source, 0, 0), self.dimension, finish)
            yield changes
            changes.finish()
            tables.replace_table(connection, self._table, replacement)
            tables.set_position(connection, self._name, changes.position)

    def drop(self) -> None:
        """Removes the index from the database."""
        with self._connect(long=True) as connection:
            tables.drop_index(connection, self._name)


class Changes(EntryChanges):
    """Changes of a `PgvectorIndex` within one transaction, and the position that it has afterwards."""

    def __init__(
        self,
        connection: Rows,
        table: str,
        position: IndexPosition,
        dimension: int,
        finish: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(position, dimension, finish)
        self._connection = connection
        self._table = Identifier(table)

    def put(self, entries: Entries) -> None:
        """Adds or replaces entries; one that is there already is left alone."""
        entries = entries.select(last_of_each_id(entries.ids))
        statement = SQL(
            "WITH put AS (INSERT INTO {table} AS old ({columns}) SELECT id, embedding::vector, begins, ends, owner, "
            "language, known_from FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::bigint[], "
            "%s::text[], %s::bigint[]) AS new ({columns}) ON CONFLICT (id) DO UPDATE SET ({columns}) = "
            "ROW (excluded.*) WHERE old IS DISTINCT FROM excluded RETURNING xmax = 0 AS added) "
            "SELECT count(*) FILTER (WHERE added) FROM put"
        ).format(table=self._table, columns=SQL("id, embedding, begins, ends, owner, language, known_from"))
        for start in range(0, len(entries.ids), _AT_ONCE):
            batch = entries.select(slice(start, start + _AT_ONCE))
            periods, owners, languages, known_from = batch.columns
            row = self._connection.execute(
                statement,
                [
                    batch.ids.tolist(),
                    [vector_text(vector) for vector in batch.vectors],
                    periods[:, 0].tolist(),
                    periods[:, 1].tolist(),
                    owners.tolist(),
                    languages.tolist(),
                    known_from.tolist(),
                ],
            ).fetchone()
            self._grew(row[0] if row else 0)

    def remove(self, ids: IdArray) -> int:
        """As `VectorIndex.remove`."""
        keys = [int(entry) for entry in np.asarray(ids)]
        if not keys:
            return 0
        statement = SQL("DELETE FROM {} WHERE id = ANY(%s)").format(self._table)
        removed = self._connection.execute(statement, [keys]).rowcount
        self._grew(-removed)
        return removed


def _columns_of(rows: Sequence[tuple[Any, ...]]) -> Columns:
    """Attributes of rows that begin with `begins`, `ends`, `owner`, `language` and `known_from`."""
    numbers = np.array([(*row[:3], row[4]) for row in rows], np.int64).reshape(-1, 4)
    begins, ends, owners, known_from = numbers.T
    languages = np.array([row[3] for row in rows], np.str_)
    return Columns(np.stack([begins, ends], 1), owners.copy(), languages, known_from.copy())


def _vectors_of(sent: Sequence[bytes], dimension: int) -> FloatArray:
    """Vectors in the binary form of pgvector: a header of four bytes, then numbers in network order."""
    joined = b"".join(vector[4:] for vector in sent)
    return np.frombuffer(joined, ">f4").reshape(len(sent), dimension).astype(np.float32)
