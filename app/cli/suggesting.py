"""`refrain suggest`: groups of statements that repeat each other and belong to no narrative."""

from typing import Annotated

import typer

from app.cli.console import err, out, progress
from app.cli.opening import open_to_read
from app.cli.reader_language import reader_languages
from app.domain.jobs.background_runs import RunKind


def suggest(
    organisation: Annotated[
        str | None, typer.Option(help="As this organisation sees it; default: what is shared.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=300, help="How many suggestions at most.")] = 20,
    json: Annotated[bool, typer.Option("--json", help="Print the suggestions as JSON.")] = False,
) -> None:
    """Look for new narratives now, and print what is suggested with what its statements have in common.

    It compares what is new since the last time; the first time in a large archive takes long, may be interrupted, and
    goes on where it stopped. Decide about suggestions on their page.
    """
    from app.cli import suggestion_output
    from app.cli.run import UsageError
    from app.settings import load_settings

    services = open_to_read(load_settings())
    viewer = services.manage_organisations.get(organisation) if organisation else None
    with progress() as track:
        advance, before = track("Comparing", 0), 0

        def show(done: int, total: int) -> None:
            nonlocal advance, before
            if before == 0:
                advance = track("Comparing", total)
            advance(done - before)
            before = done

        ended = services.archive_runs.finish(RunKind.SUGGESTIONS, show)
    if ended.error:
        raise UsageError(f"the suggestions could not be made: {ended.error}")
    if ended.going_on:
        err.print("Note: a worker of the service is making them: this is what was found before.", soft_wrap=True)
    groups = services.decide_suggestion.find(viewer)
    if json:
        print(suggestion_output.as_json(groups[:limit]))
    else:
        suggestion_output.suggestions(out, services.texts.for_language(reader_languages()), groups, limit)
