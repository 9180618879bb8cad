"""`refrain reindex --to`, `--embedder` and `--drop-old`: moving an archive to another engine or embedder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from app.cli.console import err, progress

if TYPE_CHECKING:
    from app.settings import Settings


def move(settings: Settings, to: str | None, embedder: str | None) -> None:
    """Moves to an engine or an embedder or both; None: as it is. Ends with exit code 1 where nothing was switched."""
    from app.admin_wiring import now
    from app.services.search.move_index import MoveIndex
    from app.wiring import build

    old = build(settings)
    before = old.chosen_index
    url = before.index_url if to is None else to.strip()
    changed = {"index_url": url, "embedder": before.embedder if embedder is None else embedder.strip()}
    new = build(settings.model_copy(update=changed), as_set=True)
    if new.chosen_index == before:
        err.print(f"The archive is there already: {_named(*before[:2])}.")
        return
    with progress() as track:
        moved = MoveIndex(old, new, now, track("Embedding", new.archive.backlog()))()
    old.store.close()
    new.store.close()
    if moved.faults:
        for fault in moved.faults:
            err.print(f"{fault[0].upper()}{fault[1:]}.", soft_wrap=True)
        err.print(f"Nothing was switched: {_named(*before[:2])} is searched as before.", soft_wrap=True)
        raise typer.Exit(1)
    alike = "" if moved.alike is None else f", {moved.alike:.1%} of the nearest statements are the same"
    err.print(
        f"{_named(*new.chosen_index[:2])} is in force with {moved.statements:,} statements; {moved.sampled:,} compared"
        f"{alike}. Services take it up within seconds. The old index is kept: go back to it with refrain reindex "
        f"--to {before.index_url}{_option(before.embedder, changed['embedder'])}, or delete it with refrain reindex "
        f"--drop-old.",
        soft_wrap=True,
    )


def drop_former(settings: Settings) -> None:
    """Deletes indexes that are not in force, and the vectors of other embedders."""
    from app.index_wiring import drop_index
    from app.wiring import build

    services = build(settings)
    with services.store.reading() as tx:
        known = tx.index_choices.all()
    if not known:
        err.print("There is no old index.")
        return
    in_force, *former = known
    dropped = {index for index in former if (index.index_url, index.name) != (in_force.index_url, in_force.name)}
    for index in dropped:
        drop_index(settings, index)
    with services.store.writing() as tx:
        tx.index_choices.forget_former()
        vectors = tx.index_choices.forget_vectors_but(in_force.fingerprint)
    services.store.close()
    err.print(f"Old indexes deleted: {len(dropped)}; stored vectors of other embedders: {vectors:,}.")


def _named(url: str, embedder: str) -> str:
    return f"{url} with the embedder {embedder or 'default'}"


def _option(embedder: str, other: str) -> str:
    return "" if embedder == other else f" --embedder {embedder or 'default'}"
