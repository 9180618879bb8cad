"""Positions of statements on the map: rows to domain objects and back."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlalchemy import Connection, delete, func, insert, select

from app.domain.access.keys import Organisation
from app.domain.map.points import PlacedStatement
from app.store.access import ownership
from app.store.map.map_tables import map_positions
from app.store.tables import narratives, speakers, statement_narratives, statements, vectors

_AT_ONCE: Final = 500


class MapPositionRows:
    """SQL implementation of `app.services.map.ports.MapPositions`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def vectors(self, fingerprint: str, limit: int) -> dict[int, bytes]:
        wanted = (
            select(statements.c.key, vectors.c.vector)
            .join(vectors, vectors.c.statement_key == statements.c.key)
            .where(vectors.c.fingerprint == fingerprint, statements.c.withdrawn_at.is_(None))
            .order_by(statements.c.key.desc())
            .limit(limit)
        )
        return {row.key: row.vector for row in self._connection.execute(wanted)}

    def positions(self) -> dict[int, tuple[float, float, bool]]:
        rows = self._connection.execute(select(map_positions))
        return {row.statement_key: (row.x, row.y, row.laid_out) for row in rows}

    def replace(self, positions: Mapping[int, tuple[float, float]]) -> None:
        self._connection.execute(delete(map_positions))
        self._insert(positions, laid_out=True)

    def add(self, positions: Mapping[int, tuple[float, float]]) -> None:
        self.remove(positions)
        self._insert(positions, laid_out=False)

    def remove(self, keys: Collection[int]) -> None:
        listed = sorted(keys)
        for start in range(0, len(listed), _AT_ONCE):
            some = map_positions.c.statement_key.in_(listed[start : start + _AT_ONCE])
            self._connection.execute(delete(map_positions).where(some))

    def points(self, viewer: Organisation) -> list[PlacedStatement]:
        # By the primary key for each statement: SQLite joins a grouped subquery row by row.
        first = (
            select(func.min(statement_narratives.c.narrative_key))
            .where(statement_narratives.c.statement_key == statements.c.key)
            .scalar_subquery()
        )
        wanted = (
            select(
                statements.c.key,
                map_positions.c.x,
                map_positions.c.y,
                statements.c.said_begins,
                statements.c.language,
                speakers.c.name,
                first,
            )
            .join(map_positions, map_positions.c.statement_key == statements.c.key)
            .outerjoin(speakers, speakers.c.key == statements.c.speaker_key)
            .where(statements.c.withdrawn_at.is_(None), ownership.visible(statements.c.organisation_key, viewer))
            .order_by(statements.c.key)
        )
        return [PlacedStatement(*row) for row in self._connection.execute(wanted)]

    def count(self, viewer: Organisation) -> int:
        seen = ownership.visible(statements.c.organisation_key, viewer)
        counted = (
            select(func.count())
            .select_from(map_positions)
            .join(statements, statements.c.key == map_positions.c.statement_key)
        )
        return int(self._connection.scalar(counted.where(statements.c.withdrawn_at.is_(None), seen)) or 0)

    def titles(self, viewer: Organisation, keys: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for start in range(0, len(keys), _AT_ONCE):
            some = narratives.c.key.in_(keys[start : start + _AT_ONCE])
            seen = ownership.visible(narratives.c.organisation_key, viewer)
            rows = self._connection.execute(select(narratives.c.key, narratives.c.title).where(some, seen))
            found |= {row.key: row.title for row in rows}
        return found

    def _insert(self, positions: Mapping[int, tuple[float, float]], *, laid_out: bool) -> None:
        # Statements may have been deleted since they were read.
        keys = sorted(positions)
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            there = set(self._connection.scalars(select(statements.c.key).where(statements.c.key.in_(some))))
            rows = [
                {"statement_key": key, "x": positions[key][0], "y": positions[key][1], "laid_out": laid_out}
                for key in some
                if key in there
            ]
            if rows:
                self._connection.execute(insert(map_positions), rows)
