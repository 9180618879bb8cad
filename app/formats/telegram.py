"""Exports of Telegram Desktop: the messages of a chat, of a whole account, or one a line.

The text of a message is joined from its pieces. Its source is the chat, its speaker whoever wrote it, where that is
not the chat itself. Service messages and those without text are passed over and counted.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.formats import dated
from app.formats.lines import LeftOut, Line, Unreadable
from app.formats.record import lenient_draft

_CHATS: Final = ("chats", "left_chats")


def is_export(value: Any) -> bool:
    """True for an export's document: of a chat, or of an account."""
    return isinstance(value, Mapping) and (_is_chat(value) or any(_chat_list(value, name) for name in _CHATS))


def is_message(record: Any) -> bool:
    """True for a message of an export."""
    return (
        isinstance(record, Mapping)
        and record.get("type") in ("message", "service")
        and "date" in record
        and ("text" in record or "action" in record)
        and bool(record.keys() & {"from", "from_id", "text_entities", "date_unixtime", "actor", "action"})
    )


def document_lines(value: Any) -> Iterator[Line]:
    """Lines of all messages of an export, numbered through."""
    number = 0
    for place, chat in _chats(value):
        for at, message in enumerate(chat.get("messages") or []):
            number += 1
            yield message_line(number, message, chat, f"{place}/messages/{at}")


def message_line(number: int, message: Any, chat: Mapping[str, Any] | None = None, place: str | None = None) -> Line:
    """The line of a message; without its `chat` it stands by itself."""
    if not isinstance(message, Mapping):
        return Line(number, reason="is not a message: it must be a JSON object", place=place)
    if message.get("type", "message") != "message":
        return Line(number, skipped="service message", place=place)
    text = _text(message.get("text")) or _text(message.get("text_entities"))
    if not text.strip():
        return Line(number, skipped="message without text", place=place)
    left_out: list[LeftOut] = []
    said_at = dated.first((message.get("date_unixtime"), message.get("date")), left_out, "date")
    try:
        draft, more = lenient_draft(_record(message, text, chat or {}) | ({"said_at": said_at} if said_at else {}))
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)
    return Line(number, draft=draft, place=place, left_out=(*left_out, *more))


def _record(message: Mapping[str, Any], text: str, chat: Mapping[str, Any]) -> dict[str, Any]:
    sender, sender_id = _named(message.get("from")), _named(message.get("from_id")) or ""
    chat_name, chat_id = _named(chat.get("name")), _named(chat.get("id"))
    if not chat_name and sender_id.startswith(("channel", "chat")):
        chat_name, chat_id = sender, sender_id.removeprefix("channel").removeprefix("chat")
    speaker = _named(message.get("author")) or (sender if sender != chat_name else None)
    number = _named(message.get("id"))
    record = {
        "text": text.strip(),
        "speaker": speaker,
        "source": chat_name,
        "external_id": f"telegram:{chat_id}/{number}" if chat_id and number else None,
        "forwarded_from": _named(message.get("forwarded_from")),
        "edited": _named(message.get("edited")),
    }
    return {name: value for name, value in record.items() if value}


def _text(value: Any) -> str:
    """Text of a message: a string, or pieces that are strings or objects with a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "".join(
            piece if isinstance(piece, str) else str(piece["text"])
            for piece in value
            if isinstance(piece, str) or (isinstance(piece, Mapping) and isinstance(piece.get("text"), str))
        )
    return ""


def _named(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return str(value).strip() or None


def _is_chat(value: Any) -> bool:
    if not isinstance(value, Mapping) or not isinstance(value.get("messages"), list):
        return False
    return "type" in value or any(map(is_message, value["messages"][:20]))


def _chat_list(value: Mapping[str, Any], name: str) -> list[Any]:
    listed = value.get(name)
    chats = listed.get("list") if isinstance(listed, Mapping) else None
    return chats if isinstance(chats, list) else []


def _chats(value: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if _is_chat(value):
        yield "", value
        return
    for name in _CHATS:
        for number, chat in enumerate(_chat_list(value, name)):
            if isinstance(chat, Mapping) and isinstance(chat.get("messages"), list):
                yield f"/{name}/list/{number}", chat
