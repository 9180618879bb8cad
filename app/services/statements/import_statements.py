"""Import of statements from lines: valid ones are recorded, others reported; safe to repeat."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Protocol

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.core.errors import RefrainError
from app.domain.statements.statements import NarrativeDraft, StatementDraft
from app.services.narratives.edit_narrative import EditNarrative
from app.services.search.index_sync import IndexSync
from app.services.statements.record_statements import Outcome, Recorded, RecordStatements

LINES_AT_ONCE = 2_048
"""Lines embedded together: what an interruption loses at most, and does again next time."""


class ReadLine(Protocol):
    """A line as the readers of `app/formats` yield it."""

    @property
    def number(self) -> int: ...
    @property
    def draft(self) -> StatementDraft | None: ...
    @property
    def narrative(self) -> NarrativeDraft | None: ...
    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Rejected:
    """Rejected line."""

    file: str
    number: int
    reason: str


@dataclass(slots=True)
class ImportReport:
    """Report of an import: counts of lines by outcome, and the rejected lines."""

    outcomes: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    narratives: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    def count(self, writing: "Future[list[Recorded]] | None") -> None:
        """Adds the outcomes of lines that are being written, once they are. Raises what their writing raised."""
        for recorded in writing.result() if writing else ():
            self.outcomes[recorded.outcome] += 1


@dataclass(frozen=True, slots=True)
class ImportStatements:
    """Records lines some thousand at a time, so that an interrupted import goes on where it stopped.

    While some are written, the next are embedded: the encoder never waits for the database.
    """

    record: RecordStatements
    narratives: EditNarrative
    archive: IndexSync

    def __call__(
        self,
        lines: Iterable[tuple[str, ReadLine]],
        progress: Callable[[int], None] = lambda _: None,
        owner: Organisation | None = None,
    ) -> ImportReport:
        """Records lines, each with the name of its file. `progress` is called with the number of lines done since.

        With an `owner` what is recorded is private to it.
        """
        report = ImportReport()
        waiting = iter(lines)
        with ThreadPoolExecutor(1, "import-writes") as writer:
            writing: Future[list[Recorded]] | None = None
            while batch := list(itertools.islice(waiting, LINES_AT_ONCE)):
                drafts = self._drafts(batch, report, owner)
                embedded = _Counter(progress)
                prepared = self.record.prepare(drafts, embedded)
                report.count(writing)
                writing = writer.submit(self.record.commit_in_pieces, prepared)
                progress(len(batch) - embedded.count)
            report.count(writing)
        self.archive.save()
        return report

    def _drafts(
        self, lines: Sequence[tuple[str, ReadLine]], report: ImportReport, owner: Organisation | None
    ) -> list[StatementDraft]:
        """Drafts of the lines; narratives are recorded at once, and unreadable lines are reported."""
        drafts = []
        for file, line in lines:
            if line.draft:
                drafts.append(
                    replace(line.draft, owner=owner.key if owner else None, contributor=Contributor.of(owner))
                )
            elif line.narrative:
                self._narrative(file, line.number, line.narrative, report, owner)
            else:
                report.rejected.append(Rejected(file, line.number, line.reason or "cannot be read"))
        return drafts

    def _narrative(
        self, file: str, number: int, draft: NarrativeDraft, report: ImportReport, owner: Organisation | None
    ) -> None:
        private = replace(draft, owner=owner.key if owner else None, contributor=Contributor.of(owner))
        try:
            self.narratives.record(private, owner, create_parent=True)
            report.narratives += 1
        except RefrainError as error:
            report.rejected.append(Rejected(file, number, str(error)))


@dataclass(slots=True)
class _Counter:
    """Passes progress on and keeps the total."""

    progress: Callable[[int], None]
    count: int = 0

    def __call__(self, more: int) -> None:
        self.count += more
        self.progress(more)
