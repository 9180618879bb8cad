"""Vectors of statements, and changes that an index has not seen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, Select, and_, bindparam, exists, func, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.elements import ColumnElement

from app.domain.checks.checks import Stance
from app.domain.core.text_quotes import TextQuote
from app.domain.statements.statements import indexed_text, text_start
from app.services.search.ports import IndexRow
from app.services.stance.ports import ClassifiedText, UnclassifiedText
from app.store.tables import archive, statements, vectors
from index.contract import EncodedText, EncoderInput

_READ_OF_TEXT = (
    "vector",
    "terms",
    "words",
    "words_version",
    "stance",
    "stance_cues",
    "stance_version",
    "pair_states",
    "pair_states_version",
)
_PAIR_STATES = (vectors.c.pair_states, vectors.c.pair_states_version)
INDEX_ROW = (
    statements.c.key,
    statements.c.sequence,
    statements.c.said_begins,
    statements.c.said_ends,
    vectors.c.vector,
    vectors.c.terms,
    statements.c.organisation_key,
    statements.c.language,
    statements.c.learned_at,
)
"""Columns of an `IndexRow`, in its order."""
_READ = (statements.c.key, statements.c.title, statements.c.text, statements.c.language)
_OF_KEYS = (
    vectors.c.statement_key.in_(bindparam("keys", expanding=True)),
    vectors.c.fingerprint == bindparam("fingerprint"),
)
_ENCODINGS = select(vectors.c.statement_key, vectors.c.vector, vectors.c.terms, *_PAIR_STATES).where(*_OF_KEYS)
_STANCES = select(vectors.c.statement_key, vectors.c.stance, vectors.c.stance_cues).where(
    *_OF_KEYS, vectors.c.stance_version == bindparam("version")
)
_TOKEN_FEATURES = select(vectors.c.statement_key, vectors.c.words).where(
    *_OF_KEYS, vectors.c.words_version == bindparam("version")
)


class VectorRows:
    """SQL implementation of `app.services.search.ports.Vectors`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def put(self, fingerprint: str, texts: Iterable[tuple[int, ClassifiedText]]) -> None:
        rows = [
            {
                "statement_key": key,
                "fingerprint": fingerprint,
                "vector": encoded.vector.astype("<f4").tobytes(),
                "terms": encoded.terms,
                "words": encoded.token_features,
                "words_version": encoded.token_features_version,
                "stance": stance.label,
                "stance_cues": _spans(stance),
                "stance_version": version,
                "pair_states": encoded.pair_states,
                "pair_states_version": encoded.pair_states_version,
            }
            for key, (encoded, stance, version) in texts
        ]
        if not rows:
            return
        dialect = postgresql if self._connection.dialect.name == "postgresql" else sqlite
        added = dialect.insert(vectors)
        keys = [vectors.c.statement_key, vectors.c.fingerprint]
        replaced = {name: added.excluded[name] for name in _READ_OF_TEXT}
        replacing = added.on_conflict_do_update(index_elements=keys, set_=replaced)
        self._connection.execute(replacing, rows)

    def of(self, key: int, fingerprint: str) -> EncodedText | None:
        of_it = (vectors.c.statement_key == key, vectors.c.fingerprint == fingerprint)
        columns = (vectors.c.vector, vectors.c.terms, vectors.c.words, vectors.c.words_version, *_PAIR_STATES)
        row = self._connection.execute(select(*columns).where(*of_it)).first()
        if row is None:
            return None
        return EncodedText(
            np.frombuffer(row.vector, "<f4"),
            row.terms,
            row.words or b"",
            row.words_version or "",
            row.pair_states or b"",
            row.pair_states_version or "",
        )

    def encodings(self, keys: Sequence[int], fingerprint: str) -> dict[int, EncodedText]:
        given = {"keys": keys, "fingerprint": fingerprint}
        return {
            key: EncodedText(
                np.frombuffer(vector, "<f4"), terms, pair_states=states or b"", pair_states_version=version or ""
            )
            for key, vector, terms, states, version in self._connection.execute(_ENCODINGS, given)
        }

    def put_token_features(self, fingerprint: str, encodings: Iterable[tuple[int, EncodedText]]) -> None:
        rows = [
            {
                "of": key,
                "read": encoding.token_features,
                "version": encoding.token_features_version,
                "states": encoding.pair_states,
                "states_version": encoding.pair_states_version,
            }
            for key, encoding in encodings
        ]
        filled = (
            update(vectors)
            .where(vectors.c.statement_key == bindparam("of"), vectors.c.fingerprint == fingerprint)
            .values(
                words=bindparam("read"),
                words_version=bindparam("version"),
                pair_states=bindparam("states"),
                pair_states_version=bindparam("states_version"),
            )
        )
        if rows:
            self._connection.execute(filled, rows)

    def stances(self, fingerprint: str, version: str, texts: Mapping[int, str]) -> dict[int, Stance]:
        given = {"keys": list(texts), "fingerprint": fingerprint, "version": version}
        return {
            key: Stance(label, tuple(TextQuote.of(texts[key], *span) for span in cues))
            for key, label, cues in self._connection.execute(_STANCES, given)
        }

    def put_stances(self, fingerprint: str, version: str, stances: Iterable[tuple[UnclassifiedText, Stance]]) -> None:
        rows = [
            {
                "of": text.key,
                "seen": text.vector.astype("<f4").tobytes(),
                "label": stance.label,
                "cues": _spans(stance),
                "version": version,
            }
            for text, stance in stances
        ]
        filled = (
            update(vectors)
            .where(
                vectors.c.statement_key == bindparam("of"),
                vectors.c.fingerprint == fingerprint,
                vectors.c.vector == bindparam("seen"),  # else the text was changed since it was read
            )
            .values(stance=bindparam("label"), stance_cues=bindparam("cues"), stance_version=bindparam("version"))
        )
        if rows:
            self._connection.execute(filled, rows)

    def embeddings(self, fingerprint: str, keys: Sequence[int]) -> dict[int, bytes]:
        wanted = select(vectors.c.statement_key, vectors.c.vector).where(
            vectors.c.statement_key.in_(keys), vectors.c.fingerprint == fingerprint
        )
        return {row.statement_key: row.vector for row in self._connection.execute(wanted)}

    def forget(self, keys: Sequence[int]) -> None:
        self._connection.execute(vectors.delete().where(vectors.c.statement_key.in_(keys)))

    def changed_since(self, sequence: int, fingerprint: str) -> Iterator[IndexRow]:
        searchable = and_(
            vectors.c.statement_key == statements.c.key,
            vectors.c.fingerprint == fingerprint,
            statements.c.withdrawn_at.is_(None),
        )
        changed = (
            select(*INDEX_ROW)
            .select_from(statements.outerjoin(vectors, searchable))
            .where(statements.c.sequence > sequence)
            .order_by(statements.c.sequence)
            .execution_options(yield_per=2_000)
        )
        for row in self._connection.execute(changed):
            yield IndexRow(*row)

    def erased_since(self, sequence: int) -> bool:
        removed = statements.c.sequence > sequence, statements.c.withdrawn_at.is_not(None)
        return bool(self._connection.scalar(select(exists().where(*removed, statements.c.text == ""))))

    def missing(self, fingerprint: str, limit: int) -> list[tuple[int, EncoderInput]]:
        return self._read(self._missing(fingerprint, *_READ).order_by(statements.c.key).limit(limit))

    def inputs(self, keys: Sequence[int]) -> dict[int, EncoderInput]:
        return dict(self._read(select(*_READ).where(statements.c.key.in_(keys))))

    def sequence_after(self, sequence: int, statements_: int) -> int:
        changed = select(statements.c.sequence).where(statements.c.sequence > sequence).order_by(statements.c.sequence)
        found = self._connection.scalar(changed.offset(statements_ - 1).limit(1))
        return int(self._connection.scalar(select(archive.c.sequence)) or 0) if found is None else int(found)

    def missing_token_features(
        self,
        fingerprint: str,
        version: str,
        pair_version: str,
        after: int,
        limit: int,
        between: tuple[int, int] | None = None,
    ) -> list[tuple[int, EncoderInput]]:
        lacking = vectors.c.words_version.is_distinct_from(version)
        if pair_version:
            lacking = or_(lacking, vectors.c.pair_states_version.is_distinct_from(pair_version))
        query = (
            select(*_READ)
            .select_from(statements.join(vectors, vectors.c.statement_key == statements.c.key))
            .where(
                vectors.c.fingerprint == fingerprint,
                lacking,
                *_present(between),
                statements.c.key > after,
            )
        )
        return self._read(query.order_by(statements.c.key).limit(limit))

    def missing_stances(
        self, fingerprint: str, version: str, after: int, limit: int, between: tuple[int, int] | None = None
    ) -> list[UnclassifiedText]:
        wanted = (
            select(statements.c.key, statements.c.text, statements.c.language, vectors.c.vector)
            .select_from(statements.join(vectors, vectors.c.statement_key == statements.c.key))
            .where(
                vectors.c.fingerprint == fingerprint,
                vectors.c.stance_version.is_distinct_from(version),
                *_present(between),
                statements.c.key > after,
            )
        )
        return [
            UnclassifiedText(key, text, language, np.frombuffer(vector, "<f4"))
            for key, text, language, vector in self._connection.execute(wanted.order_by(statements.c.key).limit(limit))
        ]

    def token_features(self, fingerprint: str, version: str, keys: Sequence[int]) -> dict[int, bytes]:
        given = {"keys": keys, "fingerprint": fingerprint, "version": version}
        return {row.statement_key: row.words for row in self._connection.execute(_TOKEN_FEATURES, given)}

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


def _present(between: tuple[int, int] | None) -> tuple[ColumnElement[bool], ...]:
    """Condition on statements: not withdrawn, and last changed between two sequences where they are given."""
    withdrawn = statements.c.withdrawn_at
    if between is None:
        return (withdrawn.is_(None),)
    since, to = between
    few = select(statements.c.key).where(statements.c.sequence > since, statements.c.sequence <= to)
    # As an expression, for SQLite would go through the index of all that are not withdrawn.
    return statements.c.key.in_(few), func.coalesce(withdrawn, withdrawn).is_(None)


def _spans(stance: Stance) -> list[tuple[int, int]]:
    """Spans of the cues of a stance in its text, in code points."""
    return [(cue.start, cue.end) for cue in stance.cues]
