"""Commands that write the archive or its index: `import`, `migrate`, `reindex` and `demo`."""

from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import err, out
from app.cli.opening import embed_missing, import_path, open_services
from app.cli.run import Misuse
from app.formats.file_format import Format
from app.formats.lines import Unreadable

_MOST_APPEARANCES = 1_000


def import_(
    path: Annotated[Path, typer.Argument(help="A file, or a folder with corpus.jsonl.")],
    format_: Annotated[Format, typer.Option("--format", help="How the file is written.")] = Format.AUTO,
    private: Annotated[
        str | None, typer.Option(metavar="ORGANISATION", help="Seen and found by this organisation alone.")
    ] = None,
) -> None:
    """Read statements into the archive. Safe to repeat; exit code 2 when lines were rejected."""
    from app.settings import load_settings

    settings = load_settings()
    if not path.exists():
        raise Unreadable(f"{path} is not there")
    services = open_services(settings)
    owner = services.manage_organisations.get(private) if private else None
    rejected = import_path(services, path, format_, owner)
    raise typer.Exit(2 if rejected else 0)


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
        raise Misuse("--drop-old goes alone: run it when all services search the new index")
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
    [answer] = services.check_statements([request])
    phrases = services.texts.for_language()
    check_output.check(out, phrases, answer)
    for history in answer.narratives[:1]:
        check_output.print_timeline(out, phrases, answer, services.narrative_timeline(history.id, 0, _MOST_APPEARANCES))
