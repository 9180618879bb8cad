"""Pages of a list of flags, in a time that does not grow with their number.

An index leads either to what a filter selects or along the order of the list. Where one of the filters selects few,
these are fetched and sorted; where all of them select many, the list is walked along its order, passing over the rest.
The newest first is also the order of what has one value of a column, and there a list can begin at a date.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Subquery, and_, func, literal, null, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.desk.annotations import NOBODY, AdjacentFlags
from app.domain.desk.flags import FlagSort
from app.domain.search.keyword_query import LONGEST_WORD, QueryTerm, parse_query
from app.services.desk.ports import FlagCursor, FlagFilter
from app.store.desk.flag_tables import flag_narratives, flag_words, flags
from app.store.narratives.narratives import NarrativeRows
from app.store.tables import checks

_FEW = 2_000
_MOST_WORDS = 12
_AFTER_ANY_LETTER = "\U0010ffff"
_SORTED_BY: Mapping[FlagSort, tuple[str, ...]] = {
    "newest": ("check_key",),
    "score": ("score", "check_key"),
    "recurrence": ("recurrence", "check_key"),
}

Columns = Callable[[str], ColumnElement[Any]]


@dataclass(frozen=True, slots=True)
class _AccessPath:
    """Access path of a list in the database; without statistics, a scan in its order."""

    few: ColumnElement[bool] | None = None
    """Filter that selects so few rows that they can be sorted."""
    along: str | None = None
    """Column with an equality filter, whose index yields the order of the list."""
    between: tuple[int, int] | None = None
    """Bounds on the keys of flags within the filter's dates."""


class FlagPages:
    """Filtered and sorted list of an organisation's flags."""

    def __init__(self, connection: Connection, organisation: Organisation, filters: FlagFilter, sort: FlagSort):
        self._connection = connection
        self._organisation = organisation
        self._filters = filters
        self._sort = sort
        self._words = parse_query(filters.q or "")
        self._narrative: int | None = None
        self._matches_nothing = bool(filters.q) and not self._words
        if filters.narrative:
            ref = NarrativeRows(connection).resolve(filters.narrative, organisation)
            self._narrative, self._matches_nothing = (ref.key, self._matches_nothing) if ref else (None, True)
        self._access_path = _AccessPath() if self._matches_nothing else self._choose_access_path()

    def page(self, after: FlagCursor | None, limit: int, *, backwards: bool) -> list[tuple[FlagCursor, Any]]:
        """Rows of a page with their cursors, in the order of the list."""
        if self._matches_nothing:
            return []
        found = self._subquery(after, limit, backwards=backwards)
        listed = select(found, found.c.check_key.label("key"), checks.c.answer).join(
            checks, checks.c.key == found.c.check_key
        )
        placed = [(_cursor_of(row, self._sort), row) for row in self._connection.execute(listed)]
        return sorted(placed, key=lambda pair: (pair[0].value, pair[0].key), reverse=True)

    def neighbours(self, flag_key: int) -> AdjacentFlags:
        """Ids of the flags before and after one, which may have left the list itself."""
        row = self._connection.execute(select(flags).where(flags.c.check_key == flag_key)).first()
        if row is None or self._matches_nothing:
            return AdjacentFlags()
        cursor = _cursor_of(row, self._sort)
        sides = [self._subquery(cursor, 1, backwards=backwards) for backwards in (True, False)]
        ids = [select(checks.c.id).where(checks.c.key == select(side.c.check_key).scalar_subquery()) for side in sides]
        previous, following = self._connection.execute(select(*(flag_id.scalar_subquery() for flag_id in ids))).one()
        return AdjacentFlags(previous, following)

    def _subquery(self, after: FlagCursor | None, limit: int, *, backwards: bool) -> Subquery:
        organisation, filters = self._organisation, self._filters
        access_path = self._access_path
        if access_path.few is not None:
            # The limit leaves nothing out: it keeps the database from taking the two queries for one.
            own = flags.c.organisation_key == organisation.key
            selected = select(flags).where(own, access_path.few).limit(_FEW).cte(f"few_{backwards}")
            columns: Columns = selected.c.__getitem__
            plain = columns
        else:
            columns = _columns_indexed_by(access_path.along)
            plain = flags.c.__getitem__
        state = columns("state") if access_path.along or not filters.state else plain("state")
        conditions = [
            plain("organisation_key") == organisation.key,
            state == filters.state if filters.state else state.is_not(None),
            *_by_column(columns, filters).values(),
            *(_contains(columns("text"), term) for term in self._words),
        ]
        if self._narrative is not None:
            conditions.append(_filed_under(organisation, self._narrative, plain("check_key")))
        if access_path.between:
            conditions.append(plain("check_key").between(*access_path.between))
        order = [plain(name) for name in _SORTED_BY[self._sort]]
        if after:
            seen = tuple_(*((after.key,) if self._sort == "newest" else (after.value, after.key)))
            conditions.append(tuple_(*order) > seen if backwards else tuple_(*order) < seen)
        shown = [plain(name) for name in _SHOWN]
        ordered = (column.asc() if backwards else column.desc() for column in order)
        return select(*shown).where(*conditions).order_by(*ordered).limit(limit).subquery()

    def _choose_access_path(self) -> _AccessPath:
        own = flags.c.organisation_key == self._organisation.key
        by_column = _by_column(flags.c.__getitem__, self._filters)
        filters = list(by_column.values())
        probes = [select(literal(1)).where(own, condition).limit(_FEW + 1) for condition in filters]
        for keys in (*self._with_narrative(), *self._with_each_word()):
            filters.append(flags.c.check_key.in_(select(keys.c.check_key)))
            probes.append(select(literal(1)).select_from(keys).limit(_FEW + 1))
        if not probes:
            return _AccessPath()
        reach = self._key_range()
        counted = [select(func.count()).select_from(probe.subquery()).scalar_subquery() for probe in probes]
        *counts, first, last = self._connection.execute(select(*counted, *reach.c)).one()
        rarest = counts.index(min(counts))
        by_value = [number for number, name in enumerate(by_column) if self._orders_list(name)]
        along = min(by_value, key=counts.__getitem__, default=None)
        if counts[rarest] <= _FEW and (along is None or counts[along] > counts[rarest]):
            return _AccessPath(few=filters[rarest])
        return _AccessPath(
            along=None if along is None else list(by_column)[along], between=None if first is None else (first, last)
        )

    def _orders_list(self, name: str) -> bool:
        """True if the index of this column yields the order of the list, which PostgreSQL cannot infer for missing
        values."""
        missing = name == "assigned_id" and self._filters.assigned == NOBODY
        return self._sort == "newest" and name != "said_begins" and not missing

    def _key_range(self) -> Subquery:
        """Subquery of the first and the last key within the dates; null where a scan from the newest is likely to be
        short."""
        conditions = _start_conditions(flags.c.__getitem__, self._filters)
        if self._filters.said_to is None or self._sort != "newest":
            return select(null(), null()).subquery()
        key = flags.c.check_key + 0  # of the key itself PostgreSQL would walk along all keys for the least
        own = flags.c.organisation_key == self._organisation.key
        return select(func.min(key), func.max(key)).where(own, *conditions).subquery()

    def _with_narrative(self) -> list[Subquery]:
        if self._narrative is None:
            return []
        own = flag_narratives.c.organisation_key == self._organisation.key
        keys = select(flag_narratives.c.check_key).where(own, flag_narratives.c.narrative_key == self._narrative)
        return [keys.subquery()]

    def _with_each_word(self) -> list[Subquery]:
        """Subqueries of the flags with each query word; the longest words first, as they are the rarest."""
        exact = {word: flag_words.c.word == word[:LONGEST_WORD] for term in self._words for word in term.words[:-1]}
        conditions = {**exact, **{term.prefix: _begins_with(term) for term in self._words}}
        own = flag_words.c.organisation_key == self._organisation.key
        rarest = sorted(conditions, key=len, reverse=True)[:_MOST_WORDS]
        return [select(flag_words.c.check_key).where(own, conditions[word]).subquery() for word in rarest]


