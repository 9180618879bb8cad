"""Opens the services and the database for a command, and says so where what it opens is new or empty."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from app.cli.console import err, progress

if TYPE_CHECKING:
    from app.domain.access.keys import Organisation
    from app.formats.file_format import Format
    from app.formats.lines import ReadOptions
    from app.services import Services
    from app.settings import Settings

_REJECTED_SHOWN = 20
_DEMO = Path("data/demo")
"""Data folder of `make demo` and `make run`, from the folder of the source."""


def open_services(settings: Settings) -> Services:
    """Builds the services, with their index loaded and nothing left to embed."""
    from app.wiring import build

    services = build(settings)
    services.archive.open()
    embed_missing(services)
    return services


def embed_missing(services: Services) -> None:
    """Encodes the statements that have no vector yet."""
    pending = services.archive.backlog()
    if pending:
        with progress() as track:
            services.archive.backfill(track("Embedding", pending))
    else:
        services.archive.backfill()


def import_path(
    services: Services,
    path: Path,
    format_: Format,
    owner: Organisation | None = None,
    options: ReadOptions | None = None,
    *,
    dry_run: bool = False,
    reject_future: bool = False,
) -> int:
    """Imports a path and prints the outcomes; the number of rejected lines."""
    from app.cli import import_output
    from app.formats.lines import ReadOptions
    from app.formats.opening import line_count, open_path

    files = open_path(path, format_, options or ReadOptions())
    for file, opened in files:
        import_output.facts(err, file.name, opened.facts)
    lines = ((file.name, line) for file, opened in files for line in opened.lines)
    with progress() as track:
        if dry_run:
            advance = track("Reading", line_count(path))
            report = services.import_statements.dry_run(lines, advance, owner, reject_future=reject_future)
        else:
            advance = track("Importing", line_count(path))
            report = services.import_statements(lines, advance, owner, path.name, reject_future=reject_future)
    import_output.report(err, report, _REJECTED_SHOWN, dry_run=dry_run)
    return report.rejected_count


@contextmanager
def noting_new(settings: Settings) -> Iterator[bool]:
    """Surrounds the opening of an archive by a command that only reads: says so where that makes a new, empty one.

    Gives whether it is new.
    """
    new = not settings.database_url and not _database_of(settings.data_dir).exists()
    yield new
    if new:
        _say(f"there was no archive in the data folder {settings.data_dir}: a new, empty one was made there", settings)


def open_to_read(settings: Settings) -> Services:
    """The services, for a command that only reads the archive: says which one that is where it is new or empty."""
    with noting_new(settings) as new:
        services = open_services(settings)
    if services.archive.size == 0 and not new:
        where = (
            "that REFRAIN_DATABASE_URL names" if settings.database_url else f"in the data folder {settings.data_dir}"
        )
        _say(f"the archive {where} is empty: fill it with refrain import FILE", settings)
    return services


def _say(sentence: str, settings: Settings) -> None:
    """Prints a note, and where the demo's archive is when that is another."""
    elsewhere = _database_of(_DEMO).exists() and settings.data_dir.resolve() != _DEMO.resolve()
    demo = f". The demo's archive is another: REFRAIN_DATA_DIR={_DEMO} refrain …" if elsewhere else ""
    err.print(f"Note: {sentence}{demo}", soft_wrap=True)


def _database_of(data_dir: Path) -> Path:
    return data_dir / "refrain.sqlite3"
