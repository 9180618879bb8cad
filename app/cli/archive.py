"""Commands that write the archive or its index: `import`, `imports`, `migrate`, `reindex` and `demo`."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import err, out
from app.cli.opening import embed_missing, import_path, open_services
from app.cli.reader_language import reader_languages
from app.cli.run import UsageError
from app.formats.file_format import Format
from app.formats.lines import Unreadable

_MOST_APPEARANCES = 1_000


class FutureDates(StrEnum):
    """What becomes of lines with a date in the future."""

    KEEP = "keep"
    REJECT = "reject"


class DateOrder(StrEnum):
    """Order of day and month in dates such as 4/2/2023."""

    DMY = "dmy"
    MDY = "mdy"


def import_(
    path: Annotated[Path, typer.Argument(help="A file, or a folder with corpus.jsonl or an archive of X.")],
    format_: Annotated[
        Format, typer.Option("--format", help="How the file is written; by itself its content decides.")
    ] = Format.AUTO,
    private: Annotated[
        str | None, typer.Option(metavar="ORGANISATION", help="Seen and found by this organisation alone.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Encoding of a table or a page, such as cp1251; by itself it is found out.")
    ] = None,
    columns: Annotated[
        list[str] | None, typer.Option("--map", metavar="FIELD=COLUMN", help="What a column holds: date=Datum.")
    ] = None,
    dates: Annotated[DateOrder | None, typer.Option(help="Order of day and month in dates such as 4/2/2023.")] = None,
    future: Annotated[FutureDates, typer.Option(help="Lines with a date in the future.")] = FutureDates.KEEP,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report what would happen, and record nothing.")] = False,
) -> None:
    """Read statements into the archive. Safe to repeat; exit code 2 when lines were rejected."""
    from app.formats.columns import mapping_of
    from app.formats.lines import ReadOptions
    from app.settings import load_settings

    settings = load_settings()
    if not path.exists():
        raise Unreadable(f"{path} is not there")
    try:
        mapped = mapping_of(columns or [])
    except Unreadable as error:
        raise UsageError(f"--map {error}") from error
    day_first = None if dates is None else dates is DateOrder.DMY
    services = open_services(settings)
    owner = services.manage_organisations.get(private) if private else None
    options = ReadOptions(encoding, mapped, day_first)
    reject_future = future is FutureDates.REJECT
    rejected = import_path(services, path, format_, owner, options, dry_run=dry_run, reject_future=reject_future)
    raise typer.Exit(2 if rejected else 0)


imports = typer.Typer(help="Imports, and undoing them.", no_args_is_help=True, rich_markup_mode=None)


@imports.command("list")
def list_imports(limit: Annotated[int, typer.Option(min=1, max=1_000, help="How many.")] = 20) -> None:
    """List imports, the newest first."""
    from app.cli import import_output
    from app.settings import load_settings
    from app.wiring import build

    import_output.imports(out, build(load_settings()).undo_import.find(None, limit))


@imports.command("undo")
def undo_import(import_id: Annotated[str, typer.Argument(help="Its id, as `refrain imports list` prints it.")]) -> None:
    """Take out what an import alone brought. What others refer to stays, and is named."""
    from app.cli import import_output
    from app.settings import load_settings

    services = open_services(load_settings())
    import_output.undone(err, services.undo_import(import_id))
    services.archive.save()


def migrate() -> None:
    """Bring the database schema up to date, as every command does."""
    from app.admin_wiring import open_store
    from app.settings import load_settings

    open_store(load_settings())
    err.print("The schema is up to date.")


def reindex(
    to: Annotated[
        str | None, typer.Option(metavar="URL", help="Move to this engine, as REFRAIN_INDEX_URL names it.")
    ] = None,
    embedder: Annotated[
        str | None, typer.Option(metavar="SPEC", help="Move to this embedder, as REFRAIN_EMBEDDER names it.")
    ] = None,
    drop_old: Annotated[
        bool, typer.Option("--drop-old", help="Delete the indexes and vectors that are not in force any more.")
    ] = False,
) -> None:
    """Embed what has no vector yet, and build the index anew from stored vectors; or move it, while services run.

    A move fills the new index beside the old one, compares them, and puts it in force, which services notice within
    seconds. It may be interrupted and run again. Exit code 1: something was wrong, and nothing was switched.
    """
    from app.cli.moving import drop_former, move
    from app.settings import load_settings
    from app.wiring import build

    settings = load_settings()
    if drop_old and (to is not None or embedder is not None):
        raise UsageError("--drop-old goes alone: run it when all services search the new index")
    if drop_old:
        return drop_former(settings)
    if to is not None or embedder is not None:
        return move(settings, to, embedder)
    services = build(settings)
    embed_missing(services)
    services.archive.rebuild()
    err.print(f"The index holds {services.archive.size:,} statements.")
    return None


def demo() -> None:
    """Load the sample archive and check one statement against it."""
    from app.cli import check_output
    from app.cli.demo import demo_statement
    from app.domain.checks.checks import CheckRequest
    from app.settings import load_settings
    from app.wiring import SAMPLE

    services = open_services(load_settings())
    import_path(services, SAMPLE, Format.AUTO)
    statement, said_at = demo_statement()
    request = CheckRequest(text=statement, said_at=said_at, limit=8, record=False)
    languages = reader_languages()
    [answer] = services.check_statements([request], accept_languages=languages)
    phrases = services.texts.for_language(languages)
    check_output.check(out, phrases, answer)
    for history in answer.narratives[:1]:
        check_output.print_timeline(out, phrases, answer, services.narrative_timeline(history.id, 0, _MOST_APPEARANCES))
