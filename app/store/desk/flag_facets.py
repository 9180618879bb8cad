"""Facet counters of flags, updated with every change: a list of filters must not take time proportional to all
flags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, union_all
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check
from app.domain.desk.annotations import Facet, Facets
from app.domain.desk.flag_groups import ListCount
from app.domain.desk.flags import FlagState, closest_tier, day_of
from app.store.desk.flag_tables import flag_facets
from app.store.tables import narratives

DAY = "flagged_on"
"""Facet of the day on which a check was flagged, by the name of its column."""

_ANY = "any"
_MOST = {"tier": 10, "language": 12, "narrative": 12, "speaker": 12, "source": 12}
_ADD: dict[str, Any] = {
    name: added.on_conflict_do_update(
        index_elements=["organisation_key", "state", "facet", "value"],
        set_={"count": flag_facets.c.count + added.excluded.count},
    )
    for name, added in (
        ("postgresql", postgresql.insert(flag_facets)),
        ("sqlite", sqlite.insert(flag_facets)),
    )
}

FacetValues = Mapping[tuple[str, str], str]
"""Spelling of each facet value of a flag, by facet and normal form."""


def facets_of(check: Check, narrative_keys: Iterable[int]) -> FacetValues:
    """Facets of a flag; `narrative_keys`: of the narratives that it is found under."""
    tier = closest_tier(check)
    source = check.source.name if check.source else None
    found = {
        ("tier", tier.value if tier else ""): tier.value if tier else "",
        ("language", check.language.code): check.language.code,
        ("speaker", (check.speaker or "").lower()): check.speaker or "",
        ("source", (source or "").lower()): source or "",
        (DAY, day_of(check.created_at)): day_of(check.created_at),
        **{("narrative", str(key)): "" for key in narrative_keys},
    }
    return {(facet, value): label for (facet, value), label in found.items() if value}


def update_counts(
    connection: Connection,
    organisation: Organisation,
    before: tuple[FlagState | None, FacetValues],
    after: tuple[FlagState | None, FacetValues],
) -> None:
    """Moves a flag's counts from its old state and facets to the new ones."""
    changed: Counter[tuple[str, str, str]] = Counter()
    for by, (state, facets) in ((-1, before), (1, after)):
        for listed in (state, _ANY) if state else ():
            for facet, value in facets:
                changed[listed, facet, value] += by
    labels = {**before[1], **after[1]}
    rows = [
        {"organisation_key": organisation.key, "state": state, "facet": facet, "value": value,
         "label": labels[facet, value], "count": by}
        for (state, facet, value), by in sorted(changed.items())
        if by
    ]  # fmt: skip
    if rows:
        connection.execute(_ADD[connection.dialect.name], rows)


def number(
    connection: Connection, organisation: Organisation, state: FlagState | None, facet: str, values: Sequence[str]
) -> ListCount:
    """Number of flags with one of a facet's values, in a state and in any."""
    counted = select(flag_facets.c.state, func.sum(flag_facets.c.count)).where(
        flag_facets.c.organisation_key == organisation.key,
        flag_facets.c.facet == facet,
        flag_facets.c.value.in_(values),
        flag_facets.c.state.in_([state or _ANY, _ANY]),
    )
    states = {row[0]: int(row[1]) for row in connection.execute(counted.group_by(flag_facets.c.state))}
    return ListCount(states.get(state or _ANY, 0), states.get(_ANY, 0))


def most_frequent(connection: Connection, organisation: Organisation, state: FlagState | None) -> Facets:
    """Most frequent facet values of the flags in a state."""
    parts = [
        select(
            select(flag_facets.c.facet, flag_facets.c.value, flag_facets.c.label, flag_facets.c.count)
            .where(
                flag_facets.c.organisation_key == organisation.key,
                flag_facets.c.state == (state or _ANY),
                flag_facets.c.facet == facet,
                flag_facets.c.count > 0,
            )
            .order_by(flag_facets.c.count.desc())
            .limit(limit)
            .subquery()
        )
        for facet, limit in _MOST.items()
    ]
    found: dict[str, list[Any]] = {facet: [] for facet in _MOST}
    for row in connection.execute(union_all(*parts)):
        found[row.facet].append(row)
    keys = [int(row.value) for row in found["narrative"]]
    titled: dict[str, Any] = {}
    if keys:
        named = select(narratives.c.key, narratives.c.id, narratives.c.title).where(narratives.c.key.in_(keys))
        titled = {str(row.key): row for row in connection.execute(named)}
    narrative_facets = [
        Facet(titled[row.value].id, titled[row.value].title, row.count)
        for row in _ordered(found["narrative"])
        if row.value in titled
    ]
    plain = {
        facet: tuple(Facet(row.value, row.label, row.count) for row in _ordered(rows)) for facet, rows in found.items()
    }
    return Facets(plain["tier"], plain["language"], tuple(narrative_facets), plain["speaker"], plain["source"])


def _ordered(rows: Iterable[Any]) -> list[Any]:
    return sorted(rows, key=lambda row: (-row.count, row.value))
