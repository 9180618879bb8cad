"""Entries of feeds (JSON Feed, RSS, Atom) as statements: what was published, when, by whom, at which address."""

from collections.abc import Mapping
from typing import Any

from app.domain.statements.statements import LONGEST_TEXT
from app.formats import dated
from app.formats.lines import LeftOut, Line, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import plain, text_of


def entry_line(number: int, entry: Mapping[str, Any], place: str | None = None) -> Line:
    """The line of an entry: `texts` from the fullest to the shortest, `title`, `dates`, `speaker`, `source`, `url`,
    `id`, `language`.

    The text is the fullest that a statement may be; an entry that has none is its title.
    """
    left_out: list[LeftOut] = []
    title = plain(text_of(entry.get("title")) or "") or None
    texts = [full for raw in entry["texts"] if (full := plain(text_of(raw) or ""))]
    fitting = next((full for full in texts if len(full) <= LONGEST_TEXT), None)
    if texts and fitting is None:
        left_out.append(LeftOut("content", f"has over {LONGEST_TEXT:,} characters: the title stands for it"))
    text = fitting or title
    if not text:
        return Line(number, skipped="entry without text", place=place)
    record = {
        "text": text,
        "title": title if title != text else None,
        "said_at": dated.first(entry["dates"], left_out, "date"),
        "speaker": text_of(entry.get("speaker")),
        "source": text_of(entry.get("source")),
        "url": text_of(entry.get("url")),
        "external_id": text_of(entry.get("id")),
        "language": text_of(entry.get("language")),
    }
    try:
        draft, more = lenient_draft({name: value for name, value in record.items() if value})
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)
    return Line(number, draft=draft, place=place, left_out=(*left_out, *more))
