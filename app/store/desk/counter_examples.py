"""Counter-examples of narratives: rows to domain objects and back, and their vectors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, Select, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.access.keys import Organisation
from app.domain.checks.reviews import Actor, text_hash
from app.services.desk.ports import CounterExample
from app.store.access.contributors import contributor_name, contributor_of
from app.store.tables import counter_example_vectors, counter_examples


class CounterExampleRows:
    """SQL implementation of `app.services.desk.ports.CounterExamples`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(
        self,
        narrative: int,
        text: str,
        language: str,
        at: datetime,
        sequence: int,
        contributor: Organisation | None,
        by: Actor | None = None,
        *,
        by_review: bool,
    ) -> tuple[CounterExample, bool]:
        same = _counter_examples().where(*_same(narrative, text, contributor))
        row = self._connection.execute(same).first()
        shared_at = at if contributor is None or contributor.operator else None
        if row is None:
            values = {
                "id": str(uuid4()),
                "narrative_key": narrative,
                "text": text,
                "text_hash": text_hash(text),
                "language": language,
                "by_review": by_review,
                "created_at": at,
                "sequence": sequence,
                "contributor_key": contributor.key if contributor else None,
                "added_by_id": by.id if by else None,
                "added_by_name": by.name if by else None,
                "shared_at": shared_at,
            }
            self._connection.execute(insert(counter_examples), values)
        elif row.withdrawn_at is not None:
            since = {"created_at": at, "shared_at": shared_at, "withdrawn_at": None, "sequence": sequence}
            self._set(row.key, by_review=by_review, **since)
        else:
            if row.by_review and not by_review:  # put there on purpose now: no review takes it along
                self._set(row.key, by_review=False)
            return _counter_example_of(row), False
        return _counter_example_of(self._connection.execute(same).one()), True

    def find(self, narrative: int, before: int | None, limit: int) -> list[CounterExample]:
        listed = _counter_examples().where(
            counter_examples.c.narrative_key == narrative, counter_examples.c.withdrawn_at.is_(None)
        )
        if before is not None:
            listed = listed.where(counter_examples.c.key < before)
        rows = self._connection.execute(listed.order_by(counter_examples.c.key.desc()).limit(limit))
        return [_counter_example_of(row) for row in rows]

    def by_id(self, counter_example_id: str) -> CounterExample | None:
        same = counter_examples.c.id == counter_example_id
        row = self._connection.execute(_counter_examples().where(same)).first()
        return _counter_example_of(row) if row else None

    def withdraw(self, key: int, at: datetime, sequence: int) -> None:
        self._set(key, withdrawn_at=at, sequence=sequence)

    def share(self, key: int, at: datetime | None, sequence: int) -> None:
        self._set(key, shared_at=at, sequence=sequence)

    def withdraw_reviewed(
        self, organisation: Organisation, narrative: int, text: str, at: datetime, sequence: int
    ) -> None:
        of_review = (counter_examples.c.by_review, counter_examples.c.withdrawn_at.is_(None))
        withdrawal = update(counter_examples).where(*_same(narrative, text, organisation), *of_review)
        self._connection.execute(withdrawal.values(withdrawn_at=at, sequence=sequence))

    def changed_since(self, sequence: int, fingerprint: str) -> list[tuple[CounterExample, bytes | None]]:
        same = and_(
            counter_example_vectors.c.counter_example_key == counter_examples.c.key,
            counter_example_vectors.c.fingerprint == fingerprint,
        )
        changed = (
            _counter_examples()
            .add_columns(counter_example_vectors.c.vector)
            .outerjoin(counter_example_vectors, same)
            .where(counter_examples.c.sequence > sequence)
            .order_by(counter_examples.c.key)
        )
        return [(_counter_example_of(row), row.vector) for row in self._connection.execute(changed)]

    def missing(self, fingerprint: str) -> list[tuple[int, str]]:
        same = and_(
            counter_example_vectors.c.counter_example_key == counter_examples.c.key,
            counter_example_vectors.c.fingerprint == fingerprint,
        )
        without = (
            select(counter_examples.c.key, counter_examples.c.text)
            .outerjoin(counter_example_vectors, same)
            .where(counter_example_vectors.c.fingerprint.is_(None), counter_examples.c.withdrawn_at.is_(None))
            .order_by(counter_examples.c.key)
        )
        return [(row.key, row.text) for row in self._connection.execute(without)]

    def put_vectors(self, fingerprint: str, vectors: Iterable[tuple[int, bytes]], sequence: int) -> None:
        rows = [{"counter_example_key": key, "fingerprint": fingerprint, "vector": vector} for key, vector in vectors]
        if not rows:
            return
        dialect: Any = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        self._connection.execute(dialect.insert(counter_example_vectors).on_conflict_do_nothing(), rows)
        keys = [row["counter_example_key"] for row in rows]
        touched = update(counter_examples).where(counter_examples.c.key.in_(keys))
        self._connection.execute(touched.values(sequence=sequence))

    def _set(self, key: int, **values: Any) -> None:
        self._connection.execute(update(counter_examples).where(counter_examples.c.key == key).values(**values))


def _counter_examples() -> Select[Any]:
    return select(counter_examples, contributor_name(counter_examples.c.contributor_key).label("contributor_name"))


def _same(narrative: int, text: str, contributor: Organisation | None) -> tuple[Any, ...]:
    """Conditions: of this narrative and text, and the contributor's; those without one are anybody's."""
    own = counter_examples.c.contributor_key.is_not_distinct_from(contributor.key if contributor else None)
    return counter_examples.c.narrative_key == narrative, counter_examples.c.text_hash == text_hash(text), own


def _counter_example_of(row: Row[Any]) -> CounterExample:
    return CounterExample(
        key=row.key,
        id=row.id,
        narrative=row.narrative_key,
        text=row.text,
        language=row.language,
        created_at=row.created_at,
        withdrawn_at=row.withdrawn_at,
        contributor=contributor_of(row),
        shared_at=row.shared_at,
        added_by=Actor(row.added_by_id, row.added_by_name or "") if row.added_by_id else None,
    )
