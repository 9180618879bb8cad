"""The `refrain` command."""

from typing import Annotated

import typer

from app.cli.access import keys, organisations
from app.cli.accounts import accounts
from app.cli.archive import demo, import_, imports, migrate, reindex
from app.cli.audit import audit
from app.cli.checking import check
from app.cli.erase import erase
from app.cli.exporting import export
from app.cli.mcp import mcp
from app.cli.measuring import calibrate, evaluate
from app.cli.serve import serve, work
from app.cli.suggesting import suggest
from app.cli.upkeep import backup, restore, verify

cli = typer.Typer(name="refrain", no_args_is_help=True, add_completion=False, rich_markup_mode=None)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"refrain {version('refrain')}")
        raise typer.Exit


@cli.callback(help=__doc__)
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[
        bool, typer.Option("--debug", help="Print where in the program an unexpected error arose.")
    ] = False,
) -> None:
    """Options of every command. `--debug` is read by `app.cli.run`, which meets the error."""


for _function in (
    serve,
    work,
    check,
    suggest,
    evaluate,
    calibrate,
    migrate,
    reindex,
    verify,
    backup,
    restore,
    export,
    demo,
    mcp,
):
    cli.command()(_function)
cli.command("import")(import_)
cli.add_typer(imports, name="imports")
cli.add_typer(keys, name="keys")
cli.add_typer(organisations, name="organisations")
cli.add_typer(accounts, name="accounts")
cli.add_typer(audit, name="audit")
cli.add_typer(erase, name="erase")
