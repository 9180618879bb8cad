"""Groups of flags: which group a new flag joins, and the periods in which flags were made."""

from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.domain.desk.flag_groups import MOST_TOGETHER
from app.domain.desk.near_duplicates import band_of_document, bands, nearly_equal
from app.store.desk.flag_tables import flag_bands, flag_periods, flags

PERIOD = 30 * 86_400 * 10**6
"""Microseconds of a period of `flag_periods`."""
_MOST_CANDIDATES = 20
_EXTEND: dict[str, Any] = {
    name: added.on_conflict_do_update(
        index_elements=["organisation_key", "period"],
        set_={"last_key": added.excluded.last_key},
        where=added.excluded.last_key > flag_periods.c.last_key,
    )
    for name, added in (
        ("postgresql", postgresql.insert(flag_periods)),
        ("sqlite", sqlite.insert(flag_periods)),
    )
}


def _candidates() -> Select[Any]:
    """The groups that share most bands with a text, with the text of their first flag and their size."""
    organisation: BindParameter[int] = bindparam("organisation")
    shared = (
        select(flag_bands.c.check_key, func.count().label("shared"))
        .where(flag_bands.c.organisation_key == organisation, flag_bands.c.band.in_(bindparam("bands", expanding=True)))
        .group_by(flag_bands.c.check_key)
        .order_by(func.count().desc(), flag_bands.c.check_key.desc())
        .limit(_MOST_CANDIDATES)
        .subquery()
    )
    members = flags.alias("members")
    size = select(func.count()).where(
        members.c.organisation_key == organisation, members.c.group_key == shared.c.check_key
    )
    return select(shared.c.check_key, flags.c.text, size.scalar_subquery().label("size")).join(
        flags, flags.c.check_key == shared.c.check_key
    )


_CANDIDATES = _candidates()


def joined_group(connection: Connection, organisation: Organisation, check_key: int, check: Check, text: str) -> int:
    """Key of the group that a new flag belongs to: the key of the group's first flag, or its own.

    A claim joins those of its document, another statement the newest group whose first text is nearly equal. `text`:
    the tokens of the statement.
    """
    given = {
        "organisation": organisation.key,
        "bands": [band_of_document(check.document)] if check.document else bands(text),
    }
    for row in sorted(connection.execute(_CANDIDATES, given), key=lambda row: row.check_key, reverse=True):
        if check.document or (row.size < MOST_TOGETHER and nearly_equal(row.text, text)):
            return int(row.check_key)
    return check_key


def add_bands(connection: Connection, organisation: Organisation, check_key: int, check: Check, text: str) -> None:
    """Lets later flags join the group that this one begins."""
    own = [band_of_document(check.document)] if check.document else bands(text)
    rows = [{"organisation_key": organisation.key, "band": band, "check_key": check_key} for band in own]
    connection.execute(insert(flag_bands), rows)


def extend_period(connection: Connection, organisation: Organisation, said_begins: int, check_key: int) -> None:
    """Notes that a flag of this key is about something said at a time."""
    values = {
        "organisation_key": organisation.key,
        "period": said_begins // PERIOD,
        "first_key": check_key,
        "last_key": check_key,
    }
    connection.execute(_EXTEND[connection.dialect.name], values)
