"""Visibility of rows: shared ones to everybody, private ones to their owner."""

from sqlalchemy import Column, func
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation

_MARK = "\x1f"


def without_index(owner: Column[int]) -> ColumnElement[int]:
    """The owner column inside an expression without effect, so that the planner does not pick an index of owners over
    the one that a list is sorted by.

    Nearly everything is shared.
    """
    return func.coalesce(owner, owner)


def visible(owner: ColumnElement[int], viewer: Organisation | None) -> ColumnElement[bool]:
    """SQL condition: visible to `viewer`; shared rows only for None."""
    shared = owner.is_(None)
    return shared | (owner == viewer.key) if viewer else shared


def stored_id(external_id: str | None, owner: int | None) -> str | None:
    """Stored form of an external id: globally unique, as that of a private row is prefixed with its owner's key."""
    return f"{owner}{_MARK}{external_id}" if external_id and owner is not None else external_id


def shown_id(stored: str | None, owner: int | None) -> str | None:
    """An external id as its owner gave it."""
    return stored.partition(_MARK)[2] if stored and owner is not None else stored
