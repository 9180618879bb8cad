"""Suggested narratives: rows to domain objects and back."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.keys import Organisation
from app.domain.suggestions.suggestions import (
    CommonPhrase,
    GroupDraft,
    Refusal,
    Suggestion,
    SuggestionState,
    matched,
)
from app.store.access import ownership
from app.store.suggestions.suggestion_tables import (
    paired_statements,
    statement_pairs,
    suggestion_members,
    suggestion_refusals,
    suggestions,
)
from app.store.tables import former_links, metadata, narratives, statement_narratives, statements, vectors
from index.clustering.communities import ScoredPair

_AT_ONCE: Final = 500
_LINKS: Final = (statement_narratives, former_links, suggestions)
"""Tables whose rows do not keep a narrative from being deleted."""
_ADDED: Final = {
    name: added.on_conflict_do_update(
        index_elements=[statement_pairs.c.first_key, statement_pairs.c.second_key],
        set_={side: func.coalesce(added.excluded[side], statement_pairs.c[side]) for side in ("forward", "backward")},
    )
    for name, added in (("sqlite", sqlite.insert(statement_pairs)), ("postgresql", postgresql.insert(statement_pairs)))
}
"""Adds pairs, or the other direction of known ones, by dialect."""


class SuggestionRows:
    """SQL implementation of `app.services.suggestions.ports.Suggestions`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def unpaired(self, version: str, fingerprint: str, after: int, limit: int) -> list[int]:
        wanted = _unpaired(version, fingerprint).where(statements.c.key > after)
        return list(self._connection.scalars(wanted.order_by(statements.c.key).limit(limit)))

    def count_unpaired(self, version: str, fingerprint: str) -> int:
        wanted = select(func.count()).select_from(_unpaired(version, fingerprint).subquery())
        return int(self._connection.scalar(wanted) or 0)

    def forget_other_versions(self, version: str) -> None:
        other = select(paired_statements.c.statement_key).where(paired_statements.c.version != version).limit(1)
        if self._connection.execute(other).first() is not None:
            self._connection.execute(delete(statement_pairs))
            self._connection.execute(delete(paired_statements))

    def put_pairs(self, version: str, found: Mapping[int, Mapping[int, float]]) -> None:
        scored, done = sorted(found), paired_statements.c
        for start in range(0, len(scored), _AT_ONCE):
            some = scored[start : start + _AT_ONCE]
            # What others were scored with is the text before a change; of a new statement it is that of now.
            changed = list(self._connection.scalars(select(done.statement_key).where(done.statement_key.in_(some))))
            self._connection.execute(delete(statement_pairs).where(_of_any(changed)))
            self._connection.execute(delete(paired_statements).where(done.statement_key.in_(changed)))
            now = select(statements.c.key, statements.c.sequence).where(statements.c.key.in_(some))
            rows = [
                {"statement_key": key, "version": version, "sequence": sequence}
                for key, sequence in self._connection.execute(now)
            ]
            if rows:
                self._connection.execute(insert(paired_statements), rows)
        both: dict[tuple[int, int], dict[str, float]] = {}
        for key, scores in found.items():
            for other, score in scores.items():
                side = "forward" if key < other else "backward"
                both.setdefault((min(key, other), max(key, other)), {})[side] = score
        values = [
            {"first_key": first, "second_key": second, "forward": None, "backward": None, **sides}
            for (first, second), sides in sorted(both.items())
        ]
        if values:
            self._connection.execute(_ADDED[self._connection.dialect.name], values)

    def pairs(self, least: float) -> Iterator[tuple[int | None, ScoredPair]]:
        one, other = statements.alias(), statements.alias()
        pairs = statement_pairs.c
        score = (func.coalesce(pairs.forward, pairs.backward) + func.coalesce(pairs.backward, pairs.forward)) / 2
        wanted = (
            select(pairs.first_key, pairs.second_key, score.label("score"), one.c.organisation_key)
            .join(one, one.c.key == pairs.first_key)
            .join(other, other.c.key == pairs.second_key)
            .where(
                score >= least,
                one.c.withdrawn_at.is_(None),
                other.c.withdrawn_at.is_(None),
                one.c.organisation_key.is_not_distinct_from(other.c.organisation_key),
                ~_filed(pairs.first_key),
                ~_filed(pairs.second_key),
            )
            .order_by(pairs.first_key, pairs.second_key)
        )
        for row in self._connection.execute(wanted):
            yield row.organisation_key, ScoredPair(row.first_key, row.second_key, float(row.score))

    def offer(self, groups: Sequence[tuple[int | None, GroupDraft]], now: datetime) -> None:
        former = self._of(select(suggestions).where(suggestions.c.state == SuggestionState.OPEN))
        known = {one.key: one for one in former}
        kept = matched(
            {one.key: frozenset(one.members) for one in former}, [frozenset(group.members) for _, group in groups]
        )
        gone = known.keys() - {key for key in kept if key is not None}
        self._delete(sorted(gone))
        for (owner, group), key in zip(groups, kept, strict=True):
            values = {
                "organisation_key": owner,
                "strength": group.strength,
                "phrases": [[phrase.text, phrase.members] for phrase in group.phrases],
                "compared": group.compared,
            }
            if key is None or known[key].owner != owner:
                new = {"id": str(uuid4()), "state": SuggestionState.OPEN, "created_at": now, "narrative_made": False}
                key = self._connection.scalar(insert(suggestions).returning(suggestions.c.key), {**values, **new})
            else:
                self._connection.execute(update(suggestions).where(suggestions.c.key == key).values(**values))
                of_it = suggestion_members.c.suggestion_key == key
                self._connection.execute(delete(suggestion_members).where(of_it))
            rows = [
                {"suggestion_key": key, "statement_key": member, "place": place, "filed": False}
                for place, member in enumerate(group.members)
            ]
            self._connection.execute(insert(suggestion_members), rows)

    def open(self, viewer: Organisation | None) -> list[Suggestion]:
        seen = (
            suggestions.c.state == SuggestionState.OPEN,
            ownership.visible(suggestions.c.organisation_key, viewer),
        )
        found = self._of(select(suggestions).where(*seen))
        return sorted(found, key=lambda one: (-len(one.members) * one.strength, one.key))

    def by_id(self, suggestion_id: str, viewer: Organisation) -> Suggestion | None:
        seen = (suggestions.c.id == suggestion_id, ownership.visible(suggestions.c.organisation_key, viewer))
        return next(iter(self._of(select(suggestions).where(*seen))), None)

    def accept(self, suggestion: Suggestion, narrative: int, *, made: bool, filed: Collection[int]) -> bool:
        this = (suggestions.c.key == suggestion.key, suggestions.c.state == SuggestionState.OPEN)
        accepted = {"state": SuggestionState.ACCEPTED, "narrative_key": narrative, "narrative_made": made}
        if not self._connection.execute(update(suggestions).where(*this).values(**accepted)).rowcount:
            return False
        members = (
            suggestion_members.c.suggestion_key == suggestion.key,
            suggestion_members.c.statement_key.in_(list(filed)),
        )
        self._connection.execute(update(suggestion_members).where(*members).values(filed=True))
        return True

    def reopen(self, suggestion: Suggestion) -> None:
        values = {"state": SuggestionState.OPEN, "narrative_key": None, "narrative_made": False}
        self._connection.execute(update(suggestions).where(suggestions.c.key == suggestion.key).values(**values))
        of_it = suggestion_members.c.suggestion_key == suggestion.key
        self._connection.execute(update(suggestion_members).where(of_it).values(filed=False))

    def refuse(self, viewer: Organisation, refusal_id: str, members: Collection[int], now: datetime) -> None:
        values = {"id": refusal_id, "organisation_key": viewer.key, "members": sorted(members), "refused_at": now}
        self._connection.execute(insert(suggestion_refusals), values)

    def refusals(self, viewer: Organisation) -> list[Refusal]:
        own = suggestion_refusals.c.organisation_key == viewer.key
        rows = self._connection.execute(
            select(suggestion_refusals).where(own).order_by(suggestion_refusals.c.key.desc())
        )
        return [Refusal(row.key, row.id, frozenset(row.members), row.refused_at) for row in rows]

    def withdraw_refusal(self, viewer: Organisation, refusal_id: str) -> bool:
        this = (suggestion_refusals.c.organisation_key == viewer.key, suggestion_refusals.c.id == refusal_id)
        return bool(self._connection.execute(delete(suggestion_refusals).where(*this)).rowcount)

    def drop_narrative(self, key: int) -> bool:
        for table in metadata.sorted_tables:
            if table in _LINKS:
                continue
            for column in table.columns:
                if any(to.column is narratives.c.key for to in column.foreign_keys):
                    used = self._connection.execute(select(column).where(column == key).limit(1)).first()
                    if used is not None:
                        return False
        if self._connection.execute(
            select(statement_narratives.c.statement_key).where(statement_narratives.c.narrative_key == key).limit(1)
        ).first():
            return False
        self._connection.execute(delete(former_links).where(former_links.c.narrative_key == key))
        self._connection.execute(delete(narratives).where(narratives.c.key == key))
        return True

    def forget_statement(self, key: int) -> None:
        """Deletes what was derived from a statement's text: its scores, and the open suggestions that it is in."""
        self._connection.execute(delete(statement_pairs).where(_of_any([key])))
        self._connection.execute(delete(paired_statements).where(paired_statements.c.statement_key == key))
        its = select(suggestion_members.c.suggestion_key).where(suggestion_members.c.statement_key == key)
        where = (suggestions.c.key.in_(its), suggestions.c.state == SuggestionState.OPEN)
        self._delete(list(self._connection.scalars(select(suggestions.c.key).where(*where))))
        self._connection.execute(update(suggestions).where(suggestions.c.key.in_(its)).values(phrases=[], compared=0))

    def _delete(self, keys: Sequence[int]) -> None:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            self._connection.execute(delete(suggestion_members).where(suggestion_members.c.suggestion_key.in_(some)))
            self._connection.execute(delete(suggestions).where(suggestions.c.key.in_(some)))

    def _of(self, wanted: Select[Any]) -> list[Suggestion]:
        """Suggestions with their members: two queries."""
        rows = self._connection.execute(wanted.order_by(suggestions.c.key)).all()
        members: dict[int, list[Row[Any]]] = {row.key: [] for row in rows}
        keys = list(members)
        for start in range(0, len(keys), _AT_ONCE):
            of_these = suggestion_members.c.suggestion_key.in_(keys[start : start + _AT_ONCE])
            for member in self._connection.execute(
                select(suggestion_members).where(of_these).order_by(suggestion_members.c.place)
            ):
                members[member.suggestion_key].append(member)
        return [_suggestion_of(row, members[row.key]) for row in rows]


