"""Contributors in queries: the organisation that brought a row, by its name."""

from typing import Any

from sqlalchemy import Column, Row, ScalarSelect, select

from app.domain.access.contributors import Contributor
from app.store.tables import organisations


def contributor_name(contributor: Column[int]) -> ScalarSelect[str]:
    """Subquery of the name of the organisation that a column of contributors refers to."""
    return select(organisations.c.name).where(organisations.c.key == contributor).scalar_subquery()


def contributor_of(row: Row[Any]) -> Contributor | None:
    """Contributor of a row with `contributor_key` and the `contributor_name` of it."""
    return Contributor(row.contributor_key, row.contributor_name) if row.contributor_key is not None else None
