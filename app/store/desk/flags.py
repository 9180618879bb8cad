"""Flags: a narrow table of what is filtered and sorted by, kept in step with every check and every decision."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.domain.checks.reviews import Actor, text_hash
from app.domain.desk.annotations import Activity, AdjacentFlags, Facets, FlagAssignment, FlagNote
from app.domain.desk.flags import (
    Flag,
    FlagSort,
    FlagStanding,
    FlagState,
    best_score,
    closest_tier,
    day_of,
    filter_date,
    shown_narratives,
)
from app.domain.search.keyword_query import LONGEST_WORD, tokenized_text
from app.services.desk.ports import FlagCursor, FlagFilter, FlagListPage
from app.store.checks import stored_answers
from app.store.desk import flag_facets, flag_groups
from app.store.desk.flag_activity import FlagActivityRows
from app.store.desk.flag_lists import grouped_page
from app.store.desk.flag_pages import FlagPages
from app.store.desk.flag_tables import (
    NO_NARRATIVE,
    UNKNOWN_SPEAKER,
    dismissed_pairs,
    flag_counts,
    flag_narratives,
    flag_words,
    flags,
)
from app.store.narratives.merged_narratives import leading_to
from app.store.tables import checks

_DIALECTS: tuple[tuple[str, Any], ...] = (("postgresql", postgresql), ("sqlite", sqlite))

# What a check that is flagged executes, built once.
_ADD = flags.insert()
_ADD_WORDS = flag_words.insert()
_FILE = {name: dialect.insert(flag_narratives).on_conflict_do_nothing() for name, dialect in _DIALECTS}
_COUNT = {
    name: added.on_conflict_do_update(
        index_elements=[flag_counts.c.organisation_key, flag_counts.c.state],
        set_={"count": flag_counts.c.count + added.excluded.count},
    )
    for name, added in ((name, dialect.insert(flag_counts)) for name, dialect in _DIALECTS)
}
_OF_FLAG = (flags.c.state, flags.c.version, flags.c.assigned_id, flags.c.assigned_name)
_STATES: tuple[FlagState, ...] = ("open", "confirmed", "dismissed")


class FlagRows:
    """SQL implementation of `app.services.desk.ports.Flags`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, organisation: Organisation, check_key: int, check: Check) -> None:
        """A check that was flagged just now."""
        self._insert(organisation, check_key, check, "open")
        self._count(organisation, "open", 1)
        shown = _shown(check)
        self._file(organisation, check_key, shown)
        flag_facets.update_counts(
            self._connection,
            organisation,
            (None, {}),
            ("open", flag_facets.facets_of(check, leading_to(self._connection, shown))),
        )

    def by_id(self, organisation: Organisation, check_id: str) -> Flag | None:
        own = (checks.c.organisation_key == organisation.key, checks.c.id == check_id)
        rows = self._connection.execute(
            select(checks.c.key, checks.c.answer, *_OF_FLAG)
            .outerjoin(flags, flags.c.check_key == checks.c.key)
            .where(*own)
        ).all()
        return next(iter(self._complete(rows)), None)

    def of_checks(self, organisation: Organisation, flagged: bool | None, before: int | None, limit: int) -> list[Flag]:
        own = [checks.c.organisation_key == organisation.key]
        if flagged is not None:
            own.append(checks.c.flagged == flagged)
        if before is not None:
            own.append(checks.c.key < before)
        listed = (
            select(checks.c.key, checks.c.answer, *_OF_FLAG)
            .outerjoin(flags, flags.c.check_key == checks.c.key)
            .where(*own)
            .order_by(checks.c.key.desc())
            .limit(limit)
        )
        return self._complete(self._connection.execute(listed).all())

    def by_keys(self, check_keys: Sequence[int]) -> list[Flag]:
        """Flags of checks; checks that are none are left out."""
        of_flag = select(checks.c.key, checks.c.answer, *_OF_FLAG).join(flags, flags.c.check_key == checks.c.key)
        return self._complete(self._connection.execute(of_flag.where(checks.c.key.in_(check_keys))).all())

    def standings(self, organisation: Organisation, check_ids: Sequence[str]) -> dict[str, FlagStanding]:
        rows = self._connection.execute(
            select(checks.c.id, flags.c.state, flags.c.version)
            .outerjoin(flags, flags.c.check_key == checks.c.key)
            .where(checks.c.organisation_key == organisation.key, checks.c.id.in_(check_ids))
        )
        return {row.id: FlagStanding(row.state, row.version or 0) for row in rows}

    def uncount(self, organisation: Organisation, flag: Flag) -> None:
        """Takes a flag that is about to be deleted out of all counts."""
        filed = select(flag_narratives.c.narrative_key).where(flag_narratives.c.check_key == flag.key)
        present = leading_to(self._connection, self._connection.scalars(filed))
        facets = flag_facets.facets_of(flag.check, present)
        flag_facets.update_counts(self._connection, organisation, (flag.state, facets), (None, {}))
        if flag.state:
            self._count(organisation, flag.state, -1)

    def find(
        self,
        organisation: Organisation,
        filters: FlagFilter,
        sort: FlagSort,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool = False,
    ) -> list[tuple[FlagCursor, Flag]]:
        pages = FlagPages(self._connection, organisation, filters, sort)
        placed = pages.page(after, limit, backwards=backwards)
        found = self._complete([row for _, row in placed])
        return [(cursor, flag) for (cursor, _), flag in zip(placed, found, strict=True)]

    def grouped(
        self,
        organisation: Organisation,
        filters: FlagFilter,
        sort: FlagSort,
        after: FlagCursor | None,
        limit: int,
        *,
        backwards: bool = False,
    ) -> FlagListPage:
        return grouped_page(
            self._connection, organisation, filters, sort, after, limit, self._complete, backwards=backwards
        )

    def newer(self, organisation: Organisation, filters: FlagFilter, key: int, limit: int) -> int:
        return FlagPages(self._connection, organisation, filters, "newest").newer(key, limit)

    def neighbours(self, organisation: Organisation, filters: FlagFilter, sort: FlagSort, flag: Flag) -> AdjacentFlags:
        pages = FlagPages(self._connection, organisation, filters, sort)
        return pages.neighbours(flag.key, each_of_group=flag.check.document is not None)

    def facets(self, organisation: Organisation, state: FlagState | None) -> Facets:
        return flag_facets.most_frequent(self._connection, organisation, state)

    def assign(self, flag: Flag, assignment: FlagAssignment, batch: str | None = None) -> None:
        to = assignment.to
        named = {"assigned_id": to.id if to else None, "assigned_name": to.name if to else None}
        self._connection.execute(update(flags).where(flags.c.check_key == flag.key).values(named))
        FlagActivityRows(self._connection).add_assignment(flag.key, assignment, batch)

    def assigned_in(self, organisation: Organisation, batch: str) -> list[tuple[str, Actor | None, Actor | None]]:
        return FlagActivityRows(self._connection).assigned_in(organisation, batch)

    def add_note(self, flag: Flag, note: FlagNote) -> None:
        FlagActivityRows(self._connection).add_note(flag.key, note)

    def activity(self, flag: Flag) -> Activity:
        return FlagActivityRows(self._connection).of(flag.key)

    def counts(self, organisation: Organisation) -> dict[FlagState, int]:
        own = select(flag_counts.c.state, flag_counts.c.count).where(flag_counts.c.organisation_key == organisation.key)
        counted = {row[0]: row[1] for row in self._connection.execute(own)}
        return {state: counted.get(state, 0) for state in _STATES}

    def settle(
        self,
        organisation: Organisation,
        flag: Flag,
        state: FlagState | None,
        dismissed: Mapping[int, datetime],
        narratives: Iterable[int],
    ) -> None:
        narrative_keys = set(narratives)
        was_filed = select(flag_narratives.c.narrative_key).where(
            flag_narratives.c.organisation_key == organisation.key, flag_narratives.c.check_key == flag.key
        )
        before = set(self._connection.scalars(was_filed))
        if flag.version == 0:
            self._insert(organisation, flag.key, flag.check, state)
        else:
            changed = update(flags).where(flags.c.check_key == flag.key)
            self._connection.execute(changed.values(state=state, version=flag.version + 1))
        if flag.state != state:
            for which, by in ((flag.state, -1), (state, 1)):
                if which:
                    self._count(organisation, which, by)
        self._file(organisation, flag.key, narrative_keys)
        facets_before = (
            (flag.state, flag_facets.facets_of(flag.check, leading_to(self._connection, before))),
            (state, flag_facets.facets_of(flag.check, leading_to(self._connection, before | narrative_keys))),
        )
        flag_facets.update_counts(self._connection, organisation, *facets_before)
        self._connection.execute(dismissed_pairs.delete().where(dismissed_pairs.c.check_key == flag.key))
        pairs = [
            {"organisation_key": organisation.key, "text_hash": text_hash(flag.check.text), "statement_key": statement,
             "check_key": flag.key, "dismissed_at": moment}
            for statement, moment in dismissed.items()
        ]  # fmt: skip
        if pairs:
            self._connection.execute(insert(dismissed_pairs), pairs)

    def _insert(self, organisation: Organisation, check_key: int, check: Check, state: FlagState | None) -> None:
        said = filter_date(check)
        text = tokenized_text(check.text)
        tier = closest_tier(check)
        group_key = flag_groups.joined_group(self._connection, organisation, check_key, check, text)
        values = {
            "check_key": check_key,
            "organisation_key": organisation.key,
            "state": state,
            "version": 1,
            "tier": tier.value if tier else None,
            "score": best_score(check),
            "recurrence": check.recurrence.count if check.recurrence else 0,
            "language": check.language.code,
            "speaker": check.speaker.lower() if check.speaker else None,
            "source": check.source.name.lower() if check.source and check.source.name else None,
            "said_begins": said.begins,
            "said_ends": said.ends,
            "text": text,
            "group_key": group_key,
            "speaker_order": f"0{check.speaker.lower()[:64]}" if check.speaker else UNKNOWN_SPEAKER,
            "narrative_order": _narrative_order(check),
            "flagged_on": day_of(check.created_at),
        }
        self._connection.execute(_ADD, values)
        if group_key == check_key:
            flag_groups.add_bands(self._connection, organisation, check_key, check, text)
        flag_groups.extend_period(self._connection, organisation, said.begins, check_key)
        words = [
            {"organisation_key": organisation.key, "word": word, "check_key": check_key}
            for word in sorted({word[:LONGEST_WORD] for word in text.split()})
        ]
        if words:
            self._connection.execute(_ADD_WORDS, words)

    def _count(self, organisation: Organisation, state: FlagState, by: int) -> None:
        values = {"organisation_key": organisation.key, "state": state, "count": by}
        self._connection.execute(_COUNT[self._connection.dialect.name], values)

    def _file(self, organisation: Organisation, check_key: int, under: Iterable[int]) -> None:
        rows = [
            {"organisation_key": organisation.key, "narrative_key": key, "check_key": check_key}
            for key in sorted(under)
        ]
        if rows:
            self._connection.execute(_FILE[self._connection.dialect.name], rows)

    def _complete(self, rows: Sequence[Any]) -> list[Flag]:
        read = stored_answers.read(self._connection, [(row.key, row.answer) for row in rows])
        return [
            Flag(row.key, check, row.state, row.version or 0, reviews, _assigned(row))
            for row, (check, reviews) in zip(rows, read, strict=True)
        ]


def _assigned(row: Any) -> Actor | None:
    return Actor(row.assigned_id, row.assigned_name) if row.assigned_id else None


def _narrative_order(check: Check) -> str:
    shown = shown_narratives(check)
    return f"0{shown[0].title.lower()[:64]}" if shown else NO_NARRATIVE


def _shown(check: Check) -> set[int]:
    """The narratives of its precedents."""
    return {ref.key for match in check.matches for ref in match.precedent.narratives}
