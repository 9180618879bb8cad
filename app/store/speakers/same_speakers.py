"""Speaker that a statement counts for, in the view of an organisation that made names of speakers aliases."""

from typing import Any, Final

from sqlalchemy import Join, Select, and_, func, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.store import case_folding
from app.store.speakers.speaker_tables import speaker_aliases
from app.store.tables import speakers, statements

_ALIASES = speaker_aliases.c


WHOSE: Final[ColumnElement[int]] = func.coalesce(_ALIASES.of_key, statements.c.speaker_key)
"""Key of the speaker of a row of `with_aliases`, of the one whose alias it is where it is one."""


def with_aliases(viewer: Organisation) -> Join:
    """Statements with the aliases that an organisation has made of their speakers."""
    own = and_(_ALIASES.organisation_key == viewer.key, _ALIASES.speaker_key == statements.c.speaker_key)
    return statements.outerjoin(speaker_aliases, own)


def keys_named(name: str, viewer: Organisation | None) -> Select[Any]:
    """Query of the keys of speakers of this name, in any case, and of all other names of the same speaker."""
    named = select(speakers.c.key).where(case_folding.equals(speakers.c.name, name))
    if viewer is None:
        return named
    own = _ALIASES.organisation_key == viewer.key
    mains = select(_ALIASES.of_key).where(own, _ALIASES.speaker_key.in_(named))
    others = select(_ALIASES.speaker_key).where(own, _ALIASES.of_key.in_(named) | _ALIASES.of_key.in_(mains))
    return select(speakers.c.key).where(
        speakers.c.key.in_(named) | speakers.c.key.in_(mains) | speakers.c.key.in_(others)
    )
