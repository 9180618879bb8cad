"""Searches of a table of vectors with pgvector: by its HNSW graph, or by comparing all entries that pass a filter.

The graph finds candidates in half precision, and their similarities are computed from the full vectors. With a filter
an HNSW index of pgvector gives what passes of its first candidates, which may be nothing. So every search by the graph
asks it to go on (`hnsw.iterative_scan`) and sees that it did. Where the planner expects few entries to pass, or the
graph has found too few, all that pass are compared.
"""

import logging
import threading
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from psycopg.sql import SQL, Composable, Composed, Identifier, Literal

from index.contract import NEVER, SHARED, FloatArray, Hit, SearchFilter
from index.search.engines import pgvector_tables as tables
from index.search.engines.entries import best_with_ties, ranked
from index.search.engines.pgvector_tables import Rows

EXACT_UP_TO: Final = 66
"""Entries that pass a filter, for each candidate that the graph would keep, up to which comparing them all costs no
more."""

_MOST_BY_GRAPH: Final = 400
"""Longest list of hits that the graph is asked for."""

_SEARCHED: Final = 200
"""Candidates that the graph keeps while it searches (`hnsw.ef_search`) where all entries pass. More find more: where a
share passes, divided by its square, for what passes a filter by date may lie far from the query."""

_MOST_SEARCHED: Final = 1_000
"""Most candidates that pgvector keeps."""

_LOOKED_AT: Final = 20
"""Nearest entries of all that are looked at: where less than half of them pass, the graph keeps as many candidates as
it can, for it has to go past many that do not count."""

_MORE: Final = 0.75
"""Hits that the graph is asked for above the number that is wanted, for each candidate that it keeps. Half precision
changes the order a little, and the first that the graph comes upon behind a filter are not the closest ones."""

_TIES: Final = 16
"""The same where all are compared."""

_SCANNED_SHARE: Final = 0.5
"""Entries that the graph visits at most (`hnsw.max_scan_tuples`), for each that passes. Then it gives what it has seen:
a bound that is reached costs recall. Without one, a query far from all that passes takes many times as long as an exact
search."""

_LEAST_SCANNED: Final = 20_000
"""The same at least: pgvector's own value."""

_SCAN_MEMORY: Final = 16
"""Memory of a search by the graph (`hnsw.scan_mem_multiplier`), in units of `work_mem`, 4 MB by default. As above."""

_CONTINUING = "relaxed_order"
"""Value of `hnsw.iterative_scan` with which a search goes on. An unknown one becomes `off`, without an error."""

_DIGITS: Final = "%.9g"
"""Format that gives every float32 back as it was."""

logger = logging.getLogger("refrain.index")
_warned = threading.Event()


