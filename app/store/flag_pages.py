"""Parts of a list of flags, in a time that does not grow with their number.

An index leads either to what a filter selects or along the order of the list. Where one of the filters selects few,
these are fetched and sorted; where all of them select many, the list is walked along its order, passing over the rest.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Subquery, and_, func, literal, select, tuple_
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access import Organisation
from app.domain.desk import NOBODY, Neighbours
from app.domain.flags import FlagSort
from app.domain.searched import LONGEST_WORD, Sought, sought
from app.services.flag_ports import FlagFilter, FlagPlace
from app.store.narratives import NarrativeRows
from app.store.tables import checks, flag_narratives, flag_words, flags

_FEW = 2_000
_MOST_WORDS = 12
_AFTER_ANY_LETTER = "\U0010ffff"
_SORTED_BY: Mapping[FlagSort, tuple[str, ...]] = {
    "newest": ("check_key",),
    "score": ("score", "check_key"),
    "recurrence": ("recurrence", "check_key"),
}

Columns = Callable[[str], ColumnElement[Any]]


class FlagPages:
    """One list: which flags of an organisation it shows, and in which order."""

    def __init__(self, connection: Connection, organisation: Organisation, wanted: FlagFilter, sort: FlagSort):
        self._connection = connection
        self._organisation = organisation
        self._wanted = wanted
        self._sort = sort
        self._words = sought(wanted.q or "")
        self._narrative: int | None = None
        self._nothing = bool(wanted.q) and not self._words
        if wanted.narrative:
            ref = NarrativeRows(connection).resolve(wanted.narrative, organisation)
            self._narrative, self._nothing = (ref.key, self._nothing) if ref else (None, True)
        self._few = None if self._nothing else self._selecting_few()

    def page(self, after: FlagPlace | None, limit: int, *, backwards: bool) -> list[tuple[FlagPlace, Any]]:
        """Places, and rows as `flags.completed` takes them, in the order of the list."""
        if self._nothing:
            return []
        found = self._part(after, limit, backwards=backwards)
        listed = select(found, found.c.check_key.label("key"), checks.c.answer).join(
            checks, checks.c.key == found.c.check_key
        )
        placed = [(_place(row, self._sort), row) for row in self._connection.execute(listed)]
        return sorted(placed, key=lambda pair: (pair[0].value, pair[0].key), reverse=True)

    def neighbours(self, flag_key: int) -> Neighbours:
        """The ids of the flags before and after one, which the list itself may not have any more."""
        row = self._connection.execute(select(flags).where(flags.c.check_key == flag_key)).first()
        if row is None or self._nothing:
            return Neighbours()
        place = _place(row, self._sort)
        sides = [self._part(place, 1, backwards=backwards) for backwards in (True, False)]
        ids = [select(checks.c.id).where(checks.c.key == select(side.c.check_key).scalar_subquery()) for side in sides]
        previous, following = self._connection.execute(select(*(one.scalar_subquery() for one in ids))).one()
        return Neighbours(previous, following)

    def _part(self, after: FlagPlace | None, limit: int, *, backwards: bool) -> Subquery:
        organisation, wanted = self._organisation, self._wanted
        if self._few is not None:
            # The limit leaves nothing out: it keeps the database from taking the two queries for one.
            own = flags.c.organisation_key == organisation.key
            selected = select(flags).where(own, self._few).limit(_FEW).cte(f"few_{backwards}")
            columns: Columns = selected.c.__getitem__
            plain = columns
        else:
            columns = _unindexed
            plain = flags.c.__getitem__
        conditions = [
            plain("organisation_key") == organisation.key,
            plain("state") == wanted.state if wanted.state else columns("state").is_not(None),
            *_by_column(columns, wanted).values(),
            *(_has(columns("text"), one) for one in self._words),
        ]
        if self._narrative is not None:
            conditions.append(_filed_under(organisation, self._narrative, plain("check_key")))
        order = [plain(name) for name in _SORTED_BY[self._sort]]
        if after:
            seen = tuple_(*((after.key,) if self._sort == "newest" else (after.value, after.key)))
            conditions.append(tuple_(*order) > seen if backwards else tuple_(*order) < seen)
        shown = [plain(name) for name in _SHOWN]
        ordered = (one.asc() if backwards else one.desc() for one in order)
        return select(*shown).where(*conditions).order_by(*ordered).limit(limit).subquery()

    def _selecting_few(self) -> ColumnElement[bool] | None:
        """The first filter that selects no more than a few, None where every one selects more."""
        organisation = self._organisation
        own = flags.c.organisation_key == organisation.key
        filters = list(_by_column(flags.c.__getitem__, self._wanted).values())
        probes = [select(literal(1)).where(own, one).limit(_FEW + 1) for one in filters]
        for filed in (*self._filed(), *self._worded()):
            filters.append(flags.c.check_key.in_(select(filed.c.check_key)))
            probes.append(select(literal(1)).select_from(filed).limit(_FEW + 1))
        if not probes:
            return None
        counts = [select(func.count()).select_from(probe.subquery()).scalar_subquery() for probe in probes]
        counted = self._connection.execute(select(*counts)).one()
        return next((one for one, count in zip(filters, counted, strict=True) if count <= _FEW), None)

    def _filed(self) -> list[Subquery]:
        if self._narrative is None:
            return []
        own = flag_narratives.c.organisation_key == self._organisation.key
        filed = select(flag_narratives.c.check_key).where(own, flag_narratives.c.narrative_key == self._narrative)
        return [filed.subquery()]

    def _worded(self) -> list[Subquery]:
        """For each word, the flags that have it; the longest words first, for they are the rarest."""
        exact = {word: flag_words.c.word == word[:LONGEST_WORD] for one in self._words for word in one.words[:-1]}
        conditions = {**exact, **{one.begun: _begins(one) for one in self._words}}
        own = flag_words.c.organisation_key == self._organisation.key
        rarest = sorted(conditions, key=len, reverse=True)[:_MOST_WORDS]
        return [select(flag_words.c.check_key).where(own, conditions[word]).subquery() for word in rarest]


_SHOWN = ("check_key", "state", "version", "score", "recurrence", "assigned_id", "assigned_name")


def _begins(one: Sought) -> ColumnElement[bool]:
    begun = one.begun[:LONGEST_WORD]
    return and_(flag_words.c.word >= begun, flag_words.c.word < begun + _AFTER_ANY_LETTER)


def _has(text: ColumnElement[Any], one: Sought) -> ColumnElement[bool]:
    """Said so that no database guesses, as it does with LIKE, that next to no text has it, and leaves the order."""
    return func.replace(text, one.in_text, "") != text


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
    if wanted.assigned == NOBODY:
        found["assigned_id"] = columns("assigned_id").is_(None)
    elif wanted.assigned:
        found["assigned_id"] = columns("assigned_id") == wanted.assigned
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
