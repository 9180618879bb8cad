"""Where the keys of merged narratives lead, and the counters of flags that go with them.

A flag stays filed under the narratives that it was filed under; a narrative that was merged is read as the one that it
was merged into, so that undoing the merge gives each its flags back.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Connection, cast, delete, func, insert, literal, select
from sqlalchemy.types import Text

from app.store.desk.flag_tables import flag_facets, flag_narratives, flags
from app.store.narratives.narrative_tables import merged_narratives

_ANY = "any"


def merged_into(connection: Connection, keys: Sequence[int]) -> list[int]:
    """Keys of the narratives that were merged into any of these."""
    into = merged_narratives.c.into_key.in_(keys)
    return list(connection.scalars(select(merged_narratives.c.narrative_key).where(into)))


def leading_to(connection: Connection, keys: Iterable[int]) -> set[int]:
    """The narratives that these are now: themselves, or those that they were merged into."""
    given = set(keys)
    if not given:
        return given
    led = select(merged_narratives.c.narrative_key, merged_narratives.c.into_key)
    rows = connection.execute(led.where(merged_narratives.c.narrative_key.in_(given)))
    into = {row.narrative_key: row.into_key for row in rows}
    return {into.get(key, key) for key in given}


def present_narrative() -> ColumnElement[int]:
    """Narrative that a row of `flag_narratives` counts under, in a query with `merged_narratives` joined to it."""
    return func.coalesce(merged_narratives.c.into_key, flag_narratives.c.narrative_key)


def recount_flags(connection: Connection, keys: Sequence[int]) -> None:
    """Counts the flags of these narratives anew, in every organisation and state; of a merged one there are none."""
    counter = flag_facets.c
    names = [str(key) for key in keys]
    connection.execute(delete(flag_facets).where(counter.facet == "narrative", counter.value.in_(names)))
    filed = flag_narratives.join(flags, flags.c.check_key == flag_narratives.c.check_key).outerjoin(
        merged_narratives, merged_narratives.c.narrative_key == flag_narratives.c.narrative_key
    )
    present, filed_under = present_narrative(), [*keys, *merged_into(connection, keys)]
    for state in (flags.c.state, literal(_ANY)):
        value = cast(present, Text)
        number = func.count(flags.c.check_key.distinct())
        counted = (
            select(flags.c.organisation_key, state.label("state"), literal("narrative"), value, literal(""), number)
            .select_from(filed)
            .where(flags.c.state.is_not(None), flag_narratives.c.narrative_key.in_(filed_under), present.in_(keys))
            .group_by(flags.c.organisation_key, present, *((flags.c.state,) if state is flags.c.state else ()))
        )
        columns = ["organisation_key", "state", "facet", "value", "label", "count"]
        connection.execute(insert(flag_facets).from_select(columns, counted))
