"""The map as an organisation sees it: its points, and statements by their keys."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.access.keys import Organisation
from app.domain.jobs.background_runs import RunKind
from app.domain.map.points import MapPoints
from app.domain.statements.statements import Statement
from app.services.ports import Store


@dataclass(frozen=True, slots=True)
class BrowseMap:
    """Read access to the map."""

    store: Store

    def points(self, viewer: Organisation) -> MapPoints:
        """All points that the viewer may see."""
        with self.store.reading() as tx:
            points = tx.map_positions.points(viewer)
            narratives = sorted({point.narrative for point in points if point.narrative is not None})
            titles = tx.map_positions.titles(viewer, narratives)
        return MapPoints(tuple(points), titles)

    def count(self, viewer: Organisation) -> int:
        """Number of points that the viewer may see."""
        with self.store.reading() as tx:
            return tx.map_positions.count(viewer)

    def version(self) -> str:
        """Changes whenever what is on the map may have changed."""
        with self.store.reading() as tx:
            run = tx.background_runs.get(RunKind.MAP)
            return f"{tx.statements.sequence()}-{run.finished_at.timestamp() if run.finished_at else 0}"

    def statements(self, keys: Sequence[int], viewer: Organisation) -> list[Statement]:
        """Statements of these keys that the viewer may see, in order."""
        with self.store.reading() as tx:
            known = tx.statements.by_keys(keys)
        return [known[key] for key in keys if key in known and known[key].visible_to(viewer.key)]
