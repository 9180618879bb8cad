"""Orders of a list of flags: the columns that it is sorted by, and the cursors of its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.domain.desk.flags import FlagSort
from app.services.desk.ports import FlagCursor
from app.store.desk.flag_conditions import Columns


@dataclass(frozen=True, slots=True)
class ListOrder:
    """Order by one column, None for the keys alone, and then by the key in the same direction."""

    column: str | None
    descending: bool

    @property
    def columns(self) -> tuple[str, ...]:
        return ("check_key",) if self.column is None else (self.column, "check_key")

    def terms(self, columns: Columns, *, backwards: bool = False) -> list[ColumnElement[Any]]:
        """Terms of ORDER BY."""
        falling = self.descending is not backwards
        return [columns(name).desc() if falling else columns(name).asc() for name in self.columns]

    def beyond(self, columns: Columns, place: tuple[Any, ...], *, backwards: bool = False) -> ColumnElement[bool]:
        """Condition that a row comes after a place, or before it where `backwards`."""
        here, there = tuple_(*(columns(name) for name in self.columns)), tuple_(*place)
        return here < there if self.descending is not backwards else here > there

    def place(self, cursor: FlagCursor) -> tuple[Any, ...]:
        return (cursor.key,) if self.column is None else (cursor.value, cursor.key)

    def cursor(self, row: Any) -> FlagCursor:
        """Cursor of a row; integers stay integers, for comparison in the database."""
        return FlagCursor(0 if self.column is None else getattr(row, self.column), row.check_key)


ORDERS: Mapping[FlagSort, ListOrder] = {
    "newest": ListOrder(None, descending=True),
    "oldest": ListOrder(None, descending=False),
    "score": ListOrder("score", descending=True),
    "score_up": ListOrder("score", descending=False),
    "recurrence": ListOrder("recurrence", descending=True),
    "recurrence_up": ListOrder("recurrence", descending=False),
    "speaker": ListOrder("speaker_order", descending=False),
    "speaker_down": ListOrder("speaker_order", descending=True),
    "narrative": ListOrder("narrative_order", descending=False),
    "narrative_down": ListOrder("narrative_order", descending=True),
}
