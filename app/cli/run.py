"""Runs a group of commands; an error that a user can mend is one line on standard error, with exit code 1."""

import sys
from collections.abc import Sequence

import typer
from rich.console import Console

from app.observability import logs


class Misuse(Exception):
    """Misuse of a command; the message says how to call it."""


def run(group: typer.Typer, name: str, arguments: Sequence[str]) -> None:
    """Runs the group as the command `name` and exits."""
    logs.set_up_commands()
    try:
        group(args=list(arguments), prog_name=name)
    except _expected_errors() as error:
        if not logs.log_fatal(str(error)):
            Console(stderr=True, highlight=False).print(f"refrain: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def _expected_errors() -> tuple[type[Exception], ...]:
    """Errors whose message is written for users. Called when one was raised: their modules are heavy to import."""
    from app.domain.core.errors import RefrainError
    from app.formats.lines import Unreadable
    from app.observability.tracing import TracingUnavailable
    from app.settings import UnusableSettings
    from app.store.database import DatabaseUnusable
    from index.contract import RetrievalError

    return DatabaseUnusable, Misuse, RefrainError, RetrievalError, TracingUnavailable, Unreadable, UnusableSettings
