"""Errors for the log: where they happened, without messages that may hold a statement's text."""

from types import TracebackType


class UnexpectedError(Exception):
    """Stand-in for an error in the log, with the stack of that; it says the kind of error only."""

    holds_no_text = True


def exc_info_of(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """`exc_info` of a log record: stack and kind of the error, and its message where it is marked `holds_no_text`."""
    said = type(error).__qualname__
    if getattr(error, "holds_no_text", False):
        said = f"{said}: {error}"
    return UnexpectedError, UnexpectedError(said).with_traceback(error.__traceback__), error.__traceback__