def _unpaired(version: str, fingerprint: str) -> Select[Any]:
    """Keys of the statements that are to be scored."""
    scored = and_(
        paired_statements.c.statement_key == statements.c.key,
        paired_statements.c.version == version,
        paired_statements.c.sequence == statements.c.sequence,
    )
    encoded = and_(vectors.c.statement_key == statements.c.key, vectors.c.fingerprint == fingerprint)
    return (
        select(statements.c.key)
        .join(vectors, encoded)
        .where(statements.c.withdrawn_at.is_(None), ~_filed(statements.c.key), ~exists().where(scored))
    )


def _filed(key: Any) -> Any:
    """Condition that a statement belongs to a narrative."""
    return exists().where(statement_narratives.c.statement_key == key)


def _of_any(keys: Sequence[int]) -> Any:
    return or_(statement_pairs.c.first_key.in_(keys), statement_pairs.c.second_key.in_(keys))


def _suggestion_of(row: Row[Any], members: Sequence[Row[Any]]) -> Suggestion:
    return Suggestion(
        key=row.key,
        id=row.id,
        owner=row.organisation_key,
        state=SuggestionState(row.state),
        members=tuple(member.statement_key for member in members),
        strength=row.strength,
        phrases=tuple(CommonPhrase(text, count) for text, count in row.phrases),
        compared=row.compared,
        created_at=row.created_at,
        narrative=row.narrative_key,
        narrative_made=row.narrative_made,
        filed=tuple(member.statement_key for member in members if member.filed),
    )
