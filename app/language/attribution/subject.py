"""Subject of a verb of saying, as a phrase gives it."""

from dataclasses import dataclass
from typing import Final, Literal

SubjectKind = Literal["name", "person", "group", "role", "text", "anonymous", "unknown"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a phrase names: by name, or by a word that means somebody named elsewhere."""

    kind: SubjectKind
    name: str | None = None
    words: str = ""


UNKNOWN: Final = Subject("unknown")
PRONOUN: Final = Subject("person")
"""Whom a verb without a subject goes on with."""
