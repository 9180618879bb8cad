"""Consoles of the command line: results go to standard output, everything else to standard error.

What is printed may be anybody's: texts, names, files. It is shown as it is, and cannot steer the terminal.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import IO, Any, Final

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

_STEERING: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, but for tab and line feed: sequences of them move the cursor, or set the window's title."""
_UNESCAPED: Final = re.compile(r"[\x7f-\x9f]")
"""Control characters that JSON may have as they are."""


class TextConsole(Console):
    """Console that shows texts as they are: no markup, no emoji codes, and control characters as U+FFFD."""

    def __init__(self, *, stderr: bool = False, file: IO[str] | None = None, width: int | None = None):
        super().__init__(stderr=stderr, file=file, width=width, highlight=False, markup=False, emoji=False)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Segments of a renderable; those that steer the terminal are rich's own."""
        for segment in super().render(renderable, options):
            steers = segment.control or not _STEERING.search(segment.text)
            yield segment if steers else Segment(without_control(segment.text), segment.style)


err = TextConsole(stderr=True)
out = TextConsole()


def without_control(text: str) -> str:
    """The text with control characters replaced, but for tab and line feed."""
    return _STEERING.sub("\ufffd", text)


def json_of(value: Any, indent: int | None = None) -> str:
    """JSON of a value, with every control character escaped."""
    said = json.dumps(value, ensure_ascii=False, indent=indent)
    return _UNESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", said)


@contextmanager
def progress() -> Iterator[Callable[[str, int], Callable[[int], None]]]:
    """Progress bars on stderr that disappear when done: `track(title, total)` gives the function to call with each
    advance."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:

        def track(title: str, total: int) -> Callable[[int], None]:
            task = bars.add_task(title, total=total)
            return lambda more: bars.advance(task, more)

        yield track
