"""Log lines: one format on standard error for this program and all that it uses, as JSON or as text.

No line holds text of a statement. An exception is its class and where it happened; its message is left out, but for
classes whose messages never quote what was sent. Of other libraries' lines the template is kept, without its arguments.
"""

import json
import logging
import os
import re
import sys
import threading
import traceback
import warnings
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Literal

from app.services.observability.log_fields import current_log_fields

LogFormat = Literal["", "text", "json"]

_OWN: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_TRUSTED: Final = ("refrain", "uvicorn", "huey")
"""Loggers whose arguments are names and numbers."""
_LONGEST_TEMPLATE: Final = 300
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_MOST_LINKED: Final = 10

_PLAIN: Final = (
    AttributeError, ConnectionError, ImportError, IndexError, MemoryError, ModuleNotFoundError, NameError,
    NotImplementedError, RecursionError, RuntimeError, TimeoutError, TypeError, ZeroDivisionError,
)  # fmt: skip
"""Built-in classes whose messages name things of the program; classes derived from them may quote anything."""
_PLAIN_MODULES: Final = frozenset({"sqlite3", "socket", "ssl"})
_PLAIN_WARNINGS: Final = (DeprecationWarning, FutureWarning, ImportWarning, PendingDeprecationWarning, ResourceWarning)


class JsonFormatter(logging.Formatter):
    """Formatter of a record as an object of JSON on one line, in ASCII."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(_line_of(record), default=lambda value: type(value).__name__)


class TextFormatter(logging.Formatter):
    """Formatter of a record as a line for people; a traceback follows on indented lines."""

    def format(self, record: logging.LogRecord) -> str:
        line = _line_of(record)
        stack = line.pop("traceback", "")
        head = f"{line.pop('time')} {str(line.pop('level')).upper():7} {line.pop('logger')}: {line.pop('message')}"
        fields = "".join(f" {name}={_shown(value)}" for name, value in line.items())
        below = "".join(f"\n    {part}" for part in str(stack).splitlines())
        return f"{_CONTROL.sub(' ', head + fields)}{below}"


class _StandardError(logging.StreamHandler[Any]):
    """Handler that writes to what standard error is at the time. A line that cannot be written is lost in silence."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        pass


def set_up_commands() -> None:
    """Sets up logging of a command that a person runs: warnings, as text unless REFRAIN_LOG_FORMAT is json."""
    if not logging.root.handlers:
        _install(formatter("text" if os.environ.get("REFRAIN_LOG_FORMAT") != "json" else "json"))


def set_up_service(log_format: LogFormat, level: str) -> None:
    """Sets up logging of a service: everything goes to standard error in one format, warnings of Python and uncaught
    exceptions included. Libraries' lines begin at warning, whatever `level` is."""
    _install(formatter(log_format or ("text" if sys.stderr.isatty() else "json")))
    logging.getLogger("refrain").setLevel(level.upper())
    warnings.showwarning = _log_warning
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    sys.unraisablehook = _log_unraisable


def formatter(log_format: Literal["text", "json"]) -> logging.Formatter:
    """Formatter of a format."""
    return JsonFormatter() if log_format == "json" else TextFormatter()


def log_fatal(message: str) -> bool:
    """Logs the sentence that ends a command where lines of JSON are asked for; False where it is to be printed."""
    if os.environ.get("REFRAIN_LOG_FORMAT") != "json":
        return False
    _install(JsonFormatter())
    logging.getLogger("refrain").critical("%s", message)
    return True


def _install(form: logging.Formatter) -> None:
    for handler in [one for one in logging.root.handlers if isinstance(one, _StandardError)]:
        logging.root.removeHandler(handler)
    handler = _StandardError()
    handler.setFormatter(form)
    logging.root.addHandler(handler)
    logging.root.setLevel(logging.WARNING)


def _line_of(record: logging.LogRecord) -> dict[str, Any]:
    """Fields of a line, in the order that they are written in."""
    at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    line: dict[str, Any] = {
        "time": at,
        "level": record.levelname.lower(),
        "logger": record.name,
        "message": _message_of(record),
        **current_log_fields(),
        **{name: value for name, value in vars(record).items() if name not in _OWN},
    }
    if record.exc_info and record.exc_info[1]:
        line |= _described(record.exc_info[1])
    return line


def _message_of(record: logging.LogRecord) -> str:
    if record.name.partition(".")[0] in _TRUSTED:
        try:
            return record.getMessage()
        except (TypeError, ValueError, KeyError):
            return str(record.msg)
    first, _, _ = str(record.msg).partition("\n")
    return first[:_LONGEST_TEMPLATE]


def _described(error: BaseException) -> dict[str, str]:
    """Class of an exception, with its message where that quotes nothing, and the frames of it and its causes."""
    chain = list(_chain(error))
    frames = [
        f"Traceback (most recent call last):\n{''.join(traceback.format_tb(one.__traceback__))}{_named(one)}"
        for one in chain
    ]
    return {"error": _named(error), "traceback": "\n".join(frames)}


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception, what caused it, and what caused that."""
    seen: set[int] = set()
    linked: BaseException | None = error
    while linked is not None and id(linked) not in seen and len(seen) < _MOST_LINKED:
        seen.add(id(linked))
        yield linked
        linked = linked.__cause__ or (None if linked.__suppress_context__ else linked.__context__)


def _named(error: BaseException) -> str:
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    code = getattr(error, "sqlstate", None)
    if isinstance(code, str):
        return f"{name}: SQLSTATE {code}"
    is_connecting = kind.__module__.partition(".")[0] == "psycopg" and kind.__name__ == "OperationalError"
    if isinstance(error, OSError) and error.strerror:
        return f"{name}: {error.strerror}"
    if is_connecting or getattr(error, "holds_no_text", False) or kind in _PLAIN or kind.__module__ in _PLAIN_MODULES:
        first, _, _ = str(error).partition("\n")
        return f"{name}: {first[:_LONGEST_TEMPLATE]}"
    return name


def _shown(value: object) -> str:
    """A field's value in a line of text; quoted where it has blanks or could be taken for something else."""
    said = json.dumps(value, ensure_ascii=False, default=lambda one: type(one).__name__)
    bare = said[1:-1]
    return bare if isinstance(value, str) and bare == value and re.fullmatch(r"[^\s=]+", value) else said


def _log_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    said = f": {message}" if issubclass(category, _PLAIN_WARNINGS) else ""
    place: Mapping[str, object] = {"place": f"{filename}:{lineno}"}
    logging.getLogger("refrain.warnings").warning("%s%s", category.__name__, said, extra=place)


def _log_uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    logging.getLogger("refrain").critical("uncaught exception", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(uncaught: threading.ExceptHookArgs) -> None:
    if uncaught.exc_value is not None and not isinstance(uncaught.exc_value, SystemExit):
        thread = uncaught.thread.name if uncaught.thread else None
        logging.getLogger("refrain").critical(
            "uncaught exception in a thread", exc_info=uncaught.exc_value, extra={"thread_name": thread}
        )


def _log_unraisable(unraisable: Any) -> None:
    logging.getLogger("refrain").error("exception that nobody could catch", exc_info=unraisable.exc_value)
