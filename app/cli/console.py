"""Where commands print: results to standard output, everything else to standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console

err = Console(stderr=True, highlight=False)
out = Console(highlight=False)


@contextmanager
def progress() -> Iterator[Callable[[str, int], Callable[[int], None]]]:
    """Progress bars on stderr that disappear when done: `track(title, total)` gives the function to call with each
    advance."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:

        def track(title: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(title, total=total)
            return lambda more: bars.advance(task, more)

        yield track
