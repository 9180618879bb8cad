"""Searches and relations of statements, as they are answered."""

from collections.abc import Sequence

from pydantic import Field

from app.domain.checks.scoring import Tier
from app.schemas.fields import Shown
from app.schemas.statements import StatementOut


class FoundOut(Shown):
    """A statement that was found, and where in its text the words are: pairs of start and end, in code points."""

    statement: StatementOut
    similarity: float | None = Field(description="By meaning: the cosine of the two meanings.")
    found: list[tuple[int, int]]


class SearchOut(Shown):
    """A page of what was found."""

    items: Sequence[FoundOut]
    next_cursor: str | None


class RelationOut(Shown):
    """A statement that follows the same script as another."""

    statement: StatementOut
    tier: Tier
    score: float
    days: int = Field(description="Between the two.")


class RelationsOut(Shown):
    """Precedents of a statement and later statements that repeat it, the most similar first."""

    precedents: list[RelationOut]
    echoes: list[RelationOut]
