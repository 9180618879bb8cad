"""Cursor pagination of lists: `limit` and `cursor` of a request, and the cursor of the next page."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar

from fastapi import Depends, Query

from app.domain.core.errors import InvalidInput

T = TypeVar("T")


class Page:
    """Page of a list: `limit` entries after `cursor`."""

    def __init__(
        self,
        limit: Annotated[int, Query(ge=1, le=100, description="How many entries at most.")] = 20,
        cursor: Annotated[
            str | None, Query(max_length=100, description="The `next_cursor` of the page before.")
        ] = None,
    ):
        self.limit = limit
        self.before = _number(cursor) if cursor else None

    def of(self, entries: Sequence[T], number_of: Callable[[T], int]) -> tuple[Sequence[T], str | None]:
        """Entries of the page, of `limit + 1` that were fetched, and the cursor of the next one."""
        shown = entries[: self.limit]
        return shown, cursor_of(number_of(shown[-1])) if len(entries) > self.limit else None

    def part_of(self, entries: Sequence[T]) -> tuple[Sequence[T], str | None]:
        """Entries of the page, of a whole list that only grows at its end, and the cursor of the next one."""
        start = self.before or 0
        end = start + self.limit
        return entries[start:end], cursor_of(end) if len(entries) > end else None

    def newest_of(self, entries: Sequence[T]) -> tuple[Sequence[T], str | None]:
        """Entries of the page, of a whole list that only grows at its front, and the cursor of the next one."""
        start = max(0, len(entries) - self.before) if self.before else 0
        end = start + self.limit
        return entries[start:end], cursor_of(len(entries) - end) if len(entries) > end else None


ThePage = Annotated[Page, Depends()]


def cursor_of(number: int) -> str:
    """Opaque cursor that encodes a number above 0, after which a list continues."""
    return base64.urlsafe_b64encode(str(number).encode()).decode().rstrip("=")


def _number(cursor: str) -> int:
    try:
        number = int(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("ascii"))
    except (binascii.Error, ValueError) as error:
        raise InvalidInput.in_parameter("cursor", "is none of ours: send the next_cursor of the page before") from error
    if not 0 < number < 2**63:
        raise InvalidInput.in_parameter("cursor", "is none of ours: send the next_cursor of the page before")
    return number
