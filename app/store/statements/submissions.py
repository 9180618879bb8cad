"""Submission log: every time that a statement was sent, the first included."""

from collections.abc import Sequence

from sqlalchemy import Connection, func, insert, select

from app.domain.access.keys import Organisation
from app.domain.statements.statements import Source, Submission, Submissions
from app.store.statements import name_tables
from app.store.tables import sightings, sources

_LATEST = 10


class SubmissionRows:
    """SQL implementation of `app.services.ports.SubmissionLog`."""

    def __init__(self, connection: Connection):
        self._connection = connection

    def add(self, statement: int, organisation: Organisation, submission: Submission) -> None:
        source_keys = name_tables.keys_of(self._connection, sources, [submission.source.name])
        values = {
            "statement_key": statement,
            "organisation_key": organisation.key,
            "source_key": source_keys.get(submission.source.name),
            "url": submission.source.url,
            "seen_at": submission.seen_at,
        }
        self._connection.execute(insert(sightings), values)

    def of(self, statements: Sequence[int]) -> dict[int, Submissions]:
        newest = func.row_number().over(partition_by=sightings.c.statement_key, order_by=sightings.c.key.desc())
        count = func.count().over(partition_by=sightings.c.statement_key)
        numbered = (
            select(sightings, sources.c.name.label("source"), newest.label("number"), count.label("times"))
            .outerjoin(sources, sources.c.key == sightings.c.source_key)
            .where(sightings.c.statement_key.in_(statements))
            .subquery()
        )
        shown = select(numbered).where(numbered.c.number <= _LATEST).order_by(numbered.c.key.desc())
        found: dict[int, Submissions] = dict.fromkeys(statements, Submissions())
        for row in self._connection.execute(shown):
            before = found[row.statement_key].latest
            seen = Submission(row.seen_at, Source(row.source, row.url))
            found[row.statement_key] = Submissions(row.times, (*before, seen))
        return found
