"""Import of statements from lines: valid ones are recorded, others reported; safe to repeat."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from uuid import uuid4

from app.domain.access.contributors import Contributor
from app.domain.access.keys import Organisation
from app.domain.core.errors import RefrainError
from app.domain.statements.imports import Import
from app.domain.statements.statements import NarrativeDraft, StatementDraft
from app.services.narratives.edit_narrative import EditNarrative
from app.services.ports import Clock, Store
from app.services.search.index_sync import IndexSync
from app.services.statements.import_report import FUTURE_DATE, ImportReport, ReadLine, has_future_date
from app.services.statements.merge_drafts import Outcome
from app.services.statements.record_statements import Recorded, RecordStatements

LINES_AT_ONCE = 2_048
"""Lines embedded together: what an interruption loses at most, and does again next time."""


@dataclass(frozen=True, slots=True)
class ImportStatements:
    """Records lines some thousand at a time, so that an interrupted import goes on where it stopped.

    While some are written, the next are embedded: the encoder never waits for the database.
    """

    record: RecordStatements
    narratives: EditNarrative
    archive: IndexSync
    store: Store
    clock: Clock

    def __call__(
        self,
        lines: Iterable[tuple[str, ReadLine]],
        progress: Callable[[int], None] = lambda _: None,
        owner: Organisation | None = None,
        name: str | None = None,
        *,
        reject_future: bool = False,
    ) -> ImportReport:
        """Records lines, each with the name of its file. `progress` is called with the number of lines done since.
        `reject_future`: those dated after now are rejected.

        With an `owner` what is recorded is private to it. With a `name` the import is noted, and can be undone.
        """
        report = ImportReport()
        imported = self._begin(report, name)
        waiting = iter(lines)
        try:
            with ThreadPoolExecutor(1, "import-writes") as writer:
                writing: Future[list[Recorded]] | None = None
                while batch := list(itertools.islice(waiting, LINES_AT_ONCE)):
                    drafts = self._drafts(batch, report, owner, reject_future=reject_future)
                    embedded = _Counter(progress)
                    prepared = self.record.prepare(drafts, embedded)
                    report.count(writing)
                    writing = writer.submit(self.record.commit_in_pieces, prepared, imported)
                    progress(len(batch) - embedded.count)
                report.count(writing)
        finally:
            if report.id:
                with self.store.writing() as tx:
                    tx.imports.finish(report.id, self.clock(), report.counts)
        self.archive.save()
        return report

    def dry_run(
        self,
        lines: Iterable[tuple[str, ReadLine]],
        progress: Callable[[int], None] = lambda _: None,
        owner: Organisation | None = None,
        *,
        reject_future: bool = False,
    ) -> ImportReport:
        """The report that importing these lines would have; nothing is recorded."""
        report = ImportReport()
        seen: set[str] = set()
        waiting = iter(lines)
        while batch := list(itertools.islice(waiting, LINES_AT_ONCE)):
            drafts = self._drafts(batch, report, owner, dry_run=True, reject_future=reject_future)
            for draft, outcome in zip(drafts, self.record.preview(drafts, owner), strict=True):
                again = outcome is Outcome.NEW and draft.identity in seen
                report.outcomes[Outcome.UNCHANGED if again else outcome] += 1
                seen.add(draft.identity)
            progress(len(batch))
        return report

    def _begin(self, report: ImportReport, name: str | None) -> int | None:
        """Key of the import in the archive, where it is to be noted."""
        if name is None:
            return None
        report.id = str(uuid4())
        with self.store.writing() as tx:
            return tx.imports.add(Import(0, report.id, name, self.clock()))

    def _drafts(
        self,
        lines: Sequence[tuple[str, ReadLine]],
        report: ImportReport,
        owner: Organisation | None,
        *,
        dry_run: bool = False,
        reject_future: bool = False,
    ) -> list[StatementDraft]:
        """Drafts of the lines; narratives are recorded at once, and unreadable lines are reported."""
        drafts = []
        now = self.clock()
        for file, line in lines:
            report.lines.count(line, f"{file}, {line.place or f'line {line.number}'}", now)
            if line.draft and reject_future and has_future_date(line.draft, now):
                report.reject(file, line, FUTURE_DATE)
            elif line.draft:
                drafts.append(
                    replace(line.draft, owner=owner.key if owner else None, contributor=Contributor.of(owner))
                )
            elif line.narrative:
                if dry_run:
                    report.narratives += 1
                else:
                    self._narrative(file, line, line.narrative, report, owner)
            elif not line.skipped:
                report.reject(file, line, line.reason or "cannot be read")
        return drafts

    def _narrative(
        self, file: str, line: ReadLine, draft: NarrativeDraft, report: ImportReport, owner: Organisation | None
    ) -> None:
        private = replace(draft, owner=owner.key if owner else None, contributor=Contributor.of(owner))
        try:
            self.narratives.record(private, owner, create_parent=True)
            report.narratives += 1
        except RefrainError as error:
            report.reject(file, line, str(error))


@dataclass(slots=True)
class _Counter:
    """Passes progress on and keeps the total."""

    progress: Callable[[int], None]
    count: int = 0

    def __call__(self, more: int) -> None:
        self.count += more
        self.progress(more)
