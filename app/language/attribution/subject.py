"""Subject of a verb of saying, as a phrase gives it."""

from dataclasses import dataclass
from typing import Final, Literal

SubjectKind = Literal["name", "person", "group", "role", "text", "anonymous", "unknown"]


@dataclass(frozen=True, slots=True)
class Subject:
    """Referent of a phrase: a name, or a word that stands for somebody named elsewhere."""

    kind: SubjectKind
    name: str | None = None
    words: str = ""


UNKNOWN: Final = Subject("unknown")
PRONOUN: Final = Subject("person")
"""The subject of a verb that has none of its own: the last person."""
