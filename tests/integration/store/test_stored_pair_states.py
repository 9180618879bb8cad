"""Pair states beside the vectors: written, read and found missing; and the migration that made their columns."""

import numpy as np
from alembic import command
from alembic.config import Config
from builders import draft
from sqlalchemy import text

from app.store.connections import writing
from app.store.database import open_database
from app.store.migrating import MIGRATIONS, migrate


def keys_of(services):
    return [recorded.statement.key for recorded in services.record_statements([draft("One."), draft("Two.")])]


def test_pair_states_are_stored_with_the_encoding_and_found_missing_by_version(process):
    services = process()
    keys = keys_of(services)
    fingerprint, features = services.encoder.fingerprint, services.encoder.token_features_version
    with services.store.writing() as tx:
        encoded = tx.vectors.of(keys[0], fingerprint)
        assert (encoded.pair_states, encoded.pair_states_version) == (b"", "")
        assert tx.vectors.missing_token_features(fingerprint, features, "", 0, 10) == []
        missing = tx.vectors.missing_token_features(fingerprint, features, "pair-1", 0, 10)
        assert [key for key, _ in missing] == keys
        made = encoded._replace(pair_states=b"\x00states", pair_states_version="pair-1")
        tx.vectors.put_token_features(fingerprint, [(keys[0], made)])
    with services.store.reading() as tx:
        [(left, _)] = tx.vectors.missing_token_features(fingerprint, features, "pair-1", 0, 10)
        assert left == keys[1]
        stored = tx.vectors.encodings([*keys, 99], fingerprint)
        assert stored.keys() == set(keys)
        assert stored[keys[0]].pair_states == b"\x00states"
        assert stored[keys[0]].terms == encoded.terms
        np.testing.assert_array_equal(stored[keys[0]].vector, encoded.vector)


def test_taking_the_migration_back_and_again_keeps_the_vectors(process, url):
    services = process()
    keys = keys_of(services)
    fingerprint = services.encoder.fingerprint
    services.store.close()
    engine = open_database(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with writing(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "0024")
    with engine.connect() as connection:
        columns = set(connection.execute(text("SELECT * FROM vectors")).keys())
    assert not {"pair_states", "pair_states_version"} & columns
    assert migrate(engine) is True
    engine.dispose()
    again = process("again")
    with again.store.reading() as tx:
        assert tx.vectors.encodings(keys, fingerprint).keys() == set(keys)
