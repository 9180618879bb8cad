"""Whose things are: what is shared everybody sees, what is private its owner alone."""

from sqlalchemy import Column, func
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation

_MARK = "\x1f"


def passed_over(owner: Column[int]) -> ColumnElement[int]:
    """The same, behind an expression that changes nothing: so that no index of owners leads away from a list's order.

    Nearly everything is shared.
    """
    return func.coalesce(owner, owner)


def visible(owner: ColumnElement[int], viewer: Organisation | None) -> ColumnElement[bool]:
    """What `viewer` may see; None, who is nobody in particular, what is shared."""
    shared = owner.is_(None)
    return shared | (owner == viewer.key) if viewer else shared


def stored_id(external_id: str | None, owner: int | None) -> str | None:
    """An external id as it is stored: unique among all, for that of a private thing has its owner's key before it."""
    return f"{owner}{_MARK}{external_id}" if external_id and owner is not None else external_id


def shown_id(stored: str | None, owner: int | None) -> str | None:
    """An external id as its owner gave it."""
    return stored.partition(_MARK)[2] if stored and owner is not None else stored
