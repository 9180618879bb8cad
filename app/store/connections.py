"""Connections of an engine: read-only snapshots, writing transactions, and what is known of the database behind it."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, Engine

from app.domain.core.errors import StoreUnavailable
from app.services.lock_timeout import in_request
from app.store.availability import Availability
from app.store.faults import translated_faults
from app.store.postgres_watch import PostgresWatch
from app.store.write_turns import TooManyWriters, WriteTurns

BACKING: Final = "refrain_backing"
"""Option of an engine that holds its `Backing`."""
_WRITE_LOCK: Final = 7236718
_NO_TIMEOUTS: Final = (
    "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '30s', true), "
    "set_config('idle_in_transaction_session_timeout', '0', true)"
)


@dataclass(frozen=True, slots=True)
class Backing:
    """State of the database behind an engine, as this process knows it."""

    availability: Availability = field(default_factory=Availability)
    watch: PostgresWatch | None = None
    """Of PostgreSQL."""
    turns: WriteTurns | None = None
    """Of SQLite."""


def backing(engine: Engine) -> Backing:
    """The state of the database behind an engine, as this process knows it."""
    known: Backing = engine.get_execution_options()[BACKING]
    return known


@contextmanager
def _attended(engine: Engine, *, writes: bool) -> Iterator[None]:
    """Refuses at once what cannot be answered, raises faults as `StoreUnavailable`, and notes them."""
    known = backing(engine)
    fault = known.watch.fault if known.watch else None
    if fault:
        raise StoreUnavailable(fault.reason, fault.retry_after_s, gone=True)
    try:
        with translated_faults():
            yield
    except TooManyWriters:
        raise
    except StoreUnavailable as unavailable:
        if known.turns and writes:
            known.turns.locked()
        known.availability.failed(unavailable)
        raise
    if known.turns and writes:
        known.turns.wrote()
    known.availability.answered(wrote=writes)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Connection for one consistent snapshot, read-only. Raises `StoreUnavailable`."""
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with _attended(engine, writes=False), engine.connect().execution_options(**options) as connection:
        if engine.dialect.name == "postgresql" and not in_request():
            connection.exec_driver_sql(_NO_TIMEOUTS)
        yield connection
        connection.rollback()


@contextmanager
def writing(engine: Engine, *, durable: bool = True) -> Iterator[Connection]:
    """Transaction that commits at the end, and is then on the disk. Without `durable`, a power cut may lose it.

    Raises `StoreUnavailable`.

    It holds the write lock from its start, SQLite's own or one that we agree on in PostgreSQL, so what it has looked up
    stays true until it commits, and it cannot fail half-way because somebody else wrote. A request waits for the lock
    for under a second, and jobs and commands for half a minute.
    """
    turns = backing(engine).turns
    with _attended(engine, writes=True), turns.turn() if turns else nullcontext(0.0) as waits_s:
        options = {"refrain_writes": True, "refrain_durable": durable, "refrain_waits_ms": round(waits_s * 1000)}
        with engine.connect().execution_options(**options) as connection, connection.begin():
            if engine.dialect.name == "postgresql":
                if not in_request():
                    connection.exec_driver_sql(_NO_TIMEOUTS)
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
                if not durable:
                    connection.exec_driver_sql("SET LOCAL synchronous_commit TO OFF")
            yield connection
