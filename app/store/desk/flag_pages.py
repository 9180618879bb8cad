"""Pages of a list of flags, in a time that does not grow with their number.

An index leads either to what a filter selects or along the order of the list. Where one of the filters selects few,
these are fetched and sorted; where all of them select many, the list is walked along its order, passing over the rest.
The newest first is also the order of what has one value of a column, and there a list can begin at a date.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Subquery, and_, func, literal, null, or_, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.desk.annotations import NOBODY, AdjacentFlags
from app.domain.desk.flag_groups import ListCount
from app.domain.desk.flags import FlagSort
from app.domain.search.keyword_query import LONGEST_WORD, parse_query
from app.services.desk.ports import FlagCursor, FlagFilter
from app.store.desk import flag_conditions
from app.store.desk.flag_conditions import Columns, without_index
from app.store.desk.flag_groups import PERIOD
from app.store.desk.flag_order import ORDERS
from app.store.desk.flag_tables import flag_narratives, flag_periods, flag_words, flags
from app.store.narratives.merged_narratives import merged_into
from app.store.narratives.narratives import NarrativeRows
from app.store.speakers.same_speakers import names_of_same
from app.store.tables import checks

_FEW = 2_000
_MOST_WORDS = 12
_NEWEST = 1_000


@dataclass(frozen=True, slots=True)
class _AccessPath:
    """Access path of a list in the database; without statistics, a scan in its order."""

    few: ColumnElement[bool] | None = None
    """Filter that selects so few rows that they can be sorted."""
    along: str | None = None
    """Column with an equality filter, whose index yields the order of the list."""
    between: tuple[int, int] | None = None
    """Bounds on the keys of flags within the filter's dates."""
    rarest: ColumnElement[bool] | None = None
    """The most selective filter, or so much of it as is counted."""
    counted_whole: bool = True
    """Whether that is all of it."""


