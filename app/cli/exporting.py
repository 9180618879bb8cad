"""`refrain export`: the archive, a narrative or flags, as a file or on standard output."""

import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.console import err
from app.cli.run import UsageError
from app.domain.exports.formats import ExportFormat

if TYPE_CHECKING:
    from app.domain.access.keys import Organisation
    from app.services.access.manage_organisations import ManageOrganisations
    from app.services.exports.export_records import Export, ExportRecords


def export(
    export_format: Annotated[ExportFormat, typer.Argument(metavar="FORMAT", help="How to write it.")],
    narrative: Annotated[
        str | None, typer.Option(help="This narrative and those below it; id, external id or title.")
    ] = None,
    flag: Annotated[str | None, typer.Option(metavar="ID", help="This flag, with its precedents.")] = None,
    flags: Annotated[bool, typer.Option("--flags", help="All flags of the organisation.")] = False,
    organisation: Annotated[
        str | None,
        typer.Option(help="As this organisation sees it; default: what is shared, and flags of the only one."),
    ] = None,
    to: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Default: standard output.")] = None,
) -> None:
    """Write the archive, or a part of it, in a format of the field. The same archive gives the same bytes.

    `refrain import` reads back jsonl without a loss; docs/interchange.md says what the others leave out.
    """
    from app.admin_wiring import open_exports
    from app.settings import load_settings

    if sum((narrative is not None, flag is not None, flags)) > 1:
        raise UsageError("--narrative, --flag and --flags exclude each other: choose one")
    settings = load_settings()
    exports, organisations = open_exports(settings)
    viewer = organisations.get(organisation) if organisation else None
    found = _found(exports, organisations, viewer, narrative, flag, flags=flags)
    pieces = exports.chunks(replace(found, base_url=settings.public_url.rstrip("/")), export_format)
    if to is None:
        try:
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        except BrokenPipeError:  # whoever reads has seen enough; nothing is left to be flushed at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
    else:
        _write(to, pieces)
        err.print(f"Written to {to}.", soft_wrap=True)


def _found(
    exports: "ExportRecords",
    organisations: "ManageOrganisations",
    viewer: "Organisation | None",
    narrative: str | None,
    flag: str | None,
    *,
    flags: bool,
) -> "Export":
    from app.services.desk.ports import FlagFilter
    from app.services.statements.ports import StatementFilter

    if narrative is not None:
        return exports.narrative(narrative, viewer)
    if flag is None and not flags:
        return exports.statements(StatementFilter(), viewer)
    owner = viewer or _only(organisations)
    return exports.flags(FlagFilter(), owner) if flag is None else exports.flag(flag, owner)


def _only(organisations: "ManageOrganisations") -> "Organisation":
    found = organisations.all()
    if len(found) != 1:
        raise UsageError("flags belong to an organisation: say which one with --organisation")
    return found[0]


def _write(to: Path, pieces: Iterator[bytes]) -> None:
    """Writes a file that appears when all is in it."""
    unfinished = to.with_name(f"{to.name}.unfinished")
    try:
        with unfinished.open("wb") as file:
            file.writelines(pieces)
        unfinished.replace(to)
    except OSError as error:
        raise UsageError(f"cannot write {to}: {error.strerror}") from error
    finally:
        unfinished.unlink(missing_ok=True)
