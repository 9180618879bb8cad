"""What is particular to vectors in PostgreSQL: filters over a graph, several processes, what the database lacks."""

import itertools
import logging
import threading
from contextlib import suppress

import numpy as np
import psycopg
import pytest
from drifting import DIMENSION, FILTERS, drifting, recall
from psycopg.sql import SQL, Identifier

from app.store.database import open_database
from app.store.search.index_connections import IndexConnections
from index.contract import Attributes, SearchFilter, WrongShape
from index.factory import open_index
from index.search.engines import pgvector_search, pgvector_tables
from index.search.engines.exact import ExactIndex
from index.search.engines.pgvector import PgvectorIndex
from index.search.engines.pgvector_search import PgvectorSearch
from index.search.shared import EngineUnusable, IndexBusy, SharedIndex

_numbers = itertools.count(1)


@pytest.fixture(scope="module")
def drifted(database_of_engines):
    """An index by its graph, the oracle, and queries from the place where the newest entries are."""
    *entries, queries = drifting()
    graph = PgvectorIndex(database_of_engines, "drifting", DIMENSION, exact_up_to=-1)
    with graph.building("a test") as changes:
        changes.upsert(*entries)
    exact = ExactIndex(DIMENSION)
    exact.upsert(*entries)
    yield graph, exact, queries[::5]
    graph.drop()


@pytest.mark.parametrize("passes", FILTERS)
def test_queries_of_the_newest_date_lose_nothing_to_a_filter(drifted, passes):
    graph, exact, queries = drifted
    found = [graph.search(query, 10, FILTERS[passes]) for query in queries]
    right = [exact.search(query, 10, FILTERS[passes]) for query in queries]
    assert [len(hits) for hits in found] == [len(hits) for hits in right]
    assert recall(found, right) >= 0.98


def test_where_what_is_nearest_does_not_pass_the_graph_keeps_more_candidates(drifted, monkeypatch):
    graph, exact, queries = drifted
    kept = []
    by_graph = PgvectorSearch.by_graph

    def noted(self, connection, wanted, searched, scanned):
        kept.append(searched)
        return by_graph(self, connection, wanted, searched, scanned)

    monkeypatch.setattr(PgvectorSearch, "by_graph", noted)
    found, right = [], []
    for query in queries:
        far = SearchFilter(excluded=frozenset(hit.id for hit in exact.search(query, 300)))
        found.append(graph.search(query, 10, far))
        right.append(exact.search(query, 10, far))
    assert set(kept) == {1_000}
    assert recall(found, right) >= 0.98
    kept.clear()
    assert graph.search(queries[0], 10)
    assert max(kept) < 300


def test_by_default_the_graph_loses_what_passes(drifted, database_of_engines):
    """The fault that the tests above are for: if this fails, they are no use any more."""
    graph, _, queries = drifted
    nearest = SQL("SELECT id FROM {} WHERE ends <= %s ORDER BY {} <#> %s::halfvec({}) LIMIT 10").format(
        Identifier(graph._table), pgvector_tables.half(DIMENSION), SQL(str(DIMENSION))
    )
    found = []
    with database_of_engines() as connection:
        connection.execute("SELECT set_config('enable_sort', 'off', true)")
        for query in queries:
            parameters = [FILTERS["earlier half"].ends_by, pgvector_search.vector_text(query)]
            found.append(len(connection.execute(nearest, parameters).fetchall()))
    assert np.mean(found) < 8
    assert min(found) < 5


def test_where_pgvector_does_not_go_on_everything_is_compared(drifted, monkeypatch, caplog):
    graph, exact, queries = drifted
    monkeypatch.setattr(pgvector_search, "_CONTINUING", "off")
    pgvector_search._warned.clear()
    with caplog.at_level(logging.WARNING):
        found = [graph.search(query, 10, FILTERS["known by half"]) for query in queries]
    assert recall(found, [exact.search(query, 10, FILTERS["known by half"]) for query in queries]) == 1
    assert caplog.text.count("does not continue filtered searches") == 1


def one(of=0):
    return np.eye(DIMENSION, dtype=np.float32)[[of]]


def undated(n=1):
    return Attributes(np.tile([0, 1], (n, 1)))


@pytest.fixture
def two(database_of_engines):
    """One index, as two processes have it open."""
    name = f"of two, {next(_numbers)}"
    opened = [PgvectorIndex(database_of_engines, name, DIMENSION) for _ in range(2)]
    yield opened
    opened[0].drop()


def test_it_is_a_shared_index(two):
    assert isinstance(two[0], SharedIndex)
    assert not isinstance(ExactIndex(3), SharedIndex)


def test_what_one_process_writes_the_other_finds(two):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    assert [hit.id for hit in second.search(one()[0], 3)] == [1]
    second.remove(np.array([1]))
    assert first.search(one()[0], 3) == []
    assert len(first) == len(second) == 0


def test_the_same_entry_of_two_processes_is_one_row_that_is_not_written_twice(two, database_of_engines):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    row = SQL("SELECT xmin::text FROM {}").format(Identifier(first._table))
    with database_of_engines() as connection:
        written = connection.execute(row).fetchall()
    second.upsert(np.array([1]), one(), undated())
    with database_of_engines() as connection:
        assert connection.execute(row).fetchall() == written
    assert len(first) == 1


