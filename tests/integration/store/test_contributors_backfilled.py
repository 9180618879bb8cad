"""The upgrade fills in who brought what where it is known, and gives external ids to their contributors."""

import time

import pytest
from alembic import command
from alembic.config import Config
from builders import GRAIN, STAGED, STAGED_ELSEWHERE, draft
from fakes import HeldClock
from sqlalchemy import text

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Scope
from app.domain.checks.reviews import Actor
from app.domain.statements.statements import Finding, NarrativeDraft
from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS, migrate


def config(connection):
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


def downgraded(url):
    engine = open_database(url)
    with writing(engine) as connection:
        command.downgrade(config(connection), "0025")
    return engine


def rows(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(query))]


@pytest.fixture
def before(url, process):
    """A database of the release before, with what the operator's and another organisation brought."""
    services = process("before", clock=HeldClock())
    first, second = (services.manage_keys.create("a key", list(Scope), name)[1] for name in ("First", "Second"))
    services.record_statements([draft("From the command line.", external_id="C1", findings=(Finding("c"),))])
    for key, words in ((first, STAGED), (second, GRAIN)):
        services.record_statements(
            [
                draft(
                    words,
                    external_id=f"X-{key.organisation.name}",
                    contributor=Contributor.of(key.organisation),
                    findings=(Finding(key.organisation.name),),
                )
            ],
            seen_by=key.organisation,
            by=Actor(key.id, key.name),
        )
    services.record_statements([draft(STAGED_ELSEWHERE, owner=second.organisation.key, external_id="P")])
    script, _ = services.edit_narrative.record(NarrativeDraft("A script"))
    services.edit_counter_examples.record(script.id, "No script.", "en", second.organisation)
    services.store.close()
    engine = downgraded(url)
    yield engine
    engine.dispose()


KNOWN = """
    SELECT statements.identity, organisations.name FROM statements
    LEFT JOIN organisations ON organisations.key = statements.contributor_key ORDER BY statements.key
"""


def test_contributors_are_filled_in_and_taken_off_again(before, url):
    assert "contributor_key" not in rows_of_columns(before, "statements")
    vectors = rows(before, "SELECT counter_example_key, fingerprint FROM counter_example_vectors")
    assert len(vectors) == 1
    migrate(before)
    second = rows(before, "SELECT key FROM organisations WHERE name = 'Second'")[0][0]
    assert rows(before, KNOWN) == [
        ("id:C1", None),
        ("id:X-First", "First"),
        (f"by {second} id:X-Second", "Second"),
        (f"of {second} id:P", "Second"),
    ]
    added = (
        "SELECT verdict, name FROM findings LEFT JOIN organisations ON organisations.key = contributor_key ORDER BY 1"
    )
    assert rows(before, added) == [("First", "First"), ("Second", "Second"), ("c", None)]
    shared = "SELECT contributor_key, shared_at IS NOT NULL FROM counter_examples"
    assert [(key, bool(yes)) for key, yes in rows(before, shared)] == [(None, True)]
    assert rows(before, "SELECT counter_example_key, fingerprint FROM counter_example_vectors") == vectors
    with writing(before) as connection:
        command.downgrade(config(connection), "0025")
    identities = [identity for (identity,) in rows(before, "SELECT identity FROM statements ORDER BY key")]
    assert identities == ["id:C1", "id:X-First", "id:X-Second", f"of {second} id:P"]
    assert rows(before, "SELECT counter_example_key, fingerprint FROM counter_example_vectors") == vectors
    migrate(before)


def rows_of_columns(engine, table):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT * FROM {table}")).keys()


def test_one_id_of_two_organisations_survives_the_way_down_and_up(url, process):
    services = process("before", clock=HeldClock())
    first, second, third = (
        services.manage_keys.create("a key", list(Scope), name)[1] for name in ("First", "Second", "Third")
    )
    for key in (second, third):
        services.record_statements(
            [draft(key.organisation.name, external_id="X", contributor=Contributor.of(key.organisation))],
            seen_by=key.organisation,
            by=Actor(key.id, key.name),
        )
    services.store.close()
    engine = downgraded(url)
    keys = [second.organisation.key, third.organisation.key]
    assert rows(engine, "SELECT identity FROM statements ORDER BY key") == [("id:X",), (f"by {keys[1]} id:X",)]
    migrate(engine)
    assert rows(engine, KNOWN) == [(f"by {keys[0]} id:X", "Second"), (f"by {keys[1]} id:X", "Third")]
    engine.dispose()
    assert first.organisation.key < keys[0]


def test_the_release_before_goes_on_writing_beside_it(before):
    migrate(before)
    with writing(before) as connection:
        connection.execute(
            text(
                "INSERT INTO counter_examples (id, narrative_key, text, text_hash, language, by_review, created_at, "
                "sequence) SELECT 'x', narrative_key, text, 'y', language, by_review, created_at, sequence "
                "FROM counter_examples"
            )
        )
    assert rows(before, "SELECT count(*) FROM counter_examples") == [(2,)]


def test_many_statements_are_filled_in_without_a_query_each(before):
    """A hang, as of a plan that reads all submissions for each statement, would take hours at this size."""
    with writing(before) as connection:
        columns = "text, language, learned_at, metadata, created_at, updated_at, sequence"
        numbers = (
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) "
            if connection.dialect.name == "sqlite"
            else "WITH n AS (SELECT generate_series(1, 20000) AS i) "
        )
        first = "(SELECT * FROM statements ORDER BY key LIMIT 1) AS one"
        insert = f"INSERT INTO statements (id, identity, external_id, {columns}) "
        values = f"SELECT 'n' || i, 'id:n' || i, 'n' || i, {columns} FROM n, {first}"
        connection.execute(text(insert + numbers + values))
        sent = (
            "INSERT INTO sightings (statement_key, organisation_key, seen_at) "
            "SELECT statements.key, organisations.key, statements.created_at "
            "FROM statements, organisations WHERE organisations.name = 'Second' "
            "AND statements.id LIKE 'n%'"
        )
        connection.execute(text(sent))
    began = time.monotonic()
    migrate(before)
    assert time.monotonic() - began < 60
    assert rows(before, "SELECT count(*) FROM statements WHERE identity LIKE 'by % id:n%'") == [(20_000,)]
