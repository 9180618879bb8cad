"""One page of a list of flags, in a time that does not grow with their number.

An index leads either to what a filter selects or along the order of the list. Where one of the filters selects few,
these are fetched and sorted; where all of them select many, the list is walked along its order, passing over the rest.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, func, literal, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access import Organisation
from app.domain.flags import FlagSort
from app.services.ports import FlagFilter, FlagPlace
from app.store.narratives import NarrativeRows
from app.store.tables import checks, flag_narratives, flags

_FEW = 2_000
_SORTED_BY: Mapping[FlagSort, tuple[str, ...]] = {
    "newest": ("check_key",),
    "score": ("score", "check_key"),
    "recurrence": ("recurrence", "check_key"),
}

Columns = Callable[[str], ColumnElement[Any]]


def page(
    connection: Connection,
    organisation: Organisation,
    wanted: FlagFilter,
    sort: FlagSort,
    after: FlagPlace | None,
    limit: int,
) -> list[tuple[FlagPlace, Any]]:
    """Places, and rows with `key`, `answer`, `state` and `version`, in the order of the list."""
    narrative = None
    if wanted.narrative:
        ref = NarrativeRows(connection).resolve(wanted.narrative, organisation)
        if ref is None:
            return []
        narrative = ref.key
    few = _few(connection, organisation, wanted, narrative)
    if few is not None:
        # The limit leaves nothing out: it keeps the database from taking the two queries for one.
        selected = select(flags).where(flags.c.organisation_key == organisation.key, few).limit(_FEW).cte("few")
        columns: Columns = selected.c.__getitem__
        plain = columns
    else:
        columns = _unindexed
        plain = flags.c.__getitem__
    conditions = [
        plain("organisation_key") == organisation.key,
        plain("state") == wanted.state if wanted.state else columns("state").is_not(None),
        *_by_column(columns, wanted).values(),
    ]
    if narrative is not None:
        conditions.append(_filed_under(organisation, narrative, plain("check_key")))
    if wanted.q:
        conditions.append(columns("text").contains(wanted.q.lower(), autoescape=True))
    order = [plain(name) for name in _SORTED_BY[sort]]
    if after:
        seen = (after.key,) if sort == "newest" else (after.value, after.key)
        conditions.append(tuple_(*order) < tuple_(*seen))
    shown = [plain(name) for name in ("check_key", "state", "version", "score", "recurrence")]
    found = select(*shown).where(*conditions).order_by(*(one.desc() for one in order)).limit(limit).subquery()
    listed = select(found, found.c.check_key.label("key"), checks.c.answer).join(
        checks, checks.c.key == found.c.check_key
    )
    placed = [(_place(row, sort), row) for row in connection.execute(listed)]
    return sorted(placed, key=lambda pair: (pair[0].value, pair[0].key), reverse=True)


def _few(
    connection: Connection, organisation: Organisation, wanted: FlagFilter, narrative: int | None
) -> ColumnElement[bool] | None:
    """The first filter that selects no more than a few, None where every one selects more."""
    own = flags.c.organisation_key == organisation.key
    filters = list(_by_column(flags.c.__getitem__, wanted).values())
    probes = [select(literal(1)).where(own, one).limit(_FEW + 1) for one in filters]
    if narrative is not None:
        filed = and_(
            flag_narratives.c.organisation_key == organisation.key, flag_narratives.c.narrative_key == narrative
        )
        filters.append(flags.c.check_key.in_(select(flag_narratives.c.check_key).where(filed)))
        probes.append(select(literal(1)).select_from(flag_narratives).where(filed).limit(_FEW + 1))
    if not probes:
        return None
    counts = [select(func.count()).select_from(probe.subquery()).scalar_subquery() for probe in probes]
    counted = connection.execute(select(*counts)).one()
    return next((one for one, count in zip(filters, counted, strict=True) if count <= _FEW), None)


def _by_column(columns: Columns, wanted: FlagFilter) -> dict[str, ColumnElement[bool]]:
    """The conditions that have an index of their own, by column."""
    found: dict[str, ColumnElement[bool]] = {}
    if wanted.tier:
        found["tier"] = columns("tier") == wanted.tier.value
    if wanted.language:
        found["language"] = columns("language") == wanted.language
    if wanted.speaker:
        found["speaker"] = columns("speaker") == wanted.speaker.lower()
    if wanted.source:
        found["source"] = columns("source") == wanted.source.lower()
    said = []
    if wanted.said_from:
        said.append(columns("said_begins") >= wanted.said_from.begins)
    if wanted.said_to:
        said += [columns("said_begins") < wanted.said_to.ends, columns("said_ends") <= wanted.said_to.ends]
    if said:
        found["said_begins"] = and_(*said)
    return found


def _filed_under(organisation: Organisation, narrative: int, check_key: ColumnElement[Any]) -> ColumnElement[bool]:
    return (
        select(literal(1))
        .select_from(flag_narratives)
        .where(
            flag_narratives.c.organisation_key == organisation.key,
            flag_narratives.c.narrative_key == narrative,
            flag_narratives.c.check_key == check_key,
        )
        .exists()
    )


def _unindexed(name: str) -> ColumnElement[Any]:
    """A column of `flags` behind an expression that changes nothing, so that no index leads away from the order."""
    return func.coalesce(flags.c[name], flags.c[name])


def _place(row: Any, sort: FlagSort) -> FlagPlace:
    """Whole numbers stay such: a database compares like with like."""
    return FlagPlace({"newest": 0, "score": row.score, "recurrence": row.recurrence}[sort], row.check_key)
