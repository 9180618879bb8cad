"""The table of predictions, under the rules of `app/store/tables.py`."""

from sqlalchemy import BigInteger, Column, ForeignKey, Table

from app.store.tables import metadata

predictions = Table(
    "predictions",
    metadata,
    Column("statement_key", ForeignKey("statements.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("made_ends", BigInteger, index=True, comment="end of the day it was said, in microseconds; null: undated"),
    Column("until_ends", BigInteger, index=True, comment="end of its time window; null: none that is a date"),
)
"""Statements that predict something, as `detect_prediction` reads them; written with each statement."""
