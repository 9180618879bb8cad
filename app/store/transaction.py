"""The store that services see: a transaction with one repository a kind of thing."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from sqlalchemy import Connection, Engine

from app.store.access import AccessRows
from app.store.checks import CheckRows
from app.store.counter_examples import CounterExampleRows
from app.store.database import reading, writing
from app.store.findings import FindingRows
from app.store.flags import FlagRows
from app.store.narratives import NarrativeRows
from app.store.reviews import ReviewRows
from app.store.statements import StatementRows
from app.store.vectors import VectorRows


class SqlTransaction:
    """All repositories over one connection."""

    def __init__(self, connection: Connection):
        self._connection = connection

    @cached_property
    def statements(self) -> StatementRows:
        return StatementRows(self._connection)

    @cached_property
    def narratives(self) -> NarrativeRows:
        return NarrativeRows(self._connection)

    @cached_property
    def findings(self) -> FindingRows:
        return FindingRows(self._connection)

    @cached_property
    def vectors(self) -> VectorRows:
        return VectorRows(self._connection)

    @cached_property
    def checks(self) -> CheckRows:
        return CheckRows(self._connection)

    @cached_property
    def flags(self) -> FlagRows:
        return FlagRows(self._connection)

    @cached_property
    def reviews(self) -> ReviewRows:
        return ReviewRows(self._connection)

    @cached_property
    def counter_examples(self) -> CounterExampleRows:
        return CounterExampleRows(self._connection)

    @cached_property
    def access(self) -> AccessRows:
        return AccessRows(self._connection)


class SqlStore:
    """`app.services.ports.Store` over an SQLAlchemy engine."""

    def __init__(self, engine: Engine):
        self.engine = engine

    def close(self) -> None:
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[SqlTransaction]:
        with reading(self.engine) as connection:
            yield SqlTransaction(connection)

    @contextmanager
    def writing(self) -> Iterator[SqlTransaction]:
        with writing(self.engine) as connection:
            yield SqlTransaction(connection)
