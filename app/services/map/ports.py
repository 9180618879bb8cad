"""Ports of the map of narratives."""

from collections.abc import Collection, Mapping, Sequence
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.map.points import PlacedStatement


class MapPositions(Protocol):
    """Positions of statements on the map."""

    def vectors(self, fingerprint: str, limit: int) -> dict[int, bytes]:
        """Stored vectors of the latest statements that are not withdrawn, by key."""

    def positions(self) -> dict[int, tuple[float, float, bool]]:
        """x, y, and whether it was laid out, by the key of a statement."""

    def replace(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Puts a whole layout in place of what there was."""

    def add(self, positions: Mapping[int, tuple[float, float]]) -> None:
        """Adds what was placed near its neighbours."""

    def remove(self, keys: Collection[int]) -> None: ...
    def points(self, viewer: Organisation) -> list[PlacedStatement]:
        """Shared statements and the viewer's own, in order of their keys."""

    def count(self, viewer: Organisation) -> int: ...
    def titles(self, viewer: Organisation, keys: Sequence[int]) -> dict[int, str]:
        """Titles of narratives that the viewer may see, by key."""
