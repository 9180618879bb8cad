"""Table of the positions of statements on the map."""

from sqlalchemy import Boolean, Column, Double, ForeignKey, Table

from app.store.tables import metadata

map_positions = Table(
    "map_positions",
    metadata,
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("x", Double, nullable=False, comment="0 to 1"),
    Column("y", Double, nullable=False, comment="0 to 1"),
    Column("laid_out", Boolean, nullable=False, comment="false: placed near its neighbours since the last layout"),
)
