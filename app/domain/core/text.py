"""Validation and normal form of texts: what can be stored, and when two texts are equal."""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

_SPACE = re.compile(r"\s+")
_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*", re.IGNORECASE)
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_KEPT = 1_000
"""Characters of the longest text whose normal form is kept for the next time."""
_INVISIBLE = {"Cc", "Cf", "Zs", "Zl", "Zp"}


class InvalidText(ValueError):
    """Text that cannot be stored; the message says what to do."""


def clean(raw: str, longest: int) -> str:
    """The text without white space around it: 1 to `longest` characters that UTF-8 and a database can hold.

    Raises `InvalidText` for a text that is blank (nothing visible in it), too long, or has a NUL or half a character.
    """
    if fault := unstorable(raw):
        raise InvalidText(fault)
    text = raw.strip()
    if all(unicodedata.category(character) in _INVISIBLE for character in text):
        raise InvalidText("is empty: send at least one visible character")
    if len(text) > longest:
        raise InvalidText(f"has {len(text):,} characters; the limit is {longest:,}: send a shorter text")
    return text


def unstorable(raw: str) -> str | None:
    """Reason why a string cannot be stored, or None."""
    if "\x00" in raw:
        return "contains a NUL character (U+0000): remove it"
    if _HALF.search(raw):
        return "contains half a character (a lone surrogate): send whole Unicode characters"
    return None


def canonical(text: str) -> str:
    """The form under which two texts count as the same: NFC, any run of white space one blank."""
    return (_canonical if len(text) > _LONGEST_KEPT else _kept)(text)


def _canonical(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


_kept = lru_cache(maxsize=4_096)(_canonical)


def identity(text: str, speaker: str | None, said_at: str | None) -> str:
    """The identity of a statement that brings no identifier: its text, speaker and date, hashed."""
    parts = (canonical(text), canonical(speaker or ""), said_at or "")
    return sha256("\x1f".join(parts).encode()).hexdigest()


def web_address(raw: str, longest: int) -> str:
    """An http or https address, as it was given. Raises `InvalidText`: other kinds have no business in a link."""
    address = clean(raw, longest)
    if not _ADDRESS.fullmatch(address):
        raise InvalidText("is no web address: write one that begins with http:// or https://, without blanks")
    return address
