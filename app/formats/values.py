"""Values of other people's JSON as plain text: JSON-LD objects, lists, language maps, entities and tags."""

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from index.text.locale_names import language_codes

_TAG: Final = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|cite|code|del|div|em|figcaption|figure|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|q|s"
    r"|section|small|span|strike|strong|sub|sup|table|tbody|td|tr|tt|u|ul)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/tr|/blockquote)\s*/?>", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", re.IGNORECASE)
_TRAILING: Final = re.compile(r"(?<![ \t])[ \t]++(?=\n)")
_ROUNDS: Final = 3
"""Times that entities are undone: publishers escape what was escaped."""
_DEEPEST: Final = 6
_NAMES: Final = ("@value", "name", "alternateName", "headline", "text", "title", "legalName")
_LANGUAGE_KEY: Final = re.compile(r"[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?")


def texts_of(value: Any, depth: int = 0) -> Iterator[str]:
    """Every text of a value, in order: of a string, a number, an object with a value or a name, or a list of them."""
    if depth > _DEEPEST or isinstance(value, bool):
        return
    if isinstance(value, str):
        if text := plain(value):
            yield text
    elif isinstance(value, int):
        yield str(value)
    elif isinstance(value, float):
        yield str(int(value)) if value.is_integer() else str(value)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, depth + 1)
    elif isinstance(value, Mapping):
        for name in _NAMES:
            if found := next(texts_of(value.get(name), depth + 1), None):
                yield found
                return
        for name, inner in value.items():
            if isinstance(inner, str) and _LANGUAGE_KEY.fullmatch(str(name)) and plain(inner):
                yield plain(inner)
                return


def text_of(value: Any) -> str | None:
    """The first text of a value; None where it has none."""
    return next(texts_of(value), None)


def plain(raw: str) -> str:
    """Text without HTML: entities undone, tags taken out, breaks as new lines."""
    for _ in range(_ROUNDS):
        if not _ENTITY.search(raw):
            break
        raw = html.unescape(raw)
    if "<" in raw:
        raw = _TAG.sub("", _BREAK.sub("\n", raw))
    return _TRAILING.sub("", raw.replace("\xa0", " ").replace("\r\n", "\n")).strip()


def addresses_of(value: Any, depth: int = 0) -> Iterator[str]:
    """Every string of a value that may be an address: of strings, objects with `url`, `@id` or `sameAs`, lists."""
    if depth > _DEEPEST:
        return
    if isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, list):
        for inner in value:
            yield from addresses_of(inner, depth + 1)
    elif isinstance(value, Mapping):
        for name in ("url", "@id", "@value", "sameAs", "contentUrl"):
            yield from addresses_of(value.get(name), depth + 1)


def language_of(raw: str) -> str:
    """The code of a language that is named in words, in English or in itself; other strings as they are."""
    return language_codes().get(raw.strip().casefold(), raw.strip())
