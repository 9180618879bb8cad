"""Processing of the parts of a job: statements are recorded, checks are answered."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check, CheckRequest
from app.domain.checks.reviews import Actor
from app.domain.core.errors import InvalidInput, RefrainError
from app.domain.core.strict_json import NotJson
from app.domain.jobs.jobs import Job, LineResult, Part
from app.domain.statements.statements import NarrativeDraft, StatementDraft
from app.services.checks.check_statements import CheckStatements
from app.services.jobs.ports import ReadCheck
from app.services.jobs.run_jobs import CompletedPart
from app.services.narratives.edit_narrative import EditNarrative
from app.services.ports import Transaction
from app.services.statements.import_report import FUTURE_DATE, LineCounts, ReadLine, has_future_date
from app.services.statements.record_statements import Prepared, RecordStatements
from index.processor_budget import ProcessorBudget, ProcessorBudgetExceeded, processor_budget

REJECTED = "rejected"
SKIPPED = "skipped"
PART_BUDGET_S = 20.0
"""Processor time, in seconds, for the lines of a part together."""
LINE_BUDGET_S = 5.0
"""The same for one line, where they took too long together."""

Given = TypeVar("Given")
Done = TypeVar("Done")

ReadStatement = Callable[[int, bytes], ReadLine]
"""The draft on a line of that number, or the reason why there is none."""


@dataclass(frozen=True, slots=True)
class _Budgeted(Generic[Done]):
    """Results of the lines that kept to their budget, and why the others, by their place, did not."""

    done: Sequence[Done]
    costly: Mapping[int, str]

    def rejected(self, numbers: Sequence[int]) -> list[LineResult]:
        return [LineResult(numbers[place], problem=reason) for place, reason in self.costly.items()]


def _within_budget(lines: Sequence[Given], work: Callable[[Sequence[Given]], Sequence[Done]]) -> _Budgeted[Done]:
    """Works on all lines at once, and one by one where they take too long together, so that only costly ones fail."""
    try:
        with processor_budget(ProcessorBudget(PART_BUDGET_S)):
            return _Budgeted(work(lines), {})
    except ProcessorBudgetExceeded:
        pass
    done: list[Done] = []
    costly: dict[int, str] = {}
    for place, line in enumerate(lines):
        try:
            with processor_budget(ProcessorBudget(LINE_BUDGET_S)):
                done.extend(work([line]))
        except ProcessorBudgetExceeded as error:
            costly[place] = _too_costly(error)
    return _Budgeted(done, costly)


def _too_costly(error: ProcessorBudgetExceeded) -> str:
    return f"takes more than {error.seconds:g} seconds of processor time: cut it into shorter parts"


@dataclass(frozen=True, slots=True)
class _ReadPart:
    """Part of an import that was read: what is to be recorded, None for a dry run, of which the outcomes are known."""

    prepared: Prepared | None
    counts: Counter[str]
    rejected: list[LineResult]
    noticed: LineCounts


@dataclass(frozen=True, slots=True)
class ImportPart:
    """Records the statements on the lines, and narratives before them."""

    record: RecordStatements
    narratives: EditNarrative
    read: ReadStatement

    def prepare(self, job: Job, part: Part) -> "_ReadPart":
        owner = job.organisation.key if job.private else None
        contributor = Contributor.of(job.organisation)
        numbers: list[int] = []
        drafts: list[StatementDraft] = []
        rejected: list[LineResult] = []
        noticed = LineCounts()
        now = self.record.clock()
        for line in part.lines:
            try:
                with processor_budget(ProcessorBudget(LINE_BUDGET_S)):
                    read = self.read(line.number, line.raw)
            except ProcessorBudgetExceeded as error:
                rejected.append(LineResult(line.number, problem=_too_costly(error)))
                continue
            noticed.count(read, f"line {line.number}", now)
            if read.draft and job.rejects_future and has_future_date(read.draft, now):
                rejected.append(LineResult(line.number, problem=FUTURE_DATE))
            elif read.draft:
                numbers.append(line.number)
                drafts.append(replace(read.draft, owner=owner, contributor=contributor))
            elif read.narrative:
                if not job.dry_run:
                    rejected += self._narrative(line.number, replace(read.narrative, owner=owner), job.organisation)
            elif not read.skipped:
                rejected.append(LineResult(line.number, problem=read.reason))
        if job.dry_run:
            viewer = job.organisation if job.private else None
            outcomes = _within_budget(drafts, lambda some: self.record.preview(some, viewer))
            counts = Counter(outcome.value for outcome in outcomes.done)
            return _ReadPart(None, counts, [*rejected, *outcomes.rejected(numbers)], noticed)
        parts = _within_budget(drafts, lambda some: [self.record.prepare(some)])
        prepared = Prepared(
            [draft for part in parts.done for draft in part.drafts],
            {given: text for part in parts.done for given, text in part.texts.items()},
        )
        return _ReadPart(prepared, Counter(), [*rejected, *parts.rejected(numbers)], noticed)

    def _narrative(self, number: int, draft: NarrativeDraft, organisation: Organisation) -> list[LineResult]:
        """Records a narrative, which is safe to repeat; the line where it is rejected."""
        try:
            self.narratives.record(draft, organisation, create_parent=True)
        except RefrainError as error:
            return [LineResult(number, problem=str(error))]
        return []

    def commit(self, tx: Transaction, job: Job, prepared: "_ReadPart") -> CompletedPart:
        counts = prepared.counts
        if prepared.prepared is not None:
            by = Actor(job.organisation.id, job.organisation.name)
            which = tx.imports.by_id(job.id)
            imported = which.key if which else None
            recorded = self.record.commit_in(tx, prepared.prepared, changed_by=by, imported=imported)
            counts = Counter(one.outcome.value for one in recorded)
        if prepared.rejected:
            counts[REJECTED] = len(prepared.rejected)
        if skipped := sum(prepared.noticed.skipped.values()):
            counts[SKIPPED] = skipped
        return CompletedPart(counts, prepared.rejected, prepared.noticed.as_json())

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
        checks = _within_budget(requests, lambda some: self.check(some, job.organisation) if some else [])
        answered = [one for place, one in enumerate(numbered_requests) if place not in checks.costly]
        return (
            [
                _AnsweredPart(number, check, request.record)
                for (number, request), check in zip(answered, checks.done, strict=True)
            ],
            [*rejected, *checks.rejected([number for number, _ in numbered_requests])],
        )

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