class PgvectorSearch:
    """One search of a table; each of its statements is run on a connection within a transaction."""

    def __init__(self, table: str, dimension: int, vector: FloatArray, where: SearchFilter) -> None:
        self._query = vector_text(vector)
        condition, self._parameters = _condition_of(where)
        self._parts: dict[str, Composable] = {
            "table": Identifier(table),
            "condition": condition,
            "indexed": tables.half(dimension),
            "half": SQL("halfvec({})").format(SQL(str(dimension))),
        }

    def hits(self, connection: Rows, k: int, exact_up_to: float = EXACT_UP_TO) -> list[Hit]:
        """The best `k`, by the graph where more entries are expected to pass than `exact_up_to` for each candidate."""
        expected, share = self.expected(connection)
        searched = int(min(_MOST_SEARCHED, _SEARCHED / share**2))
        if k <= _MOST_BY_GRAPH and expected > exact_up_to * searched:
            scanned = max(_LEAST_SCANNED, int(expected * _SCANNED_SHARE))
            if searched < _MOST_SEARCHED and not self.nearest_pass(connection):
                searched = _MOST_SEARCHED

            def by_graph(wanted: int) -> list[Hit] | None:
                return self.by_graph(connection, wanted, searched, scanned) if wanted <= 4 * _MOST_SEARCHED else None

            found = best_with_ties(k, int(_MORE * searched), by_graph)
            if found is not None:
                return found
        return best_with_ties(k, _TIES, lambda wanted: self.exact(connection, wanted)) or []

    def expected(self, connection: Rows) -> tuple[float, float]:
        """Number of entries that the planner expects to pass the filter, and their share of all."""
        statement = SQL(
            "EXPLAIN (FORMAT JSON) SELECT 1 FROM {table} WHERE {condition} UNION ALL SELECT 1 FROM {table}"
        ).format(**self._parts)
        [[[explained]]] = self._fetched(connection, statement, self._parameters)
        parts = [part["Plan Rows"] for part in explained["Plan"].get("Plans", ())]
        if len(parts) < 2:  # nothing can pass
            return 0, 1
        return parts[0], max(parts[0], 1) / max(parts)

    def nearest_pass(self, connection: Rows) -> bool:
        """True where at least half of the nearest entries, as the graph finds them, pass the filter."""
        statement = SQL(
            "WITH nearest AS MATERIALIZED (SELECT * FROM {table} ORDER BY {indexed} <#> %s::{half} LIMIT %s) "
            "SELECT count(*) FILTER (WHERE {condition}), count(*) FROM nearest"
        ).format(**self._parts)
        [(passing, all_)] = self._fetched(connection, statement, [self._query, _LOOKED_AT, *self._parameters])
        return bool(2 * passing >= all_)

    def exact(self, connection: Rows, wanted: int) -> list[Hit]:
        """The best `wanted` of all entries that pass."""
        statement = SQL(
            "SELECT id, embedding <#> %s::vector AS distance FROM {table} WHERE {condition} ORDER BY distance LIMIT %s"
        ).format(**self._parts)
        connection.execute("SELECT set_config('jit', 'off', true)")
        return _hits(self._fetched(connection, statement, [self._query, *self._parameters, wanted]))

    def by_graph(self, connection: Rows, wanted: int, searched: int, scanned: int) -> list[Hit] | None:
        """About the best `wanted` entries that pass; None where the graph gave fewer.

        It keeps `searched` candidates at a time, and visits about `scanned` entries at most.
        """
        settings = {
            "hnsw.iterative_scan": _CONTINUING,
            "hnsw.ef_search": min(_MOST_SEARCHED, max(searched, wanted)),
            "hnsw.max_scan_tuples": scanned,
            "hnsw.scan_mem_multiplier": _SCAN_MEMORY,
            "enable_sort": "off",  # the graph alone gives rows in order without sorting
            "jit": "off",
        }
        chosen = [
            SQL("set_config({}, {}, true)").format(Literal(name), Literal(str(value)))
            for name, value in settings.items()
        ]
        connection.execute(SQL("SELECT {}").format(SQL(", ").join(chosen)))
        statement = SQL(
            "WITH nearest AS MATERIALIZED (SELECT id, embedding FROM {table} WHERE {condition} "
            "ORDER BY {indexed} <#> %s::{half} LIMIT %s) "
            "SELECT id, embedding <#> %s::vector, current_setting('hnsw.iterative_scan', true) FROM nearest"
        ).format(**self._parts)
        rows = self._fetched(connection, statement, [*self._parameters, self._query, wanted, self._query])
        if any(setting != "relaxed_order" for *_, setting in rows):
            if not _warned.is_set():
                _warned.set()
                logger.warning("pgvector does not continue filtered searches: all vectors that pass are compared")
            return None
        return _hits(rows) if len(rows) == wanted else None

    @staticmethod
    def _fetched(connection: Rows, statement: Composed, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        """Rows of a statement that is planned for its parameters each time: the plan depends on them."""
        return connection.execute(statement, parameters, prepare=False, binary=True).fetchall()


def vector_text(vector: FloatArray) -> str:
    """A vector as pgvector reads it, every number as it is."""
    return f"[{','.join([_DIGITS] * len(vector))}]" % tuple(vector.tolist())


def _condition_of(where: SearchFilter) -> tuple[Composed, list[Any]]:
    """Condition of a filter in SQL, and its parameters."""
    conditions: list[Composable] = []
    parameters: list[Any] = []

    def add(condition: str, value: Any) -> None:
        conditions.append(SQL(condition))
        parameters.append(value)

    owners = {SHARED, SHARED if where.viewer is None else where.viewer}
    add("owner = ANY(%s::bigint[])", sorted(owners))
    if where.ends_by is not None:
        add("ends <= %s::bigint", min(where.ends_by, NEVER - 1))
    if where.begins_by is not None:
        add("begins <= %s::bigint", min(where.begins_by, NEVER - 1))
    if where.begins_from is not None:
        add("begins >= %s::bigint", where.begins_from)
        add("begins < %s::bigint", NEVER)
    if where.known_by is not None:
        add("known_from <= %s::bigint", where.known_by)
    if where.language is not None:
        add("language = %s", where.language)
    if where.among is not None:
        add("id = ANY(%s::bigint[])", [int(entry) for entry in where.among])
    if where.excluded:
        add("id <> ALL(%s::bigint[])", [int(entry) for entry in where.excluded])
    return SQL(" AND ").join(conditions), parameters


def _hits(rows: Sequence[tuple[Any, ...]]) -> list[Hit]:
    """Hits of rows that begin with an id and a negative inner product, best first."""
    ids = np.array([row[0] for row in rows], np.int64)
    return ranked(ids, -np.array([row[1] for row in rows], np.float32), len(rows))
