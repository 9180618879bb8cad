"""Processing of the parts of a job: statements are recorded, checks are answered."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from app.domain.access.contributors import Contributor
from app.domain.checks.checks import Check, CheckRequest
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput
from app.domain.core.strict_json import NotJson
from app.domain.jobs.jobs import Job, LineResult, Part
from app.domain.statements.statements import StatementDraft
from app.services.checks.check_statements import CheckStatements
from app.services.jobs.ports import ReadCheck
from app.services.jobs.run_jobs import CompletedPart
from app.services.ports import Transaction
from app.services.statements.import_statements import ReadLine
from app.services.statements.record_statements import Prepared, RecordStatements

REJECTED = "rejected"

ReadStatement = Callable[[int, bytes], ReadLine]
"""The draft on a line of that number, or the reason why there is none."""


@dataclass(frozen=True, slots=True)
class ImportPart:
    """Records the statements on the lines."""

    record: RecordStatements
    read: ReadStatement

    def prepare(self, job: Job, part: Part) -> tuple[Prepared, list[LineResult]]:
        owner = job.organisation.key if job.private else None
        contributor = Contributor.of(job.organisation)
        drafts: list[StatementDraft] = []
        rejected: list[LineResult] = []
        for line in part.lines:
            read = self.read(line.number, line.raw)
            if read.draft:
                drafts.append(replace(read.draft, owner=owner, contributor=contributor))
            else:
                rejected.append(LineResult(line.number, problem=read.reason))
        return self.record.prepare(drafts), rejected

    def commit(self, tx: Transaction, job: Job, prepared: tuple[Prepared, list[LineResult]]) -> CompletedPart:
        drafts, rejected = prepared
        by = Actor(job.organisation.id, job.organisation.name)
        counts = Counter(recorded.outcome.value for recorded in self.record.commit_in(tx, drafts, changed_by=by))
        if rejected:
            counts[REJECTED] = len(rejected)
        return CompletedPart(counts, rejected)

    def after_commit(self) -> None:
        self.record.archive.sync()


@dataclass(frozen=True, slots=True)
class _AnsweredPart:
    number: int
    check: Check
    record: bool


@dataclass(frozen=True, slots=True)
class BulkCheckPart:
    """Answers the checks on the lines, and stores those that ask to be recorded."""

    check: CheckStatements
    read: ReadCheck

    def prepare(self, job: Job, part: Part) -> tuple[list[_AnsweredPart], list[LineResult]]:
        numbered_requests: list[tuple[int, CheckRequest]] = []
        rejected: list[LineResult] = []
        for line in part.lines:
            try:
                numbered_requests.append((line.number, self.read(line.raw)))
            except (InvalidInput, NotJson) as error:
                rejected.append(LineResult(line.number, problem=str(error)))
        requests = [replace(request, record=False) for _, request in numbered_requests]
        checks = self.check(requests, job.organisation) if requests else []
        answered = zip(numbered_requests, checks, strict=True)
        return [_AnsweredPart(number, check, request.record) for (number, request), check in answered], rejected

    def commit(
        self, tx: Transaction, job: Job, prepared: tuple[list[_AnsweredPart], list[LineResult]]
    ) -> CompletedPart:
        answered, rejected = prepared
        counts: Counter[str] = Counter()
        for line in answered:
            counts["answered"] += 1
            counts["flagged"] += line.check.flagged
            if line.record:
                self.check.record(tx, job.organisation, line.check)
        if rejected:
            counts[REJECTED] = len(rejected)
        answers = (LineResult(line.number, answer=line.check) for line in answered)
        return CompletedPart(counts, [*answers, *rejected])

    def after_commit(self) -> None:
        """Does nothing: checks need no follow-up."""


def answers_of(results: list[LineResult]) -> Iterator[tuple[int, Check | str]]:
    """Checks of a bulk job by line number, or the faults of the line."""
    for result in results:
        yield result.number, result.answer or result.problem or ""
