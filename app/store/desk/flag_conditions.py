"""SQL conditions that a filter of a list of flags stands for, on whichever columns may use an index."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import and_, func, literal, select
from sqlalchemy.sql.elements import ColumnElement

from app.domain.access.keys import Organisation
from app.domain.desk.annotations import NOBODY
from app.domain.search.keyword_query import LONGEST_WORD, QueryTerm
from app.services.desk.ports import FlagFilter
from app.store.desk.flag_tables import flag_narratives, flag_words, flags
from app.store.tables import checks

_AFTER_ANY_LETTER = "\U0010ffff"

Columns = Callable[[str], ColumnElement[Any]]


def begins_with(term: QueryTerm) -> ColumnElement[bool]:
    """Condition on an indexed word of a flag."""
    prefix = term.prefix[:LONGEST_WORD]
    return and_(flag_words.c.word >= prefix, flag_words.c.word < prefix + _AFTER_ANY_LETTER)


def contains(text: ColumnElement[Any], term: QueryTerm) -> ColumnElement[bool]:
    """Substring condition that planners estimate as common: for LIKE they assume few rows, and abandon the order."""
    return func.replace(text, term.in_text, "") != text


def by_column(
    columns: Columns, filters: FlagFilter, organisation: Organisation, speakers: Sequence[str]
) -> dict[str, ColumnElement[bool]]:
    """Conditions on indexed columns, by column; the usually most selective first. `speakers`: all names of the one
    filtered by, in lower case."""
    found: dict[str, ColumnElement[bool]] = {}
    if filters.group:
        found["group_key"] = columns("group_key") == _group_of(organisation, filters.group)
    if speakers:
        found["speaker"] = columns("speaker") == speakers[0] if len(speakers) == 1 else columns("speaker").in_(speakers)
    if filters.source:
        found["source"] = columns("source") == filters.source.lower()
    if filters.assigned == NOBODY:
        found["assigned_id"] = columns("assigned_id").is_(None)
    elif filters.assigned:
        found["assigned_id"] = columns("assigned_id") == filters.assigned
    if filters.flagged_on:
        found["flagged_on"] = columns("flagged_on") == filters.flagged_on
    said = start_conditions(columns, filters)
    if filters.said_to:
        said.append(columns("said_ends") <= filters.said_to.ends)
    if said:
        found["said_begins"] = and_(*said)
    if filters.language:
        found["language"] = columns("language") == filters.language
    if filters.tier:
        found["tier"] = columns("tier") == filters.tier.value
    return found


def start_conditions(columns: Columns, filters: FlagFilter) -> list[ColumnElement[bool]]:
    """Conditions on the start of a statement's period, implied by the filter's dates."""
    begins = columns("said_begins")
    return [
        *([begins >= filters.said_from.begins] if filters.said_from else []),
        *([begins < filters.said_to.ends] if filters.said_to else []),
    ]


def filed_under(
    organisation: Organisation, narratives: Sequence[int], check_key: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Condition that a flag was filed under one of these narratives."""
    return (
        select(literal(1))
        .select_from(flag_narratives)
        .where(
            flag_narratives.c.organisation_key == organisation.key,
            flag_narratives.c.narrative_key.in_(narratives),
            flag_narratives.c.check_key == check_key,
        )
        .exists()
    )


def conditions(
    columns: Columns,
    check_key: ColumnElement[Any],
    organisation: Organisation,
    filters: FlagFilter,
    speakers: Sequence[str],
    words: Sequence[QueryTerm],
    narratives: Sequence[int],
) -> list[ColumnElement[bool]]:
    """All conditions of a filter but that on the state; `narratives`: the one of the filter and those that were merged
    into it."""
    found = [
        *by_column(columns, filters, organisation, speakers).values(),
        *(contains(columns("text"), term) for term in words),
    ]
    if narratives:
        found.append(filed_under(organisation, narratives, check_key))
    return found


def without_index(columns: Columns) -> Columns:
    """Columns inside expressions without effect, so that no index of them is used."""
    return lambda name: func.coalesce(columns(name), columns(name))


def _group_of(organisation: Organisation, flag_id: str) -> Any:
    """Key of a flag's group, as a scalar; null where there is none."""
    own = (checks.c.organisation_key == organisation.key, checks.c.id == flag_id)
    group = select(flags.c.group_key).join(checks, checks.c.key == flags.c.check_key).where(*own)
    return group.scalar_subquery().correlate(None)
