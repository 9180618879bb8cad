"""Imports: what each of them brought, and what is left of it once it is undone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from app.domain.access.keys import Organisation

WhyKept = Literal["also_imported", "submitted", "edited", "findings", "reviewed"]
"""Reason why a statement stays when its import is undone: another import brought it too, it was sent to the API, a
person changed it, somebody added a finding, a review that stands refers to it."""


@dataclass(frozen=True, slots=True)
class Import:
    """Import that was recorded. `organisation` is None for one of the command line."""

    key: int
    id: str
    name: str | None
    created_at: datetime
    organisation: Organisation | None = None
    finished_at: datetime | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    undone_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """Statements that stay, for one reason: how many, and the ids of the first."""

    why: WhyKept
    count: int
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoPreview:
    """Consequences of undoing an import: `statements` go, and those `kept` stay."""

    which: Import
    statements: int
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class UndoneImport:
    """Result of undoing an import: what was taken out, and what stays since others refer to it."""

    id: str
    undone_at: datetime
    statements: int
    findings: int
    kept: tuple[Kept, ...] = ()
    updated: int = 0
    """Statements that were there before the import and that it changed: their fields stay as they are."""