_SHOWN = ("check_key", "state", "version", "score", "recurrence", "assigned_id", "assigned_name")


def _begins_with(term: QueryTerm) -> ColumnElement[bool]:
    prefix = term.prefix[:LONGEST_WORD]
    return and_(flag_words.c.word >= prefix, flag_words.c.word < prefix + _AFTER_ANY_LETTER)


def _contains(text: ColumnElement[Any], term: QueryTerm) -> ColumnElement[bool]:
    """Substring condition that planners estimate as common: for LIKE they assume few rows, and abandon the order."""
    return func.replace(text, term.in_text, "") != text


def _by_column(columns: Columns, filters: FlagFilter) -> dict[str, ColumnElement[bool]]:
    """Conditions on indexed columns, by column; the usually most selective first."""
    found: dict[str, ColumnElement[bool]] = {}
    if filters.speaker:
        found["speaker"] = columns("speaker") == filters.speaker.lower()
    if filters.source:
        found["source"] = columns("source") == filters.source.lower()
    if filters.assigned == NOBODY:
        found["assigned_id"] = columns("assigned_id").is_(None)
    elif filters.assigned:
        found["assigned_id"] = columns("assigned_id") == filters.assigned
    if filters.flagged_on:
        found["flagged_on"] = columns("flagged_on") == filters.flagged_on
    said = _start_conditions(columns, filters)
    if filters.said_to:
        said.append(columns("said_ends") <= filters.said_to.ends)
    if said:
        found["said_begins"] = and_(*said)
    if filters.language:
        found["language"] = columns("language") == filters.language
    if filters.tier:
        found["tier"] = columns("tier") == filters.tier.value
    return found


def _start_conditions(columns: Columns, filters: FlagFilter) -> list[ColumnElement[bool]]:
    """SQL conditions on the start of a statement's period, implied by the filter's dates."""
    begins = columns("said_begins")
    return [
        *([begins >= filters.said_from.begins] if filters.said_from else []),
        *([begins < filters.said_to.ends] if filters.said_to else []),
    ]


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


def _columns_indexed_by(along: str | None) -> Columns:
    """Columns of `flags` inside expressions without effect, so that no index but that of `along` is used."""
    return lambda name: flags.c[name] if name == along else func.coalesce(flags.c[name], flags.c[name])


def _cursor_of(row: Any, sort: FlagSort) -> FlagCursor:
    """Cursor of a row; integers stay integers, for comparison in the database."""
    return FlagCursor({"newest": 0, "score": row.score, "recurrence": row.recurrence}[sort], row.check_key)
