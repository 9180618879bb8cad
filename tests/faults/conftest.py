"""Services whose databases are taken away, and a PostgreSQL server that is."""

import pytest
from postgres_servers import running_postgres
from taken_away import WORD, PostgresServer, Service


@pytest.fixture
def serve(tmp_path):
    """Starts services, and ends them."""
    started = []

    def start(**options):
        started.append(Service(tmp_path, **options))
        return started[-1]

    yield start
    for service in started:
        service.end()
        assert WORD not in service.written
        assert service.secrets[0] not in service.written


@pytest.fixture(scope="session")
def postgres():
    with running_postgres() as server:
        hangable = PostgresServer(server)
        yield hangable
        hangable.go_on()
