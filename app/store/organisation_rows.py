"""Queries of rows that belong to one organisation each, by their column `organisation_key`."""

from typing import Any

from sqlalchemy import Select, Table, select

from app.domain.access.keys import Organisation
from app.store.tables import organisations


def with_organisation(table: Table) -> Select[Any]:
    """Rows of a table with `organisation_id` and `organisation_name`."""
    names = (organisations.c.id.label("organisation_id"), organisations.c.name.label("organisation_name"))
    return select(table, *names).join(organisations, organisations.c.key == table.c.organisation_key)


def page_of(rows: Select[Any], table: Table, organisation: Organisation, before: int | None, limit: int) -> Select[Any]:
    """An organisation's among `rows`, the newest first: `limit` at most, from below the key `before` on."""
    own = rows.where(table.c.organisation_key == organisation.key)
    if before is not None:
        own = own.where(table.c.key < before)
    return own.order_by(table.c.key.desc()).limit(limit)
