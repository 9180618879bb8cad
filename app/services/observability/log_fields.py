"""Fields that every log line within a block carries, such as the id of the request or of the job."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_fields: ContextVar[Callable[[], Mapping[str, object]]] = ContextVar("log_fields", default=dict)


@contextmanager
def log_fields(fields: Callable[[], Mapping[str, object]]) -> Iterator[None]:
    """Adds fields to the log lines of this block, and of tasks and threads that copy its context.

    They are asked for at each line, for some are known only later: the key's after it was read.
    """
    outer = _fields.get()
    token = _fields.set(lambda: {**outer(), **fields()})
    try:
        yield
    finally:
        _fields.reset(token)


def current_log_fields() -> Mapping[str, object]:
    """Fields of a log line that is written now."""
    return _fields.get()()
