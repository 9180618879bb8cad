"""Ledger of what was acknowledged, and its comparison with what a database holds."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from app.store.database import open_database, reading

_COUNTED = ("statements", "statement_narratives", "vectors", "checks", "matches", "flags", "reviews", "findings")


@dataclass(slots=True)
class Ledger:
    """Acknowledged records. Several threads write it."""

    statements: dict[str, str] = field(default_factory=dict)
    """External ids of recorded statements, with the ids that were answered."""
    checks: dict[str, str] = field(default_factory=dict)
    """Ids of checks, with the checked text."""
    reviews: dict[str, str] = field(default_factory=dict)
    """Ids of reviews, with that of the check."""
    imports: dict[str, list[str]] = field(default_factory=dict)
    """Ids of jobs, with the external ids of their lines."""
    answers: int = 0
    """Answers received."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def size(self) -> int:
        """Number of acknowledged records."""
        lines = sum(map(len, self.imports.values()))
        return len(self.statements) + len(self.checks) + len(self.reviews) + lines


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is missing of a ledger, and what is there more than once, a sentence each."""

    lost: list[str]
    doubled: list[str]


def compare(ledger: Ledger, url: str, *, jobs_done: bool) -> Comparison:
    """Compares everything acknowledged so far with the database. Lines of imports count once their jobs are done."""
    engine = open_database(url)
    try:
        with ledger.lock, reading(engine) as connection:
            return _compare(ledger, connection, jobs_done=jobs_done)
    finally:
        engine.dispose()


def _compare(ledger: Ledger, connection: Connection, *, jobs_done: bool) -> Comparison:
    stored = connection.execute(text("SELECT external_id, id FROM statements")).all()
    times = Counter(external for external, _ in stored)
    ids = dict(map(tuple, stored))
    lost = [f"statement {name}" for name, made in ledger.statements.items() if ids.get(name) != made]
    doubled = [f"statement {name}" for name, count in times.items() if count > 1]
    answers = {
        str(id_): json.loads(answer) for id_, answer in connection.execute(text("SELECT id, answer FROM checks"))
    }
    lost += [f"check {id_}" for id_, said in ledger.checks.items() if (answers.get(id_) or {}).get("text") != said]
    texts = Counter(answer["text"] for answer in answers.values())
    doubled += [f"check of {said!r}" for said, count in texts.items() if count > 1]
    query = "SELECT r.id, c.id FROM reviews r JOIN checks c ON c.key = r.check_key"
    reviews = connection.execute(text(query)).all()
    known = dict(map(tuple, reviews))
    lost += [f"review {id_}" for id_, check in ledger.reviews.items() if known.get(id_) != check]
    doubled += [f"review of {check}" for check, count in Counter(known.values()).items() if count > 1]
    jobs = {str(id_): state for id_, state in connection.execute(text("SELECT id, state FROM jobs"))}
    lost += [f"import {id_}" for id_ in ledger.imports if id_ not in jobs]
    for id_, lines in ledger.imports.items():
        if jobs.get(id_) == "done" or jobs_done:
            lost += [f"line {name} of import {id_}, which is {jobs.get(id_)}" for name in lines if not times[name]]
    query = "SELECT count(*) FROM (SELECT statement_key FROM vectors GROUP BY statement_key HAVING count(*) > 1) AS d"
    if several := connection.execute(text(query)).scalar():
        doubled.append(f"vectors of {several} statements")
    return Comparison(lost, doubled)


def unfinished_jobs(url: str) -> int:
    """Number of jobs that are not done yet."""
    engine = open_database(url)
    with reading(engine) as connection:
        query = "SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')"
        count = int(connection.execute(text(query)).scalar() or 0)
    engine.dispose()
    return count


def contents(url: str) -> dict[str, int]:
    """Number of rows of the main tables."""
    engine = open_database(url)
    with reading(engine) as connection:
        counted = {
            name: int(connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() or 0) for name in _COUNTED
        }
    engine.dispose()
    return counted
