"""An archive of the release before is upgraded where it stands: nothing is lost, and all of it is found."""

import numpy as np
import pytest
from alembic import command
from alembic.config import Config
from builders import GRAIN, STAGED, WORDS, draft, period, request
from fakes import HeldClock
from sqlalchemy import text

from app.domain.statements.statements import Finding
from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS, migrate
from index.embedders.hashing import HashingEmbedder
from index.factory import open_embedder


def config(connection):
    made = Config()
    made.set_main_option("script_location", str(MIGRATIONS))
    made.attributes["connection"] = connection
    return made


@pytest.fixture
def before_terms(url, process):
    """A database with schema 0002 and two statements, whose vectors were made before there were terms."""
    services = process("before")
    services.record_statements(
        [draft(STAGED, "2021-01-01", external_id="1"), draft(GRAIN, "2021-01-02", external_id="2")]
    )
    services.store.close()
    engine = open_database(url)
    with writing(engine) as connection:
        command.downgrade(config(connection), "0002")
        made = {"fingerprint": HashingEmbedder().fingerprint}
        connection.execute(text("UPDATE vectors SET fingerprint = :fingerprint"), made)
    yield engine
    migrate(engine)
    engine.dispose()


def columns(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM vectors")).keys()


def rows(engine, what):
    with engine.connect() as connection:
        return connection.execute(text(f"SELECT {what} FROM vectors ORDER BY fingerprint, statement_key")).all()


def test_vectors_without_terms_stay_as_they_are_and_get_empty_ones(before_terms):
    assert "terms" not in columns(before_terms)
    vectors = rows(before_terms, "statement_key, fingerprint, vector")
    assert migrate(before_terms) is True
    assert rows(before_terms, "statement_key, fingerprint, vector") == vectors
    assert [terms for (terms,) in rows(before_terms, "terms")] == ["", ""]


def test_the_release_before_can_go_on_writing_beside_this_one(before_terms):
    migrate(before_terms)
    vector = np.zeros(4, "<f4").tobytes()
    with writing(before_terms) as connection:
        connection.execute(
            text("INSERT INTO vectors (statement_key, fingerprint, vector) SELECT key, 'x', :vector FROM statements"),
            {"vector": vector},
        )
    assert [terms for (terms,) in rows(before_terms, "terms")] == [""] * 4


def test_after_the_upgrade_everything_is_read_anew_and_found_by_its_words(before_terms, process):
    services = process("after", policy=WORDS, opened=False)
    services.archive.open()
    assert (services.archive.size, services.archive.backlog(), services.archive.ready) == (0, 2, False)
    counts = []
    services.archive.backfill(counts.append)
    assert (services.archive.size, services.archive.backlog(), services.archive.ready) == (2, 0, True)
    assert sum(counts) == 2
    [check] = services.check_statements([request("Grain exports", language="en", record=False)])
    assert check.matches[0].precedent.external_id == "2"
    assert check.matches[0].signals["lexical"] == pytest.approx(1)


def test_a_vector_of_the_embedder_alone_never_passes_for_one_that_was_read_with_terms(archive, tmp_path):
    embedder = open_embedder("hashing", tmp_path)
    assert len({archive.encoder.fingerprint, embedder.fingerprint, HashingEmbedder().fingerprint}) == 3


def test_taking_the_schema_back_leaves_statements_and_vectors(before_terms):
    migrate(before_terms)
    vectors = rows(before_terms, "statement_key, vector")
    with writing(before_terms) as connection:
        command.downgrade(config(connection), "0002")
    assert "terms" not in columns(before_terms)
    assert rows(before_terms, "statement_key, vector") == vectors


def test_what_was_withdrawn_before_there_were_revisions_is_known_for_the_days_before(url, process):
    clock = HeldClock()
    services = process("before", clock=clock)
    finding = Finding("unfounded")
    [one, _] = services.record_statements(
        [draft(STAGED, "2021-01-01", findings=(finding,)), draft(GRAIN, "2021-01-02")]
    )
    clock.advance(days=2)
    services.edit_statement.withdraw(one.statement.id)
    services.store.close()
    engine = open_database(url)
    with writing(engine) as connection:
        command.downgrade(config(connection), "0012")
    assert migrate(engine) is True
    engine.dispose()
    services = process("after", clock=clock)
    [check] = services.check_statements([request(known_at=period("2021-05-24"), record=False)])
    [match] = check.matches
    assert (match.precedent.text, match.precedent.withdrawn) == (STAGED, True)
    assert [(found.verdict, found.outcome) for found in match.precedent.findings] == [("unfounded", None)]
    assert [revision.what for revision in services.statement_history(one.statement.id)] == ["created"]


def test_taking_the_schema_back_does_not_bring_back_findings_that_were_taken_back(url, process):
    services = process("before")
    [one] = services.record_statements([draft(STAGED, "2021-01-01", findings=(Finding("a"), Finding("b")))])
    services.edit_finding.remove(services.edit_finding.find(one.statement.id, None, None, 1)[0][1].id)
    services.store.close()
    engine = open_database(url)
    with writing(engine) as connection:
        command.downgrade(config(connection), "0012")
        assert connection.execute(text("SELECT verdict FROM findings")).scalars().all() == ["a"]
    migrate(engine)
    engine.dispose()
