"""Posts of X (Twitter): the archive that X hands out to its users, and posts as its interfaces return them.

Reposts are passed over and counted: what they say, another account said. Long posts (`note_tweet`) are whole.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from app.formats import dated
from app.formats.lines import LeftOut, Line, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import plain, text_of

PREFIX: Final = re.compile(rb"\A\s*window\.YTD\.(\w+)\.part\d+\s*=\s*")
"""What stands before the JSON of a part of the archive."""
_REPOST: Final = re.compile(r"RT @\w{1,20}:")
_SHORT_LINK: Final = re.compile(r"(?<!\s)\s*+https?://t\.co/\w+\s*+\Z")
_SHORTENED: Final = re.compile(r"(?:…|\.\.\.)\s*(?:https?://t\.co/\w+)?\s*\Z")
_OF_A_POST: Final = frozenset(("full_text", "created_at", "id_str", "conversation_id", "author_id", "public_metrics"))
_LEAST_BEGINNING: Final = 40
"""Characters that a shortened post and its long text have in common, at least."""


def is_post(record: Any) -> bool:
    """True for a post, alone or as the archive wraps it."""
    post = _unwrapped(record)
    if "noteTweet" in post:
        return isinstance(post["noteTweet"], Mapping)
    known = len(_OF_A_POST & post.keys())
    return "created_at" in post and known >= 2 and bool(_text(post))


def is_document(value: Any) -> bool:
    """True for a list of posts, or an answer of the interface with them in `data`."""
    return bool(posts := _posts(value)) and all(map(is_post, posts[:5]))


def document_lines(value: Any, account: Mapping[str, Any] | None = None, notes: Iterable[Any] = ()) -> Iterator[Line]:
    """Lines of posts; `account` wrote those that name no author, `notes` are the archive's long texts."""
    authors = _authors(value)
    long_texts = [text for text in map(_note_text, notes) if text]
    for number, post in enumerate(_posts(value), start=1):
        yield post_line(number, post, account, f"/{number - 1}", authors, long_texts)


def post_line(
    number: int,
    record: Any,
    account: Mapping[str, Any] | None = None,
    place: str | None = None,
    authors: Mapping[str, Mapping[str, Any]] | None = None,
    long_texts: Iterable[str] = (),
) -> Line:
    """The line of a post."""
    post = _unwrapped(record)
    if isinstance(post.get("noteTweet"), Mapping):
        post = {**post["noteTweet"], "full_text": _note_text(record) or ""}
        post |= {"created_at": post.get("createdAt"), "id_str": post.get("noteTweetId")}
    text = _text(post)
    if not text:
        return Line(number, reason="is not a post: it has no text", place=place)
    if _REPOST.match(text) or any(
        "retweeted" in str(_get(ref, "type")) for ref in _listed(post.get("referenced_tweets"))
    ):
        return Line(number, skipped="repost of another account", place=place)
    text = _whole(text, post, long_texts)
    author = post.get("user") or post.get("author") or (authors or {}).get(str(post.get("author_id"))) or account or {}
    name = text_of(_get(author, "screen_name") or _get(author, "username") or _get(author, "userName"))
    identifier = text_of(post.get("id_str") or post.get("id"))
    left_out: list[LeftOut] = []
    record = {
        "text": text,
        "said_at": dated.first([post.get("created_at")], left_out, "created_at"),
        "speaker": text_of(_get(author, "name") or _get(author, "accountDisplayName")) or name,
        "source": f"@{name.lstrip('@')}" if name else None,
        "language": _language(post.get("lang")),
        "url": f"https://x.com/{name.lstrip('@') if name else 'i/web'}/status/{identifier}" if identifier else None,
        "external_id": f"x:{identifier}" if identifier else None,
    }
    try:
        draft, more = lenient_draft({name: value for name, value in record.items() if value})
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)
    return Line(number, draft=draft, place=place, left_out=(*left_out, *more))


def _text(post: Mapping[str, Any]) -> str | None:
    extended, note = post.get("extended_tweet"), post.get("note_tweet")
    for value in (_get(note, "text"), _get(extended, "full_text"), post.get("full_text"), post.get("text")):
        if isinstance(value, str) and value.strip():
            return plain(value)
    return None


def _whole(text: str, post: Mapping[str, Any], long_texts: Iterable[str]) -> str:
    """The text with its addresses in full, and of a long post all of it."""
    entities = post.get("entities")
    beginning = _SHORTENED.sub("", text)
    if len(beginning) >= _LEAST_BEGINNING and beginning != text:
        text = next((long for long in long_texts if long.startswith(beginning)), text)
    for link in _listed(_get(entities, "urls")):
        short, full = _get(link, "url"), _get(link, "expanded_url")
        if isinstance(short, str) and isinstance(full, str) and short.startswith("http"):
            text = text.replace(short, full)
    if _listed(_get(entities, "media")) or _listed(_get(post.get("extended_entities"), "media")):
        text = _SHORT_LINK.sub("", text) or text
    return text


def _note_text(record: Any) -> str | None:
    core = _get(_get(_unwrapped(record), "noteTweet"), "core")
    text = _get(core, "text")
    return plain(text) if isinstance(text, str) and text.strip() else None


def _unwrapped(record: Any) -> Mapping[str, Any]:
    if not isinstance(record, Mapping):
        return {}
    inner = record.get("tweet")
    return inner if isinstance(inner, Mapping) else record


def _posts(value: Any) -> list[Any]:
    if isinstance(value, Mapping):
        value = value.get("data", value.get("tweets"))
    return value if isinstance(value, list) else []


def _authors(value: Any) -> dict[str, Mapping[str, Any]]:
    users = _get(_get(value, "includes"), "users")
    return {str(user.get("id")): user for user in _listed(users) if isinstance(user, Mapping)}


def _get(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _language(value: Any) -> str | None:
    code = text_of(value)
    return None if code is None or code in ("und", "zxx", "qme", "qht", "qam", "qst", "qct", "art") else code
