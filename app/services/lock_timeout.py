"""Lock timeout of the database: a request is refused at once where a job or a command waits."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_IN_REQUEST: ContextVar[bool] = ContextVar("refrain_in_request", default=False)


def in_request() -> bool:
    """True while a request is being answered, in its threads too; somebody waits for the answer."""
    return _IN_REQUEST.get()


@contextmanager
def as_request() -> Iterator[None]:
    """Context in which transactions are refused where they would have to wait for over a second."""
    before = _IN_REQUEST.set(True)
    try:
        yield
    finally:
        _IN_REQUEST.reset(before)
