"""Imports from the desk: files are looked at before anything is stored, then taken in; and the imports so far."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Annotated, Any, Final

from fastapi import Query, Request
from fastapi.responses import RedirectResponse
from starlette.datastructures import UploadFile
from starlette.responses import Response

from app.domain.access.keys import Organisation
from app.domain.core.errors import InvalidInput, RefrainError
from app.domain.jobs.jobs import Job, JobKind, JobState
from app.domain.statements.imports import Import
from app.services import Services
from app.services.jobs.accept_file import FileChoices, TextColumnMissing
from app.services.jobs.preview_file import FilePreview, fault_of
from app.web.deps import TheServices
from app.web.pages import flash
from app.web.pages.access.session import AnAnalyst, SignedIn, pages
from app.web.pages.jobs.import_form import ENCODINGS, FIELDS, MOST_FILES, FileOptions, TheForm
from app.web.pages.rendering import is_partial, messages_of, render
from index.processor_budget import ProcessorBudgetExceeded

router = pages()

UPLOADS: Final = ("/imports", "/imports/preview")
"""Paths that take files as large as the API does."""
_LISTED: Final = 25
_JOBS: Final = 100
_BLOCK: Final = 256 * 1024
_LONGEST_SUFFIX: Final = 10


@dataclass(frozen=True, slots=True)
class ListedImport:
    """Import in the list: `state` is that of its job, `undone`, or `done` where the job is forgotten."""

    what: Import
    state: str
    by: str | None


@dataclass(frozen=True, slots=True)
class PreviewedFile:
    """Preview of a file with what was said of it."""

    options: FileOptions
    preview: FilePreview

    @property
    def columns(self) -> Sequence[tuple[str, Sequence[str], str, str]]:
        """Columns of a table: name, first values, the field that it holds, and that which it was understood as without
        having been told."""
        fields = self.preview.columns.fields
        names = dict.fromkeys([*self.preview.columns.samples, *fields])
        return [
            (
                name,
                self.preview.columns.samples.get(name, ()),
                self.options.columns.get(name) or fields.get(name, ""),
                "" if name in self.options.columns else fields.get(name, ""),
            )
            for name in names
        ]

    def fields_for(self, field: str) -> Sequence[str]:
        """Fields that a column may be said to hold, with the one that it holds."""
        return FIELDS if not field or field in FIELDS else (field, *FIELDS)


@router.get("/imports")
def imports(
    request: Request, services: TheServices, analyst: AnAnalyst, before: Annotated[int | None, Query(ge=1)] = None
) -> Response:
    """The form, and the organisation's imports, the newest first."""
    return _page(request, services, analyst, before=before)


@router.post("/imports/preview")
def preview(request: Request, services: TheServices, analyst: AnAnalyst, form: TheForm) -> Response:
    """The preview of the files' import; nothing is stored."""
    if fault := _fault_of(request, form.files):
        return _page(request, services, analyst, status=422, fault=fault)
    previewed = []
    for file, name, options in form.files:
        with _on_disk(file, name) as kept:
            choices = options.choices(name, file.content_type)
            found = services.preview_file(
                Path(kept.name), choices, analyst.organisation, private=form.private, cut=form.cut
            )
            previewed.append(PreviewedFile(options, found))
    return _page(request, services, analyst, previewed=previewed, private=form.private)


@router.post("/imports")
def start_import(
    request: Request,
    services: TheServices,
    analyst: AnAnalyst,
    form: TheForm,
    dry_run: Annotated[bool, Query()] = False,
) -> Response:
    """Takes the files in, each as an import of its own; with `dry_run` they are read to their ends and not stored."""
    if fault := _fault_of(request, form.files):
        return _page(request, services, analyst, status=422, fault=fault)
    begun: list[Job] = []
    faults: dict[str, str] = {}
    for file, name, options in form.files:
        try:
            with _on_disk(file, name) as kept:
                begun.append(
                    _store(
                        services,
                        analyst.organisation,
                        Path(kept.name),
                        options.choices(name, file.content_type),
                        private=form.private,
                        dry_run=dry_run,
                        reject_future=options.reject_future,
                    )
                )
        except (InvalidInput, ProcessorBudgetExceeded, RefrainError) as error:
            faults[name] = _reason(request, error)
    if faults:
        return _page(request, services, analyst, status=422, faults=faults, begun=begun)
    to = f"/imports/{begun[0].id}" if len(begun) == 1 else "/imports"
    answer: Response = Response(headers={"HX-Redirect": to}) if is_partial(request) else RedirectResponse(to, 303)
    if len(begun) > 1:
        flash.set_notice(answer, flash.Notice("imports-begun", {"count": len(begun)}))
    return answer


