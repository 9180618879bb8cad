"""Recognition of an article that was checked before: by its text, or by its address."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|yclid|mc_cid|mc_eid", re.IGNORECASE)
_NO_WORD: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """Earlier check of the same article. `by`: name of who had it checked; None where that is not known."""

    id: str
    created_at: datetime
    title: str | None
    by: str | None
    same_text: bool
    """False: its address is the same, its text another."""


def article_text_hash(text: str) -> str:
    """SHA-256 of a text's words: equal whatever their case, their punctuation and the breaks of lines."""
    words = _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()
    return sha256(words.encode()).hexdigest()


def article_url_hash(url: str | None) -> str | None:
    """SHA-256 of an address without scheme, `www.`, fragment, final slash and parameters that count clicks."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if not host:
        return None
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])))
    return sha256(f"{host}{parts.path.rstrip('/')}?{query}".encode()).hexdigest()
