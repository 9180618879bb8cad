"""Speaker that a statement counts for, in the view of an organisation that made names of speakers aliases."""

from typing import Any, Final

from sqlalchemy import Connection, Join, Select, and_, func, or_, select
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


def names_of_same(connection: Connection, name: str, viewer: Organisation) -> list[str]:
    """All names, in lower case, of the speaker whom an organisation knows by this one, in any case; this one first."""
    main, alias = speakers.alias("main"), speakers.alias("alias")
    pairs = (
        select(_ALIASES.of_key, main.c.name.label("main"), alias.c.name.label("alias"))
        .join(main, main.c.key == _ALIASES.of_key)
        .join(alias, alias.c.key == _ALIASES.speaker_key)
        .where(_ALIASES.organisation_key == viewer.key)
        .cte("pairs")
    )
    named = or_(case_folding.equals(pairs.c.main, name), case_folding.equals(pairs.c.alias, name))
    same = select(pairs.c.main, pairs.c.alias).where(pairs.c.of_key.in_(select(pairs.c.of_key).where(named)))
    return list(dict.fromkeys([name.lower(), *(one.lower() for row in connection.execute(same) for one in row)]))
