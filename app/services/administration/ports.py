"""Port of the administration pages: counts of organisations, and of flags by score."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.domain.access.keys import Organisation
from app.domain.desk.flags import FlagState


@dataclass(frozen=True, slots=True)
class OrganisationSize:
    """Numbers of an organisation: accounts that can sign in, keys that are not revoked, statements that it brought and
    that are not withdrawn, flags."""

    people: int = 0
    keys: int = 0
    statements: int = 0
    flags: int = 0


class Administration(Protocol):
    """Counts for admins."""

    def sizes(self, only: Organisation | None = None) -> Mapping[int, OrganisationSize]:
        """Numbers by the organisation's key, of all organisations or of one."""

    def flags_by_score(self, organisation: Organisation) -> Mapping[tuple[int, FlagState], int]:
        """Number of flags by state and by the score of their best match, in hundredths, rounded down."""
