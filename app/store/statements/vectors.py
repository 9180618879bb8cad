"""Vectors of statements, and changes that an index has not seen."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, and_, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from app.domain.statements.statements import indexed_text, text_start
from app.services.ports import IndexRow
from app.store.tables import statements, vectors
from index.contract import EncodedText, EncoderInput

_READ = (statements.c.key, statements.c.title, statements.c.text, statements.c.language)


class VectorRows:
    """SQL implementation of `app.services.ports.Vectors`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None:
        rows = [
            {
                "statement_key": key,
                "fingerprint": fingerprint,
                "vector": encoded.vector.astype("<f4").tobytes(),
                "terms": encoded.terms,
                "words": encoded.token_features,
                "words_version": encoded.token_features_version,
            }
            for key, encoded in encodings
        ]
        if not rows:
            return
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        added = dialect.insert(vectors)
        keys = [vectors.c.statement_key, vectors.c.fingerprint]
        replaced = {name: added.excluded[name] for name in ("vector", "terms", "words", "words_version")}
        replacing = added.on_conflict_do_update(index_elements=keys, set_=replaced)
        self._connection.execute(replacing, rows)

    def of(self, key: int, fingerprint: str) -> EncodedText | None:
        of_it = (vectors.c.statement_key == key, vectors.c.fingerprint == fingerprint)
        columns = (vectors.c.vector, vectors.c.terms, vectors.c.words, vectors.c.words_version)
        row = self._connection.execute(select(*columns).where(*of_it)).first()
        if row is None:
            return None
        return EncodedText(np.frombuffer(row.vector, "<f4"), row.terms, row.words or b"", row.words_version or "")

    def put_token_features(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None:
        rows = [
            {"of": key, "read": encoding.token_features, "version": encoding.token_features_version}
            for key, encoding in encodings
        ]
        filled = (
            update(vectors)
            .where(vectors.c.statement_key == bindparam("of"), vectors.c.fingerprint == fingerprint)
            .values(words=bindparam("read"), words_version=bindparam("version"))
        )
        if rows:
            self._connection.execute(filled, rows)

    def forget(self, keys: Sequence[int]) -> None:
        self._connection.execute(vectors.delete().where(vectors.c.statement_key.in_(keys)))

    def changed_since(self, sequence: int, fingerprint: str) -> Iterator[IndexRow]:
        searchable = and_(
            vectors.c.statement_key == statements.c.key,
            vectors.c.fingerprint == fingerprint,
            statements.c.withdrawn_at.is_(None),
        )
        columns = (statements.c.key, statements.c.sequence, statements.c.said_begins, statements.c.said_ends)
        changed = (
            select(*columns, vectors.c.vector, vectors.c.terms)
            .select_from(statements.outerjoin(vectors, searchable))
            .where(statements.c.sequence > sequence)
            .order_by(statements.c.sequence)
            .execution_options(yield_per=2_000)
        )
        for row in self._connection.execute(changed):
            yield IndexRow(*row)

    def missing(self, fingerprint: str, limit: int) -> list[tuple[int, EncoderInput]]:
        return self._read(self._missing(fingerprint, *_READ).order_by(statements.c.key).limit(limit))

    def missing_token_features(
        self, fingerprint: str, version: str, after: int, limit: int
    ) -> list[tuple[int, EncoderInput]]:
        query = (
            select(*_READ)
            .select_from(statements.join(vectors, vectors.c.statement_key == statements.c.key))
            .where(
                vectors.c.fingerprint == fingerprint,
                vectors.c.words_version.is_distinct_from(version),
                statements.c.withdrawn_at.is_(None),
                statements.c.key > after,
            )
        )
        return self._read(query.order_by(statements.c.key).limit(limit))

    def token_features(self, fingerprint: str, version: str, keys: Sequence[int]) -> dict[int, bytes]:
        query = select(vectors.c.statement_key, vectors.c.words).where(
            vectors.c.statement_key.in_(keys),
            vectors.c.fingerprint == fingerprint,
            vectors.c.words_version == version,
        )
        return {row.statement_key: row.words for row in self._connection.execute(query)}

    def count_missing(self, fingerprint: str) -> int:
        return int(self._connection.scalar(self._missing(fingerprint, func.count(statements.c.key))) or 0)

    def touch(self, keys: Sequence[int], sequence: int) -> None:
        for start in range(0, len(keys), 500):
            batch = statements.c.key.in_(keys[start : start + 500])
            self._connection.execute(update(statements).where(batch).values(sequence=sequence))

    def _read(self, query: Select[Any]) -> list[tuple[int, EncoderInput]]:
        return [
            (key, EncoderInput(indexed_text(title, text), language, text_start(title, text)))
            for key, title, text, language in self._connection.execute(query)
        ]

    def _missing(self, fingerprint: str, *columns: ColumnElement[Any]) -> Select[Any]:
        same = and_(vectors.c.statement_key == statements.c.key, vectors.c.fingerprint == fingerprint)
        return (
            select(*columns)
            .select_from(statements.outerjoin(vectors, same))
            .where(vectors.c.statement_key.is_(None), statements.c.withdrawn_at.is_(None))
        )
