"""Visibility of rows: shared ones to everybody, private ones to their owner."""

from typing import Any

from sqlalchemy import BindParameter, Column, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.store.tables import organisations

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


def was_recorded(
    by: BindParameter[Any], at: ColumnElement[Any], contributor: ColumnElement[int], owner: ColumnElement[int]
) -> ColumnElement[bool]:
    """SQL condition: what claims to have been known by a moment was recorded by then too, where it has to be.

    Shared rows that came `at` a moment of our clock from a `contributor` that does not keep the operator's archive have
    to be: else it would change everybody's answers about the past.
    """
    operators = select(organisations.c.key).where(organisations.c.operator)
    first = select(func.min(organisations.c.key)).scalar_subquery()
    keeps = contributor.in_(operators) | ((contributor == first) & ~operators.exists())
    return or_(at <= by, at.is_(None), contributor.is_(None), owner.is_not(None), keeps)


def stored_id(external_id: str | None, owner: int | None) -> str | None:
    """Stored form of an external id: globally unique, as that of a private row is prefixed with its owner's key."""
    return f"{owner}{_MARK}{external_id}" if external_id and owner is not None else external_id


def shown_id(stored: str | None, owner: int | None) -> str | None:
    """An external id as its owner gave it."""
    return stored.partition(_MARK)[2] if stored and owner is not None else stored
