"""Condition of queries: an organisation is open. What belongs to a closed one waits."""

from typing import Any

from sqlalchemy import ColumnElement, select

from app.store.tables import organisations


def is_open(organisation_key: ColumnElement[Any]) -> ColumnElement[bool]:
    """Condition that the organisation with the key in a column is not closed."""
    closed = select(organisations.c.key).where(organisations.c.closed_at.is_not(None))
    return organisation_key.not_in(closed)
