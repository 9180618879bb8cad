"""Every test of this folder runs over an SQLite file and over a real PostgreSQL, each with a database of its own."""

import itertools

import psycopg
import pytest
from builders import migrated_sqlite, services
from postgres_servers import running_postgres

from app.store.all_tables import metadata
from app.store.database import open_database
from app.store.migrating import migrate
from app.store.transaction import SqlStore

_numbers = itertools.count(1)


class PostgresServer:
    """A server that makes databases, and empties one that is migrated as often as a test wants it empty."""

    def __init__(self, uri):
        self._uri = uri
        self._shared = None

    def database(self):
        """The URL of a new database without tables."""
        name = f"test_{next(_numbers)}"
        letters = "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"  # whatever this machine's are
        with psycopg.connect(self._uri, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 {letters}")
        return self._uri.replace("/postgres?", f"/{name}?")

    def archive(self):
        """The URL of the one migrated database, as empty as a new one; what was in it before is gone."""
        if self._shared is None:
            self._shared = self.database()
            engine = open_database(self._shared)
            migrate(engine)
            engine.dispose()
        tables = ", ".join(name for name in metadata.tables if name != "archive")
        with psycopg.connect(self._shared) as connection:
            connection.execute("SET lock_timeout = '10s'")
            connection.execute("SET session_replication_role = replica")  # or the audit log refuses
            connection.execute(f"TRUNCATE {tables} RESTART IDENTITY")
            kept = [*metadata.tables, "alembic_version"]  # the others are indexes of vectors
            others = connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND NOT tablename = ANY(%s)", [kept]
            ).fetchall()
            for (name,) in others:
                connection.execute(f'DROP TABLE "{name}" CASCADE')
            connection.execute("UPDATE archive SET id = gen_random_uuid(), sequence = 0")
        return self._shared


@pytest.fixture(scope="session")
def postgres():
    with running_postgres() as server:
        yield PostgresServer(server.get_uri())


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request):
    return request.param


@pytest.fixture
def empty_url(backend, request, tmp_path):
    """The URL of a database without tables."""
    if backend == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def url(backend, request, tmp_path):
    """The URL of a migrated database without content."""
    if backend == "sqlite":
        (tmp_path / "refrain.sqlite3").write_bytes(migrated_sqlite())
        return f"sqlite:///{tmp_path / 'refrain.sqlite3'}"
    return request.getfixturevalue("postgres").archive()


@pytest.fixture
def empty_engine(empty_url):
    engine = open_database(empty_url)
    yield engine
    engine.dispose()


@pytest.fixture
def store(url):
    engine = open_database(url)
    opened = SqlStore(engine)
    yield opened
    opened.close()


@pytest.fixture
def process(url, tmp_path):
    """Makes services over the one database, each as a process of its own would have them."""
    made = []

    def start(name="one", **options):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        made.append(services(folder, database_url=url, **options))
        return made[-1]

    yield start
    for one in made:
        one.store.close()


@pytest.fixture
def archive(process):
    """The services of the only process there is."""
    return process()
