"""Request counters in the database, shared by all processes.

One statement takes units from every quota of a request. The rows that it touches stay locked until the commit, so no
two requests take the same unit, and what one quota refuses is given back to the other by rolling back.

While the counters cannot be written (the disk is full, another process holds the lock), this process counts on in
memory from where it saw them last: limits never stop a request that the archive itself can answer.
"""

import threading
import time
from collections.abc import Sequence
from contextlib import nullcontext
from datetime import datetime

from sqlalchemy import Connection, Engine, bindparam, select, text

from app.domain.access.rate_limits import WINDOW_S, Quota, RateLimitResult, RateLimitStatus
from app.domain.core.errors import StoreUnavailable
from app.store.connections import backing
from app.store.database import open_postgresql, open_sqlite
from app.store.faults import translated_faults
from app.store.tables import rate_windows

_MICROSECONDS = 1_000_000
_WINDOW = WINDOW_S * _MICROSECONDS
_ASKED_AGAIN_AFTER_S = 1.0
_MOST_SEEN = 10_000
_REQUEST_WAITS_S = 0.2
_SKEW = 60 * _MICROSECONDS
"""Difference of the clocks of processes. A window that begins later was begun before the clock was set back."""
_OVER = "(rate_windows.began <= :ended OR rate_windows.began > :latest)"
_TAKE = """
INSERT INTO rate_windows (subject, began, used, quota) VALUES {values}
ON CONFLICT (subject) DO UPDATE SET
  began = CASE WHEN {over} THEN excluded.began ELSE rate_windows.began END,
  used = CASE WHEN {over} THEN excluded.used ELSE rate_windows.used + excluded.used END,
  quota = excluded.quota
WHERE {over} OR rate_windows.used + excluded.used <= excluded.quota
RETURNING subject, began, used
"""
_STATEMENTS = {
    count: text(
        _TAKE.format(values=", ".join(f"(:subject{n}, :now, :cost, :quota{n})" for n in range(count)), over=_OVER)
    )
    for count in (1, 2)
}
_STANDING = select(rate_windows).where(rate_windows.c.subject.in_(bindparam("subjects", expanding=True)))


class SqlLimits:
    """SQL implementation of `app.services.access.ports.Limits` over an engine of its own."""

    def __init__(self, engine: Engine):
        self._engine = engine
        # Threads that wait for SQLite's own lock ask again and again, and the unlucky one is never in time.
        self._turn = threading.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._lock = threading.Lock()
        self._seen: dict[str, tuple[int, int]] = {}
        self._asked_again_at = 0.0

    def take(self, quotas: Sequence[Quota], cost: int, now: datetime) -> RateLimitResult:
        moment = int(now.timestamp() * _MICROSECONDS)
        if time.monotonic() >= self._asked_again_at:
            with self._turn:
                if time.monotonic() >= self._asked_again_at:
                    try:
                        return self._take(quotas, cost, moment)
                    except StoreUnavailable:
                        self._asked_again_at = time.monotonic() + _ASKED_AGAIN_AFTER_S
        return self._take_in_memory(quotas, cost, moment)

    def standings(self, quotas: Sequence[Quota], now: datetime) -> tuple[RateLimitStatus, ...]:
        moment = int(now.timestamp() * _MICROSECONDS)
        with translated_faults(), self._engine.connect() as connection:
            known = _known(connection, quotas, moment)
            connection.rollback()
        return _standings(quotas, known, moment)

    def _take(self, quotas: Sequence[Quota], cost: int, moment: int) -> RateLimitResult:
        watch = backing(self._engine).watch
        if watch and watch.fault:
            raise watch.fault
        with translated_faults(), self._engine.connect() as connection:
            if all(cost <= quota.per_hour for quota in quotas):
                result = _take(connection, quotas, cost, moment)
                if len(result) == len(quotas):
                    connection.commit()
                    with self._lock:
                        if len(self._seen) > _MOST_SEEN:
                            self._seen.clear()
                        self._seen |= result
                    return RateLimitResult(True, _standings(quotas, result, moment))
                connection.rollback()
            known = _known(connection, quotas, moment)
            connection.rollback()
        return RateLimitResult(False, _standings(quotas, known, moment))

    def _take_in_memory(self, quotas: Sequence[Quota], cost: int, moment: int) -> RateLimitResult:
        with self._lock:
            known = {quota.subject: self._seen.get(quota.subject, (moment, 0)) for quota in quotas}
            known = {
                name: seen if moment - _WINDOW < seen[0] <= moment + _SKEW else (moment, 0)
                for name, seen in known.items()
            }
            granted = all(known[quota.subject][1] + cost <= quota.per_hour for quota in quotas)
            if granted:
                known = {name: (began, used + cost) for name, (began, used) in known.items()}
                self._seen |= known
        return RateLimitResult(granted, _standings(quotas, known, moment))

    def close(self) -> None:
        self._engine.dispose()


def open_limits(archive: Engine) -> SqlLimits:
    """Opens the request counters that belong to an archive's database.

    For PostgreSQL in that database, without waiting for its disk: a power cut may forget the last moments. For SQLite
    in a file beside the archive's, for counting must not wait while an import writes there.
    """
    url = archive.url
    if url.get_backend_name() == "sqlite":
        engine = open_sqlite(url.set(database=f"{url.database}.limits"), "BEGIN IMMEDIATE", _REQUEST_WAITS_S)
        with translated_faults(), engine.connect() as connection:
            rate_windows.create(connection, checkfirst=True)
            connection.commit()
        return SqlLimits(engine)
    return SqlLimits(open_postgresql(url, 8, "-c synchronous_commit=off", backing(archive)))


def _take(connection: Connection, quotas: Sequence[Quota], cost: int, now: int) -> dict[str, tuple[int, int]]:
    values: dict[str, object] = {"now": now, "cost": cost, "ended": now - _WINDOW, "latest": now + _SKEW}
    for number, quota in enumerate(quotas):
        values |= {f"subject{number}": quota.subject, f"quota{number}": quota.per_hour}
    rows = connection.execute(_STATEMENTS[len(quotas)], values)
    return {row.subject: (row.began, row.used) for row in rows}


def _known(connection: Connection, quotas: Sequence[Quota], moment: int) -> dict[str, tuple[int, int]]:
    """Begin and use of each quota's window, of those that are not over."""
    rows = connection.execute(_STANDING, {"subjects": [quota.subject for quota in quotas]})
    return {row.subject: (row.began, row.used) for row in rows if moment - _WINDOW < row.began <= moment + _SKEW}


def _standings(quotas: Sequence[Quota], known: dict[str, tuple[int, int]], now: int) -> tuple[RateLimitStatus, ...]:
    return tuple(_standing(quota, *known.get(quota.subject, (now, 0)), now) for quota in quotas)


def _standing(quota: Quota, began: int, used: int, now: int) -> RateLimitStatus:
    left_s = -((now - began - _WINDOW) // _MICROSECONDS)
    return RateLimitStatus(quota, max(0, quota.per_hour - used), max(1, left_s))
