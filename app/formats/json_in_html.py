"""JSON-LD in the scripts of web pages, in its sound parts, and what is wrong with the others."""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from app.domain.core.strict_json import NotJson, loads

_SCRIPT: Final = re.compile(
    r"<script\b(?=[^>]{0,2000}?\btype\s*=\s*[\"']?\s*application/ld\+json)[^>]{0,2000}>(.*?)</script\s*>",
    re.IGNORECASE | re.DOTALL,
)
_WRAPPING: Final = re.compile(
    r"\A\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*;?\s*\Z"
)
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_OBJECT: Final = re.compile(r"\{")
_MOST_TRIES: Final = 200
"""Places of a faulty script at which an object is looked for."""
_LONGEST_SALVAGED: Final = 2_000_000


def scripts_of(page: str) -> Iterator[tuple[int, str]]:
    """The scripts with JSON-LD of a page, numbered from 1."""
    for number, found in enumerate(_SCRIPT.finditer(page), start=1):
        yield number, found[1]


def values_of(script: str) -> tuple[list[Any], str | None]:
    """The JSON values of a script, and what is wrong with it; of a faulty one the sound objects in it."""
    cleaned = _WRAPPING.sub("", script).strip().rstrip(";").strip()
    try:
        return [loads(cleaned.encode("utf-8", "replace"), most_items=None)], None
    except NotJson as error:
        fault = str(error)
    for mended in (cleaned, _TRAILING_COMMA.sub(r"\1", cleaned)):
        try:
            value = json.loads(mended, strict=False, parse_constant=lambda _: None)
            return [loads(json.dumps(value).encode(), most_items=None)], None
        except (ValueError, RecursionError):
            continue
    return list(_salvaged(cleaned)), fault


def _salvaged(script: str) -> Iterator[Any]:
    """Objects that are whole in a script that is not, the outermost ones."""
    if len(script) > _LONGEST_SALVAGED:
        return
    decoder = json.JSONDecoder(strict=False, parse_constant=lambda _: None)
    place = tries = 0
    while (found := _OBJECT.search(script, place)) and tries < _MOST_TRIES:
        tries += 1
        try:
            value, place = decoder.raw_decode(script, found.start())
            yield loads(json.dumps(value).encode(), most_items=None)
        except (ValueError, RecursionError):
            place = found.end()