def _store(
    services: Services,
    organisation: Organisation,
    path: Path,
    choices: FileChoices,
    *,
    private: bool,
    dry_run: bool,
    reject_future: bool,
) -> Job:
    """Stores a file as a job. Raises `InvalidInput`, `Conflict`, `TooLarge`."""
    begin = partial(
        services.accept_upload.begin,
        JobKind.IMPORT,
        organisation,
        choices.name,
        private=private,
        dry_run=dry_run,
        reject_future=reject_future,
    )
    if not services.accept_file.files.is_lines(path, choices):
        return services.accept_file(path, choices, begin)
    receiving = begin()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                receiving.put(block)
        return receiving.finish({"format": "JSON lines"})
    except BaseException:
        receiving.abort()
        raise


@contextmanager
def _on_disk(file: UploadFile, name: str) -> Iterator[IO[bytes]]:
    """The file under a path, with the end of its name, until the block ends."""
    suffix = Path(name).suffix
    usual = suffix.isascii() and suffix[1:].isalnum() and len(suffix) < _LONGEST_SUFFIX
    with tempfile.NamedTemporaryFile(suffix=suffix if usual else "") as kept:
        file.file.seek(0)
        shutil.copyfileobj(file.file, kept, _BLOCK)
        kept.flush()
        yield kept


def _fault_of(request: Request, files: Sequence[tuple[UploadFile, str, FileOptions]]) -> str | None:
    say = messages_of(request).format_message
    if not files:
        return say("imports-no-file")
    if len(files) > MOST_FILES:
        return say("imports-too-many-files", most=MOST_FILES)
    for _, name, options in files:
        if options.duplicate_field:
            return say("imports-field-twice", name=name, field=say("imports-field", field=options.duplicate_field))
    return None


def _reason(request: Request, error: Exception) -> str:
    if isinstance(error, TextColumnMissing):
        return messages_of(request).format_message("imports-needs-text")
    return messages_of(request).reason(fault_of(error))


def _page(
    request: Request,
    services: Services,
    analyst: SignedIn,
    *,
    before: int | None = None,
    status: int = 200,
    previewed: Sequence[PreviewedFile] = (),
    fault: str | None = None,
    faults: Mapping[str, str] | None = None,
    begun: Sequence[Job] = (),
    private: bool = False,
) -> Response:
    listed: list[ListedImport] = []
    more = False
    if not is_partial(request):
        found = services.undo_import.find(before, _LISTED + 1, analyst.organisation)
        listed, more = _listed(services, analyst, found[:_LISTED]), len(found) > _LISTED
    values: dict[str, Any] = {"listed": listed, "more": more, "before": before}
    return render(
        request,
        "imports/list.html",
        part="understood",
        status=status,
        previewed=previewed,
        fault=fault,
        faults=faults or {},
        begun=begun,
        private=private,
        encodings=ENCODINGS,
        most_bytes=request.app.state.upload_bytes,
        **values,
    )


def _listed(services: Services, analyst: SignedIn, found: Sequence[Import]) -> list[ListedImport]:
    jobs = services.run_jobs.find(analyst.organisation, JobKind.IMPORT, None, _JOBS)
    states = {job.id: job.state for job in jobs}
    by = services.undo_import.started_by([one.id for one in found])
    return [ListedImport(one, _state(one, states.get(one.id)), by.get(one.id)) for one in found]


def _state(one: Import, state: JobState | None) -> str:
    if one.undone_at:
        return "undone"
    return state.value if state else "done"
