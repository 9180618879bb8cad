"""Errors for the log: where they happened, without their messages, which may hold a statement's text."""

from types import TracebackType


class UnexpectedError(Exception):
    """Stand-in for an error in the log; it says the kind of error only."""


def exc_info_of(error: BaseException) -> tuple[type[BaseException], BaseException, TracebackType | None]:
    """`exc_info` of a log record: the stack of the error and its kind."""
    return UnexpectedError, UnexpectedError(type(error).__qualname__), error.__traceback__
