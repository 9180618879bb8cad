"""`refrain verify`, `refrain backup` and `refrain restore`: is everything there, and is there a copy of it."""

import json
from dataclasses import asdict
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from app.services.search.verify_archive import SAMPLED, Verification, VerifyArchive
from app.settings import load_settings
from app.wiring import build

err = Console(stderr=True, highlight=False)


def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be made anew from the statements.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Compare the database, its vectors and counters, and the index with each other; exit code 1 when not all is right.

    The service may run meanwhile. Of the statements a hundred are embedded again each time, chosen by chance.
    """
    services = build(load_settings())
    verifying = VerifyArchive(services.store, services.encoder, services.archive)
    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task("Verifying", total=None)
        result = verifying(repair=repair, progress=lambda more: progress.advance(task, more))
    services.store.close()
    if json:
        print(_as_json(result))
    else:
        _print(result)
    raise typer.Exit(0 if result.sound else 1)


def _as_json(result: Verification) -> str:
    return json.dumps({"sound": result.sound, **asdict(result)}, indent=2)


def _print(result: Verification) -> None:
    for fault in result.faults:
        print(f"{fault.sentence}{' Mended.' if fault.mended else ''}")
    if any(fault.kind == "damage" for fault in result.faults):
        print("Stop the service and restore a backup: refrain restore DIR --replace")
        return
    again = "" if result.lowest_cosine is None else f", lowest cosine {result.lowest_cosine:.4f}"
    print(
        f"{result.statements:,} statements, {result.indexed:,} in the index; "
        f"{result.sampled} of at most {SAMPLED} embedded again{again}."
    )
    if not result.sound:
        print("Mend it with: refrain verify --repair")
    elif not result.faults:
        print("All is as it should be.")
