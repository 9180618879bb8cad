"""Background jobs: a file goes in, progress is reported, results come out."""

import json
import time
from collections.abc import Callable, Iterator
from typing import ClassVar, Generic, TypeVar

from refrain_client._sync.transport import Transport
from refrain_client.bodies import Lines, as_lines
from refrain_client.check_answers import Check
from refrain_client.decoding import decode
from refrain_client.errors import Problem
from refrain_client.service_answers import BulkCheck, BulkResult, Import, Job, Rejected, UndoneImport

J = TypeVar("J", bound=Job)
_MEDIA_TYPE = "application/x-ndjson"


class Jobs(Generic[J]):
    """Jobs of one kind."""

    _path: ClassVar[str]
    _kind: type[J]

    def __init__(self, to: Transport):
        self._to = to

    def get(self, job_id: str) -> J:
        """The progress of a job."""
        return decode(self._kind, self._to.ask("GET", (self._path, job_id)))

    def list(self) -> Iterator[J]:
        """Your organisation's jobs of the last days, the newest first."""
        return self._to.pages((self._path,), self._kind)

    def cancel(self, job_id: str) -> J:
        """Ends a job. What is done by then stays done."""
        return decode(self._kind, self._to.ask("POST", (self._path, job_id, "cancel")))

    def wait(
        self,
        job_id: str,
        *,
        on_progress: Callable[[J], object] | None = None,
        every_s: float = 1.0,
        most_s: float | None = None,
    ) -> J:
        """The job once it has ended, `done`, `cancelled` or `failed`. Raises `TimeoutError` after `most_s`."""
        began = time.monotonic()
        while True:
            job = self.get(job_id)
            if on_progress:
                on_progress(job)
            if job.ended:
                return job
            if most_s is not None and time.monotonic() - began + every_s > most_s:
                raise TimeoutError(f"{job.done} of {job.lines} lines are done after {most_s} seconds")
            time.sleep(every_s)

    def _create(self, lines: Lines, idempotency_key: str | None, **query: bool | str) -> J:
        content = (_MEDIA_TYPE, as_lines(lines))
        answer = self._to.ask("POST", (self._path,), query=query, content=content, idempotency_key=idempotency_key)
        return decode(self._kind, answer)


class Imports(Jobs[Import]):
    """Many statements at once."""

    _path = "imports"
    _kind = Import

    def create(
        self,
        lines: Lines,
        *,
        private: bool = False,
        dry_run: bool = False,
        reject_future: bool = False,
        idempotency_key: str | None = None,
    ) -> Import:
        """Sends a file of JSON lines, or a mapping a line: up to 100,000 statements; `dry_run` records nothing,
        `reject_future` leaves out what is dated after now."""
        future = {"future": "reject"} if reject_future else {}
        return self._create(lines, idempotency_key, private=private, dry_run=dry_run, **future)

    def undo(self, import_id: str) -> UndoneImport:
        """Takes out what an import alone brought; what others refer to stays, and is named."""
        return decode(UndoneImport, self._to.ask("DELETE", (self._path, import_id, "statements")))

    def rejected(self, import_id: str) -> Iterator[Rejected]:
        """Every line that was rejected, with the reason."""
        return self._to.pages((self._path, import_id, "rejected"), Rejected)


class BulkChecks(Jobs[BulkCheck]):
    """Many checks at once."""

    _path = "bulk-checks"
    _kind = BulkCheck

    def create(self, lines: Lines, *, idempotency_key: str | None = None) -> BulkCheck:
        """Sends a file of JSON lines, or a mapping a line, with the fields of a check: up to 100,000."""
        return self._create(lines, idempotency_key)

    def results(self, bulk_check_id: str) -> Iterator[BulkResult]:
        """The answers so far, in the order of the lines; all of them once the job is `done`."""
        for line in self._to.lines((self._path, bulk_check_id, "results")):
            said = json.loads(line)
            yield BulkResult(
                line=said["line"],
                check=decode(Check, said["check"]) if "check" in said else None,
                problem=Problem.of(said["problem"]) if "problem" in said else None,
            )
