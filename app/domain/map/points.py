"""Points of the map of narratives: statements at positions in a plane, where what is alike in meaning lies close."""

from dataclasses import dataclass
from typing import Final, NamedTuple

MOST_POINTS: Final = 50_000
"""Statements on the map, the latest recorded."""
NAMED_NARRATIVES: Final = 8
"""Narratives with a colour and a shape of their own, those with most statements."""


class PlacedStatement(NamedTuple):
    """Statement on the map; `narrative` is its first one's key."""

    key: int
    x: float
    y: float
    begins: int | None
    """Begin of the period in which it was said, in microseconds since 1970."""
    language: str
    speaker: str | None
    narrative: int | None


@dataclass(frozen=True, slots=True)
class MapPoints:
    """The map as a viewer may see it. Statements of narratives by the narrative's title."""

    points: tuple[PlacedStatement, ...]
    titles: dict[int, str]
