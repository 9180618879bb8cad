"""Counter-examples of narratives: rows to domain objects and back, and their vectors."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, and_, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.checks.reviews import text_hash
from app.services.desk.ports import CounterExample
from app.store.tables import counter_example_vectors, counter_examples


class CounterExampleRows:
    """`app.services.desk.ports.CounterExamples`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(
        self, narrative: int, text: str, language: str, at: datetime, sequence: int, *, by_review: bool
    ) -> tuple[CounterExample, bool]:
        row = self._connection.execute(select(counter_examples).where(*_same(narrative, text))).first()
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
            }
            self._connection.execute(insert(counter_examples), values)
        elif row.withdrawn_at is not None:
            self._set(row.key, by_review=by_review, created_at=at, withdrawn_at=None, sequence=sequence)
        else:
            if row.by_review and not by_review:  # put there on purpose now: no review takes it along
                self._set(row.key, by_review=False)
            return _counter_example_of(row), False
        stored = self._connection.execute(select(counter_examples).where(*_same(narrative, text))).one()
        return _counter_example_of(stored), True

    def find(self, narrative: int, before: int | None, limit: int) -> list[CounterExample]:
        listed = select(counter_examples).where(
            counter_examples.c.narrative_key == narrative, counter_examples.c.withdrawn_at.is_(None)
        )
        if before is not None:
            listed = listed.where(counter_examples.c.key < before)
        rows = self._connection.execute(listed.order_by(counter_examples.c.key.desc()).limit(limit))
        return [_counter_example_of(row) for row in rows]

    def by_id(self, counter_example_id: str) -> CounterExample | None:
        same = counter_examples.c.id == counter_example_id
        row = self._connection.execute(select(counter_examples).where(same)).first()
        return _counter_example_of(row) if row else None

    def withdraw(self, key: int, at: datetime, sequence: int) -> None:
        self._set(key, withdrawn_at=at, sequence=sequence)

    def withdraw_reviewed(self, narrative: int, text: str, at: datetime, sequence: int) -> None:
        of_review = (counter_examples.c.by_review, counter_examples.c.withdrawn_at.is_(None))
        withdrawal = update(counter_examples).where(*_same(narrative, text), *of_review)
        self._connection.execute(withdrawal.values(withdrawn_at=at, sequence=sequence))

    def changed_since(self, sequence: int, fingerprint: str) -> list[tuple[CounterExample, bytes | None]]:
        same = and_(
            counter_example_vectors.c.counter_example_key == counter_examples.c.key,
            counter_example_vectors.c.fingerprint == fingerprint,
        )
        changed = (
            select(counter_examples, counter_example_vectors.c.vector)
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


def _same(narrative: int, text: str) -> tuple[Any, Any]:
    return counter_examples.c.narrative_key == narrative, counter_examples.c.text_hash == text_hash(text)


def _counter_example_of(row: Row[Any]) -> CounterExample:
    return CounterExample(row.key, row.id, row.narrative_key, row.text, row.language, row.created_at, row.withdrawn_at)
