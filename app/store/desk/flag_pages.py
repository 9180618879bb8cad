"""Parts of a list of flags, in a time that does not grow with their number.

An index leads either to what a filter selects or along the order of the list. Where one of the filters selects few,
these are fetched and sorted; where all of them select many, the list is walked along its order, passing over the rest.
The newest first is also the order of what has one value of a column, and there a date tells where in the list to begin.
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
class _Way:
    """How a list is reached; where nothing of this is known, it is walked."""

    few: ColumnElement[bool] | None = None
    """A filter that selects so few that these are sorted."""
    along: str | None = None
    """The column of which one value is asked for, along whose index the list is walked."""
    between: tuple[int, int] | None = None
    """The first and the last key of a flag that may be of the dates, where these have an end."""


class FlagPages:
    """One list: which flags of an organisation it shows, and in which order."""

    def __init__(self, connection: Connection, organisation: Organisation, wanted: FlagFilter, sort: FlagSort):
        self._connection = connection
        self._organisation = organisation
        self._wanted = wanted
        self._sort = sort
        self._words = parse_query(wanted.q or "")
        self._narrative: int | None = None
        self._nothing = bool(wanted.q) and not self._words
        if wanted.narrative:
            ref = NarrativeRows(connection).resolve(wanted.narrative, organisation)
            self._narrative, self._nothing = (ref.key, self._nothing) if ref else (None, True)
        self._way = _Way() if self._nothing else self._found_way()

    def page(self, after: FlagCursor | None, limit: int, *, backwards: bool) -> list[tuple[FlagCursor, Any]]:
        """Places, and rows as `flags.completed` takes them, in the order of the list."""
        if self._nothing:
            return []
        found = self._part(after, limit, backwards=backwards)
        listed = select(found, found.c.check_key.label("key"), checks.c.answer).join(
            checks, checks.c.key == found.c.check_key
        )
        placed = [(_place(row, self._sort), row) for row in self._connection.execute(listed)]
        return sorted(placed, key=lambda pair: (pair[0].value, pair[0].key), reverse=True)

    def neighbours(self, flag_key: int) -> AdjacentFlags:
        """The ids of the flags before and after one, which the list itself may not have any more."""
        row = self._connection.execute(select(flags).where(flags.c.check_key == flag_key)).first()
        if row is None or self._nothing:
            return AdjacentFlags()
        place = _place(row, self._sort)
        sides = [self._part(place, 1, backwards=backwards) for backwards in (True, False)]
        ids = [select(checks.c.id).where(checks.c.key == select(side.c.check_key).scalar_subquery()) for side in sides]
        previous, following = self._connection.execute(select(*(one.scalar_subquery() for one in ids))).one()
        return AdjacentFlags(previous, following)

    def _part(self, after: FlagCursor | None, limit: int, *, backwards: bool) -> Subquery:
        organisation, wanted = self._organisation, self._wanted
        way = self._way
        if way.few is not None:
            # The limit leaves nothing out: it keeps the database from taking the two queries for one.
            own = flags.c.organisation_key == organisation.key
            selected = select(flags).where(own, way.few).limit(_FEW).cte(f"few_{backwards}")
            columns: Columns = selected.c.__getitem__
            plain = columns
        else:
            columns = _unindexed_but(way.along)
            plain = flags.c.__getitem__
        state = columns("state") if way.along or not wanted.state else plain("state")
        conditions = [
            plain("organisation_key") == organisation.key,
            state == wanted.state if wanted.state else state.is_not(None),
            *_by_column(columns, wanted).values(),
            *(_has(columns("text"), one) for one in self._words),
        ]
        if self._narrative is not None:
            conditions.append(_filed_under(organisation, self._narrative, plain("check_key")))
        if way.between:
            conditions.append(plain("check_key").between(*way.between))
        order = [plain(name) for name in _SORTED_BY[self._sort]]
        if after:
            seen = tuple_(*((after.key,) if self._sort == "newest" else (after.value, after.key)))
            conditions.append(tuple_(*order) > seen if backwards else tuple_(*order) < seen)
        shown = [plain(name) for name in _SHOWN]
        ordered = (one.asc() if backwards else one.desc() for one in order)
        return select(*shown).where(*conditions).order_by(*ordered).limit(limit).subquery()

    def _found_way(self) -> _Way:
        own = flags.c.organisation_key == self._organisation.key
        by_column = _by_column(flags.c.__getitem__, self._wanted)
        filters = list(by_column.values())
        probes = [select(literal(1)).where(own, one).limit(_FEW + 1) for one in filters]
        for filed in (*self._filed(), *self._worded()):
            filters.append(flags.c.check_key.in_(select(filed.c.check_key)))
            probes.append(select(literal(1)).select_from(filed).limit(_FEW + 1))
        if not probes:
            return _Way()
        reach = self._reach()
        asked = [select(func.count()).select_from(probe.subquery()).scalar_subquery() for probe in probes]
        *counts, first, last = self._connection.execute(select(*asked, *reach.c)).one()
        rarest = counts.index(min(counts))
        by_value = [at for at, name in enumerate(by_column) if self._has_one_value(name)]
        along = min(by_value, key=counts.__getitem__, default=None)
        if counts[rarest] <= _FEW and (along is None or counts[along] > counts[rarest]):
            return _Way(few=filters[rarest])
        return _Way(
            along=None if along is None else list(by_column)[along], between=None if first is None else (first, last)
        )

    def _has_one_value(self, name: str) -> bool:
        """Whether its index has it in the order of the list, which PostgreSQL cannot tell of missing values."""
        missing = name == "assigned_id" and self._wanted.assigned == NOBODY
        return self._sort == "newest" and name != "said_begins" and not missing

    def _reach(self) -> Subquery:
        """The first and the last key of the dates; null where a walk from the newest on is likely to meet them soon."""
        begun = _begun(flags.c.__getitem__, self._wanted)
        if self._wanted.said_to is None or self._sort != "newest":
            return select(null(), null()).subquery()
        key = flags.c.check_key + 0  # of the key itself PostgreSQL would walk along all keys for the least
        own = flags.c.organisation_key == self._organisation.key
        return select(func.min(key), func.max(key)).where(own, *begun).subquery()

    def _filed(self) -> list[Subquery]:
        if self._narrative is None:
            return []
        own = flag_narratives.c.organisation_key == self._organisation.key
        filed = select(flag_narratives.c.check_key).where(own, flag_narratives.c.narrative_key == self._narrative)
        return [filed.subquery()]

    def _worded(self) -> list[Subquery]:
        """For each word, the flags that have it; the longest words first, for they are the rarest."""
        exact = {word: flag_words.c.word == word[:LONGEST_WORD] for one in self._words for word in one.words[:-1]}
        conditions = {**exact, **{one.prefix: _begins(one) for one in self._words}}
        own = flag_words.c.organisation_key == self._organisation.key
        rarest = sorted(conditions, key=len, reverse=True)[:_MOST_WORDS]
        return [select(flag_words.c.check_key).where(own, conditions[word]).subquery() for word in rarest]


_SHOWN = ("check_key", "state", "version", "score", "recurrence", "assigned_id", "assigned_name")


def _begins(one: QueryTerm) -> ColumnElement[bool]:
    begun = one.prefix[:LONGEST_WORD]
    return and_(flag_words.c.word >= begun, flag_words.c.word < begun + _AFTER_ANY_LETTER)


def _has(text: ColumnElement[Any], one: QueryTerm) -> ColumnElement[bool]:
    """Said so that no database guesses, as it does with LIKE, that next to no text has it, and leaves the order."""
    return func.replace(text, one.in_text, "") != text


def _by_column(columns: Columns, wanted: FlagFilter) -> dict[str, ColumnElement[bool]]:
    """The conditions that have an index of their own, by column; those that mostly select the fewest first."""
    found: dict[str, ColumnElement[bool]] = {}
    if wanted.speaker:
        found["speaker"] = columns("speaker") == wanted.speaker.lower()
    if wanted.source:
        found["source"] = columns("source") == wanted.source.lower()
    if wanted.assigned == NOBODY:
        found["assigned_id"] = columns("assigned_id").is_(None)
    elif wanted.assigned:
        found["assigned_id"] = columns("assigned_id") == wanted.assigned
    said = _begun(columns, wanted)
    if wanted.said_to:
        said.append(columns("said_ends") <= wanted.said_to.ends)
    if said:
        found["said_begins"] = and_(*said)
    if wanted.language:
        found["language"] = columns("language") == wanted.language
    if wanted.tier:
        found["tier"] = columns("tier") == wanted.tier.value
    return found


def _begun(columns: Columns, wanted: FlagFilter) -> list[ColumnElement[bool]]:
    """What a statement of the wanted dates can have begun at."""
    begins = columns("said_begins")
    return [
        *([begins >= wanted.said_from.begins] if wanted.said_from else []),
        *([begins < wanted.said_to.ends] if wanted.said_to else []),
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


def _unindexed_but(along: str | None) -> Columns:
    """The columns of `flags` behind expressions that change nothing, so that no index leads away from the order."""
    return lambda name: flags.c[name] if name == along else func.coalesce(flags.c[name], flags.c[name])


def _place(row: Any, sort: FlagSort) -> FlagCursor:
    """Whole numbers stay such: a database compares like with like."""
    return FlagCursor({"newest": 0, "score": row.score, "recurrence": row.recurrence}[sort], row.check_key)