class FlagPages:
    """Filtered and sorted list of an organisation's flags."""

    def __init__(self, connection: Connection, organisation: Organisation, filters: FlagFilter, sort: FlagSort):
        self._connection = connection
        self._organisation = organisation
        self._filters = filters
        self._order = ORDERS[sort]
        self._words = parse_query(filters.q or "")
        self._speakers = names_of_same(connection, filters.speaker, organisation) if filters.speaker else []
        self._narratives: list[int] = []
        self._matches_nothing = bool(filters.q) and not self._words
        if filters.narrative:
            ref = NarrativeRows(connection).resolve(filters.narrative, organisation)
            if ref:
                self._narratives = [ref.key, *merged_into(connection, [ref.key])]
            else:
                self._matches_nothing = True
        self._access_path = _AccessPath() if self._matches_nothing else self._choose_access_path()

    @property
    def narrative(self) -> int | None:
        """Key of the narrative that the list is filtered by."""
        return self._narratives[0] if self._narratives else None

    @property
    def speakers(self) -> list[str]:
        """Names that the list is filtered by, in lower case: of one speaker with the aliases."""
        return self._speakers

    def page(
        self, after: FlagCursor | None, limit: int, *, backwards: bool, grouped: bool = False
    ) -> list[tuple[FlagCursor, Any]]:
        """Rows of a page with their cursors, in the order of the list; `grouped`: of each group the first only."""
        if self._matches_nothing:
            return []
        found = self._subquery(after, limit, backwards=backwards, grouped=grouped)
        listed = select(found, found.c.check_key.label("key"), checks.c.answer).join(
            checks, checks.c.key == found.c.check_key
        )
        ordered = listed.order_by(*self._order.terms(found.c.__getitem__))
        return [(self._order.cursor(row), row) for row in self._connection.execute(ordered)]

    def neighbours(self, flag_key: int, *, each_of_group: bool) -> AdjacentFlags:
        """Ids of the flags before and after one, which may have left the list itself: in a list of groups the first of
        the group before and after. `each_of_group`: the other flags of its own group come first."""
        row = self._connection.execute(select(flags).where(flags.c.check_key == flag_key)).first()
        if row is None or self._matches_nothing:
            return AdjacentFlags()
        grouped = not self._filters.group
        place = self._order.cursor(self._first_of_group(row) if grouped else row)
        sides = []
        for backwards in (True, False):
            beside = self._subquery(place, 1, backwards=backwards, grouped=grouped, outside=row if grouped else None)
            found: ColumnElement[Any] = select(beside.c.check_key).scalar_subquery()
            if grouped and each_of_group:
                found = func.coalesce(self._within_group(row, backwards=backwards), found)
            sides.append(select(checks.c.id).where(checks.c.key == found).scalar_subquery())
        previous, following = self._connection.execute(select(*sides)).one()
        return AdjacentFlags(previous, following)

    def _first_of_group(self, row: Any) -> Any:
        """Row at whose place the list shows a flag's group: the first of those that it selects, and of the flag."""
        if row.group_key is None:
            return row
        columns = without_index(flags.c.__getitem__)
        listed = or_(flags.c.check_key == row.check_key, and_(*self._conditions(columns, flags.c.check_key)))
        own = (flags.c.organisation_key == self._organisation.key, flags.c.group_key == row.group_key)
        first = select(flags).where(*own, listed).order_by(*self._order.terms(columns)).limit(1)
        return self._connection.execute(first).one()

    def _within_group(self, row: Any, *, backwards: bool) -> ColumnElement[Any]:
        """Key of the flag of the same group beside one, as a scalar; null where there is none."""
        columns = without_index(flags.c.__getitem__)
        place = self._order.place(self._order.cursor(row))
        beside = (
            select(flags.c.check_key)
            .where(
                flags.c.organisation_key == self._organisation.key,
                flags.c.group_key == row.group_key,
                self._order.beyond(columns, place, backwards=backwards),
                *self._conditions(columns, flags.c.check_key),
            )
            .order_by(*self._order.terms(columns, backwards=backwards))
            .limit(1)
        )
        return beside.scalar_subquery().correlate(None)

    def members(self, group_keys: list[int]) -> list[Any]:
        """Flags of groups that the filter selects, in the order of the list: key, group, version and id."""
        if self._matches_nothing:
            return []
        conditions = self._conditions(without_index(flags.c.__getitem__), flags.c.check_key)
        listed = (
            select(flags.c.check_key, flags.c.group_key, flags.c.version, checks.c.id)
            .join(checks, checks.c.key == flags.c.check_key)
            .where(flags.c.organisation_key == self._organisation.key, flags.c.group_key.in_(group_keys), *conditions)
        )
        return list(self._connection.execute(listed.order_by(*self._order.terms(flags.c.__getitem__))))

    def count(self) -> ListCount:
        """Number of flags that the filter selects, in the listed state and in any; where many fit even its most
        selective part, at least so many."""
        if self._matches_nothing:
            return ListCount(0, 0)
        rarest = self._access_path.rarest
        own = [flags.c.organisation_key == self._organisation.key, *([] if rarest is None else [rarest])]
        selected = select(flags).where(*own).limit(_FEW).subquery()
        columns: Columns = selected.c.__getitem__
        fits = flag_conditions.conditions(
            columns,
            selected.c.check_key,
            self._organisation,
            self._filters,
            self._speakers,
            self._words,
            self._narratives,
        )
        flagged = func.count().filter(selected.c.state.is_not(None), *fits)
        state = self._filters.state
        listed = func.count().filter(selected.c.state == state, *fits) if state else flagged
        here, all_states = self._connection.execute(select(listed, flagged)).one()
        return ListCount(here, all_states, exact=self._access_path.counted_whole)

    def newer(self, key: int, limit: int) -> int:
        """Number of flags with a higher key that the filter selects, `limit` at most, among the newest thousand."""
        if self._matches_nothing:
            return 0
        own = (flags.c.organisation_key == self._organisation.key, flags.c.check_key > key)
        above = select(flags).where(*own).order_by(flags.c.check_key.desc()).limit(_NEWEST).subquery()
        fitting = select(literal(1)).where(*self._conditions(above.c.__getitem__, above.c.check_key)).limit(limit)
        return self._connection.scalar(select(func.count()).select_from(fitting.subquery())) or 0

    def _conditions(self, columns: Columns, check_key: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        state = self._filters.state
        return [
            columns("state") == state if state else columns("state").is_not(None),
            *flag_conditions.conditions(
                columns, check_key, self._organisation, self._filters, self._speakers, self._words, self._narratives
            ),
        ]

    def _subquery(
        self,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool,
        grouped: bool = False,
        outside: Any | None = None,
    ) -> Subquery:
        access_path = self._access_path
        if access_path.few is not None:
            # The limit leaves nothing out: it keeps the database from taking the two queries for one.
            own = flags.c.organisation_key == self._organisation.key
            selected = select(flags).where(own, access_path.few).limit(_FEW).cte(f"few_{backwards}")
            columns: Columns = selected.c.__getitem__
            plain = columns
        else:
            plain = flags.c.__getitem__
            columns = _indexed_by(access_path.along)
        state = columns if access_path.along or not self._filters.state else plain
        conditions = [
            plain("organisation_key") == self._organisation.key,
            *self._conditions(lambda name: state(name) if name == "state" else columns(name), plain("check_key")),
        ]
        if access_path.between:
            conditions.append(plain("check_key").between(*access_path.between))
        if after:
            conditions.append(self._order.beyond(plain, self._order.place(after), backwards=backwards))
        if grouped:
            conditions.append(self._is_first_of_group(plain))
        if outside is not None:
            conditions.append(
                func.coalesce(plain("group_key"), plain("check_key")) != (outside.group_key or outside.check_key)
            )
        shown = [plain(name) for name in _SHOWN]
        return (
            select(*shown)
            .where(*conditions)
            .order_by(*self._order.terms(plain, backwards=backwards))
            .limit(limit)
            .subquery()
        )

    def _is_first_of_group(self, row: Columns) -> ColumnElement[bool]:
        """Condition that no other flag of the row's group comes before it in the list.

        A scalar subquery, for PostgreSQL would take NOT EXISTS for a join with all flags.
        """
        other = flags.alias("other")
        columns = without_index(other.c.__getitem__)
        before = (
            select(literal(1))
            .where(
                other.c.organisation_key == self._organisation.key,
                other.c.group_key == row("group_key"),
                self._order.beyond(columns, tuple(row(name) for name in self._order.columns), backwards=True),
                *self._conditions(columns, other.c.check_key),
            )
            .limit(1)
        )
        return before.scalar_subquery().is_(None)

    def _choose_access_path(self) -> _AccessPath:
        own = flags.c.organisation_key == self._organisation.key
        by_column = flag_conditions.by_column(flags.c.__getitem__, self._filters, self._organisation, self._speakers)
        filters = list(by_column.values())
        probes = [select(literal(1)).where(own, condition).limit(_FEW + 1) for condition in filters]
        counted_parts = list(filters)
        for keys in (*self._with_narrative(), *self._with_each_word()):
            filters.append(flags.c.check_key.in_(select(keys.c.check_key)))
            counted_parts.append(flags.c.check_key.in_(select(keys.c.check_key).limit(_FEW + 1)))
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
            return _AccessPath(few=filters[rarest], rarest=counted_parts[rarest])
        return _AccessPath(
            along=None if along is None else list(by_column)[along],
            between=None if first is None else (first, last),
            rarest=counted_parts[rarest],
            counted_whole=counts[rarest] <= _FEW,
        )

    def _orders_list(self, name: str) -> bool:
        """True if the index of this column yields the order of the list, which PostgreSQL cannot infer for missing
        values, and no database for several."""
        missing = name == "assigned_id" and self._filters.assigned == NOBODY
        several = name == "speaker" and len(self._speakers) > 1
        return self._order.column is None and name not in ("said_begins", "group_key") and not missing and not several

    def _key_range(self) -> Subquery:
        """Subquery of the first and the last key in the periods of the filter's dates; null where no date bounds
        the list, or it is in another order than that of the keys."""
        filters, period = self._filters, flag_periods.c.period
        if self._order.column or not (filters.said_to or filters.said_from):
            return select(null(), null()).subquery()
        within = [
            flag_periods.c.organisation_key == self._organisation.key,
            *([period >= filters.said_from.begins // PERIOD] if filters.said_from else []),
            *([period <= (filters.said_to.ends - 1) // PERIOD] if filters.said_to else []),
        ]
        return select(func.min(flag_periods.c.first_key), func.max(flag_periods.c.last_key)).where(*within).subquery()

    def _with_narrative(self) -> list[Subquery]:
        if not self._narratives:
            return []
        own = flag_narratives.c.organisation_key == self._organisation.key
        keys = select(flag_narratives.c.check_key).where(own, flag_narratives.c.narrative_key.in_(self._narratives))
        return [(keys.distinct() if len(self._narratives) > 1 else keys).subquery()]

    def _with_each_word(self) -> list[Subquery]:
        """Subqueries of the flags with each query word; the longest words first, as they are the rarest."""
        exact = {word: flag_words.c.word == word[:LONGEST_WORD] for term in self._words for word in term.words[:-1]}
        conditions = {**exact, **{term.prefix: flag_conditions.begins_with(term) for term in self._words}}
        own = flag_words.c.organisation_key == self._organisation.key
        rarest = sorted(conditions, key=len, reverse=True)[:_MOST_WORDS]
        return [select(flag_words.c.check_key).where(own, conditions[word]).subquery() for word in rarest]


_SHOWN = (
    "check_key", "state", "version", "score", "recurrence", "speaker_order", "narrative_order", "group_key",
    "assigned_id", "assigned_name",
)  # fmt: skip


def _indexed_by(along: str | None) -> Columns:
    """Columns of `flags` of which no index but that of `along` is used."""
    hidden = without_index(flags.c.__getitem__)
    return lambda name: flags.c[name] if name == along else hidden(name)