def test_changes_and_their_checkpoint_are_there_together_or_not_at_all(two):
    first, second = two
    with first.changing() as changes:
        changes.upsert(np.array([1]), one(), undated())
        changes.advance(5)
        assert second.position().checkpoint == 0
        assert second.search(one()[0], 3) == []
    assert (second.position().checkpoint, len(second)) == (5, 1)
    with suppress(ZeroDivisionError), first.changing() as changes:
        changes.upsert(np.array([2]), one(), undated())
        changes.advance(6)
        raise ZeroDivisionError
    assert (second.position().checkpoint, len(second)) == (5, 1)


def test_a_second_writer_waits_and_sees_what_the_first_has_done(two):
    first, second = two
    seen = []

    def write():
        with second.changing() as changes:
            seen.append(changes.checkpoint)

    with first.changing() as changes:
        waiting = threading.Thread(target=write)
        waiting.start()
        changes.advance(9)
        waiting.join(0.3)
        assert waiting.is_alive()
    waiting.join(10)
    assert seen == [9]


def test_the_old_content_is_searched_until_the_new_is_complete(two):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    with first.building("anew") as changes:
        changes.upsert(np.array([2, 3]), np.vstack([one(), one()]), undated(2))
        changes.advance(4)
        assert [hit.id for hit in second.search(one()[0], 3)] == [1]
        with pytest.raises(IndexBusy), second.building("too"):
            pass
    assert [hit.id for hit in second.search(one()[0], 3)] == [2, 3]
    assert second.position() == ("anew", 4, 2)
    second.upsert(np.array([4]), one(), undated())
    with second.building("again"):
        pass
    assert first.search(one()[0], 3) == []


def test_new_content_that_fails_leaves_the_old(two):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    with pytest.raises(ZeroDivisionError), first.building("anew"):
        raise ZeroDivisionError
    assert [hit.id for hit in second.search(one()[0], 3)] == [1]
    with second.building("anew"):
        pass
    assert len(first) == 0


def test_a_reader_that_stays_keeps_the_old_content_and_nobody_waits_for_long(two, database_of_engines, monkeypatch):
    first, second = two
    first.upsert(np.array([1]), one(), undated())
    monkeypatch.setattr(pgvector_tables, "LOCK_ATTEMPTS", 2)
    with database_of_engines() as reader:
        reader.execute(SQL("SELECT count(*) FROM {}").format(Identifier(first._table)))
        with pytest.raises(IndexBusy, match="reads the index for long"), first.building("anew"):
            pass
        assert [hit.id for hit in second.search(one()[0], 3)] == [1]
    with first.building("anew"):
        pass
    assert second.search(one()[0], 3) == []


def test_an_index_of_another_dimension_is_refused(two, database_of_engines):
    with pytest.raises(WrongShape, match="dimension 24, not 3"):
        PgvectorIndex(database_of_engines, two[0]._name, 3)


def test_sqlite_is_answered_with_what_to_set():
    with pytest.raises(EngineUnusable, match="REFRAIN_DATABASE_URL=postgresql://"):
        open_index("pgvector:", 3)


@pytest.fixture
def bare(postgres):
    """The URL of a database without pgvector, for a role that may not create it."""
    url = postgres.database()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS reporter")
        connection.execute("CREATE ROLE reporter LOGIN")
        connection.execute("GRANT CREATE ON SCHEMA public TO reporter")
    yield url, url.replace("://postgres@", "://reporter@").replace("://postgres:", "://reporter:")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP OWNED BY reporter")
        connection.execute("DROP ROLE reporter")


def opened(url):
    database = open_database(url)
    connections = IndexConnections(database)
    try:
        return PgvectorIndex(connections, "any", 3)
    finally:
        connections.close()
        database.dispose()


def test_a_role_that_may_not_create_the_extension_gets_what_an_administrator_runs(bare):
    administrator, reporter = bare
    with pytest.raises(EngineUnusable, match=r"reporter .* run CREATE EXTENSION vector; in the database test_"):
        opened(reporter)
    with psycopg.connect(administrator, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION vector")
    opened(reporter)


def test_a_server_without_pgvector_is_answered_with_the_package(bare, monkeypatch):
    monkeypatch.setattr(pgvector_tables, "EXTENSION", "vector_that_is_not_installed")
    with pytest.raises(EngineUnusable, match=r"apt install postgresql-\d+-pgvector, and run CREATE EXTENSION vector;"):
        opened(bare[0])


def test_an_older_pgvector_is_refused(bare, monkeypatch):
    monkeypatch.setattr(pgvector_tables, "LEAST_VERSION", (99, 0))
    with pytest.raises(EngineUnusable, match=r"ALTER EXTENSION vector UPDATE"):
        opened(bare[0])


def test_an_extension_in_a_schema_that_is_not_searched_is_reported(bare):
    with psycopg.connect(bare[0], autocommit=True) as connection:
        connection.execute("CREATE SCHEMA elsewhere")
        connection.execute("CREATE EXTENSION vector SCHEMA elsewhere")
    with pytest.raises(EngineUnusable, match="SET SCHEMA public"):
        opened(bare[0])
