"""Runs migrations on the connection that `app.store.migrating.migrate` hands over, or on REFRAIN_DATABASE_URL."""

import os

from alembic import context
from sqlalchemy import Connection

from app.store.all_tables import metadata
from app.store.database import open_database

LOCK_TIMEOUT = "300ms"
"""A migration that cannot get its lock gives up before the requests that wait behind it do, which is after 700 ms."""


def run(connection: Connection) -> None:
    """Migrates over one connection, in one transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
    context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    with open_database(os.environ["REFRAIN_DATABASE_URL"]).begin() as own:
        run(own)
