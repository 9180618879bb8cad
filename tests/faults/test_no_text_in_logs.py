"""An error of the database that should not happen: 500 and a stack in the log, without the text it was about."""

import contextlib
import sqlite3

import psycopg
import pytest
from taken_away import WORD, Service


def forbid_in_sqlite(service):
    with contextlib.closing(sqlite3.connect(service.data / "refrain.sqlite3")) as database:
        for table in ("checks", "statements"):
            database.execute(
                f"CREATE TRIGGER no_{table} BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, '{WORD} refused'); END"
            )


def forbid_in_postgresql(service):
    with psycopg.connect(service.url) as database:
        for table in ("checks", "statements"):
            database.execute(f"ALTER TABLE {table} ADD CONSTRAINT no_{table} CHECK (id = 'none') NOT VALID")


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_what_breaks_a_constraint_is_not_logged(serve, backend, request):
    if backend == "sqlite":
        service, forbid = serve(), forbid_in_sqlite
    else:
        service, forbid = serve(database_url=request.getfixturevalue("postgres").database()), forbid_in_postgresql
    assert isinstance(service, Service)
    service.wait_until_ready()
    forbid(service)
    for answer in (service.check(record=True), service.statement(1)):
        assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal")
        assert WORD not in answer.text
    assert service.check().status_code == 201
    job = service.upload(f'{{"text": "A line of the {WORD}."}}\n')
    assert service.job(job)["state"] in ("queued", "running", "failed")
    assert service.written.count("Traceback") >= 2
