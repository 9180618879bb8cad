"""Ledger of what was acknowledged, and its comparison with what a database holds."""

import json
import threading
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, text, update

from app.store.connections import reading, writing
from app.store.database import open_database
from app.store.tables import answered_requests

_COUNTED = ("statements", "statement_narratives", "vectors", "checks", "matches", "flags", "reviews", "findings")


@dataclass(frozen=True, slots=True)
class Sent:
    """A request, which is sent again under the same idempotency key where its answer was lost."""

    kind: str
    about: str
    """What it is known by in the database: external id, checked text, id of the check that is reviewed."""
    path: str
    body: dict[str, Any] | str
    names: tuple[str, ...] = ()
    """External ids of its lines."""
    key: str = field(default_factory=lambda: str(uuid4()))


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
    unreviewed: list[str] = field(default_factory=list)
    """Ids of checks that nobody sent a review of."""
    unanswered: list[Sent] = field(default_factory=list)
    """Requests whose answer was lost, to be sent again."""
    done_before: list[Sent] = field(default_factory=list)
    """Requests that were sent again, and answered with: was done when it was first sent."""
    sent_again: int = 0
    answers: int = 0
    """Answers received."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def size(self) -> int:
        """Number of acknowledged records."""
        return sum(self.sizes.values())

    @property
    def sizes(self) -> dict[str, int]:
        """Number of acknowledged records of each kind."""
        lines = sum(map(len, self.imports.values()))
        return {
            "lines": lines,
            "statements": len(self.statements),
            "checks": len(self.checks),
            "reviews": len(self.reviews),
        }

    @property
    def summary(self) -> str:
        """The numbers of what was acknowledged and sent again, in a line."""
        acknowledged = ", ".join(f"{count:,} {kind}" for kind, count in self.sizes.items())
        again = f"{self.sent_again:,} requests sent again, of which {len(self.done_before):,} had been done"
        return f"acknowledged: {acknowledged}; {again}"

    def note(self, sent: Sent, answered: str) -> None:
        """Keeps the id that a request was answered with."""
        with self.lock:
            if sent.kind == "import":
                self.imports[answered] = list(sent.names)
            elif sent.kind == "check":
                self.checks[answered] = sent.about
                self.unreviewed.append(answered)
            elif sent.kind == "statement":
                self.statements[sent.about] = answered
            else:
                self.reviews[answered] = sent.about


@dataclass(frozen=True, slots=True)
class Comparison:
    """Entries of a ledger that are missing, or are there more than once, a sentence each."""

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
    there = {"statement": times, "check": texts, "review": Counter(known.values())}
    lost += [
        f"{one.kind} {one.about}" for one in ledger.done_before if not there.get(one.kind, {one.about: 1})[one.about]
    ]
    made = sum(state != "receiving" for state in jobs.values())
    done, unsure = (sum(one.kind == "import" for one in sent) for sent in (ledger.done_before, ledger.unanswered))
    if made < len(ledger.imports) + done:
        lost.append(f"{len(ledger.imports) + done - made} imports")
    if made > len(ledger.imports) + done + unsure:
        doubled.append(f"{made - len(ledger.imports) - done - unsure} imports")
    query = "SELECT count(*) FROM (SELECT statement_key FROM vectors GROUP BY statement_key HAVING count(*) > 1) AS d"
    if several := connection.execute(text(query)).scalar():
        doubled.append(f"vectors of {several} statements")
    return Comparison(lost, doubled)


def end_claims(url: str) -> None:
    """Ends the claims of idempotency keys, as do the five minutes after which a killed process counts as gone."""
    engine = open_database(url)
    with writing(engine) as connection:
        connection.execute(update(answered_requests).values(claimed_until=datetime(2000, 1, 1, tzinfo=UTC)))
    engine.dispose()


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
