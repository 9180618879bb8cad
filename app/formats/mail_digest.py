"""E-mail messages that are digests: a list of items, each a statement of the day of the message.

Other mail has no structure that would say what in it is a statement; it is read as an article.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Final

from app.domain.core.dates import InvalidDate, Period
from app.domain.core.line_breaks import unwrapped
from app.formats.lines import FileFacts, LeftOut, Line, Opened, ReadOptions, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import plain
from app.language.written_dates import read_date

_LARGEST: Final = 16 * 1024 * 1024
_ITEM: Final = re.compile(r"\A[ \t]*+(?:\(?\d{1,3}[.)]|[-*•–])[ \t]+(?=\S)")
_LEAST_ITEMS: Final = 2
_LEAST_WORDS: Final = 3
_LONGEST_NAME: Final = 500


def open_message(path: Path, options: ReadOptions) -> Opened:  # noqa: ARG001 - every opener has these
    """A message with what was understood of it. Raises `Unreadable` where it is no list of items."""
    if path.stat().st_size > _LARGEST:
        raise Unreadable(f"{path.name} is a message of over {_LARGEST:,} bytes")
    try:
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        body = _body(message)
        sender, sent = str(message.get("From") or ""), str(message.get("Date") or "")
    except (ValueError, LookupError, TypeError, AttributeError, IndexError, KeyError) as error:
        raise Unreadable(f"{path.name} is an e-mail message that cannot be read") from error
    items = list(items_of(body))
    if len(items) < _LEAST_ITEMS:
        raise Unreadable(
            f"{path.name} is an e-mail message without a list of items: save its text, and check its claims with "
            "refrain check --document, or POST /v1/documents"
        )
    return Opened(FileFacts("e-mail digest"), _lines(items, sender, sent))


def items_of(text: str) -> Iterator[tuple[int, str]]:
    """Items of a list, numbered or marked, with the number of their line; what stands between lists is none."""
    at = 0
    parts: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        marked = _ITEM.match(line)
        if parts and (marked or not line.strip()):
            yield at, unwrapped("\n".join(parts)).replace("\n", " ")
            parts = []
        if marked:
            at, parts = number, [line[marked.end() :].strip()]
        elif parts:
            parts.append(line.strip())


def _lines(items: list[tuple[int, str]], sender: str, sent: str) -> Iterator[Line]:
    left_out: tuple[LeftOut, ...] = ()
    said_at: Period | None = None
    try:
        said_at = read_date(sent) if sent.strip() else None
    except InvalidDate as error:
        left_out = (LeftOut("Date", str(error)),)
    source = plain(sender.split("<")[0].strip().strip('"') or sender)[:_LONGEST_NAME]
    for number, (line, text) in enumerate(items, start=1):
        place = f"line {line} of the text"
        if len(text.split()) < _LEAST_WORDS:
            yield Line(number, skipped="item of a word or two", place=place)
            continue
        try:
            record = {"text": text, "source": source, "said_at": said_at}
            draft, more = lenient_draft({name: value for name, value in record.items() if value})
            yield Line(number, draft=draft, place=place, left_out=(*left_out, *more))
        except Unreadable as error:
            yield Line(number, reason=str(error), place=place)


def _body(message: EmailMessage) -> str:
    part = message.get_body(("plain", "html"))
    if part is None:
        return ""
    content = part.get_content()
    return plain(content) if isinstance(content, str) else ""
