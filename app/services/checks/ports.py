"""Ports of checks."""

from collections.abc import Sequence
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check


class Checks(Protocol):
    """Stored checks; an organisation sees its own only."""

    def add(self, organisation: Organisation, check: Check) -> None:
        """Stores a check; one that is flagged is an open flag from now on."""

    def by_id(self, organisation: Organisation, check_id: str) -> Check | None: ...
    def by_ids(self, organisation: Organisation, ids: Sequence[str]) -> list[Check]:
        """Checks of the organisation with these ids, in no order."""

    def find(
        self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int
    ) -> list[tuple[int, Check]]: ...
