"""`refrain verify`, `refrain backup` and `refrain restore`: is everything there, and is there a copy of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.cli.console import err

if TYPE_CHECKING:
    from app.services.search.verify_archive import Verification
    from app.store.backup.manifest import Manifest


def verify(
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be made anew from the statements.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Compare the database, its vectors and counters, and the index with each other; exit code 1 when not all is right.

    The service may run meanwhile. Of the statements a hundred are embedded again each time, chosen by chance.
    """
    from app.services.search.verify_archive import VerifyArchive
    from app.settings import load_settings
    from app.wiring import build

    services = build(load_settings())
    verifying = VerifyArchive(services.store, services.encoder, services.archive)
    with _progress("Verifying") as progress:
        result = verifying(repair=repair, progress=progress)
    services.store.close()
    if as_json:
        print(_as_json(result))
    else:
        _print(result)
    raise typer.Exit(0 if result.sound else 1)


def backup(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder; it appears when all is in it.")],
) -> None:
    """Back up the whole archive while the service runs. It holds the secrets of webhooks: keep it as safe as those."""
    from app.admin_wiring import take_backup
    from app.settings import load_settings

    with _progress("Copying") as progress:
        made = take_backup(load_settings(), folder, progress)
    err.print(f"{_contents(made)} are in {folder}.", soft_wrap=True)


def restore(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What refrain backup wrote.")],
    replace: Annotated[bool, typer.Option("--replace", help="In the place of the archive that is there.")] = False,
) -> None:
    """Put a backup into the database that the settings name, SQLite or PostgreSQL, while no service has it open."""
    from app.admin_wiring import restore_backup
    from app.settings import load_settings

    with _progress("Restoring") as progress:
        restored = restore_backup(load_settings(), folder, progress, replace=replace)
    err.print(f"{_contents(restored)} are restored, as of {restored.created_at:%Y-%m-%d %H:%M:%S} UTC.", soft_wrap=True)


def _contents(of: Manifest) -> str:
    return ", ".join(f"{of.counts.get(name, 0):,} {name}" for name in ("statements", "checks", "reviews"))


@contextmanager
def _progress(title: str) -> Iterator[Callable[[int], None]]:
    from rich.progress import Progress

    with Progress(console=err, transient=True, disable=not err.is_terminal) as progress:
        task = progress.add_task(title, total=None)
        yield lambda more: progress.advance(task, more)


def _as_json(result: Verification) -> str:
    return json.dumps({"sound": result.sound, **asdict(result)}, indent=2)


def _print(result: Verification) -> None:
    for fault in result.faults:
        print(f"{fault.sentence}{' Mended.' if fault.mended else ''}")
    if any(fault.kind == "damage" for fault in result.faults):
        print("Stop the service and restore a backup: refrain restore DIR --replace")
        return
    again = "" if result.lowest_cosine is None else f", lowest cosine {result.lowest_cosine:.4f}"
    print(f"{result.statements:,} statements, {result.indexed:,} in the index; {result.sampled} embedded again{again}.")
    if not result.sound:
        print("Mend it with: refrain verify --repair")
    elif not result.faults:
        print("All is as it should be.")
