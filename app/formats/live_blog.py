"""Entries of a live blog: each has a day of its own, from which its dates are counted."""

import html as entities
import re
from itertools import pairwise
from typing import Final

from app.domain.documents.documents import PageEntry

_MOMENT: Final = re.compile(
    r"<time\b[^<>]{0,500}?\bdatetime\s*=\s*[\"']?(\d{4}-\d{2}-\d{2})[^<>]{0,500}>[^<>]{0,200}</time>", re.IGNORECASE
)
_UNSEEN: Final = re.compile(r"<(?:script|style)\b[^<>]*>[^<]*</(?:script|style)>|<[^<>]*>", re.IGNORECASE)
_TYPE: Final = "LiveBlogPosting"
_LEAST_TEXT: Final = 40
"""Characters of an entry: between moments without text there is a list of links, or a page's own dates."""
_LEAST_ENTRIES: Final = 3
"""Of a page that does not call itself a live blog."""
_MOST_ENTRIES: Final = 100
_OPENING: Final = 8
"""Words by which an entry is found again in the article's text."""


def live_entries(html: str) -> tuple[PageEntry, ...]:
    """The entries of a page that is a live blog, in its order; none of any other page."""
    moments = [*_MOMENT.finditer(html)][: _MOST_ENTRIES + 1]
    ends = [(one.end(), one.start()) for one in moments] + [(len(html), len(html))]
    entries = []
    for (begin, _), (_, end), moment in zip(ends, ends[1:], moments, strict=False):
        text = entities.unescape(_UNSEEN.sub(" ", html[begin : min(end, begin + 4_000)]))
        if len(" ".join(text.split())) >= _LEAST_TEXT:
            entries.append(PageEntry(moment[1], " ".join(text.split()[:_OPENING])))
    several = len(entries) >= (2 if _TYPE in html else _LEAST_ENTRIES)
    return tuple(entries) if several and _in_order([entry.day for entry in entries]) else ()


def _in_order(days: list[str]) -> bool:
    """True if the days go one way, as those of entries do."""
    return all(a >= b for a, b in pairwise(days)) or all(a <= b for a, b in pairwise(days))
