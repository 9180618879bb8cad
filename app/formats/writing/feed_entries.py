"""Entries of feeds, the same for JSON Feed and Atom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.domain.core.dates import moment_of
from app.domain.desk.flags import Flag
from app.domain.statements.statements import Source, Statement
from app.formats.writing.import_fields import narrative_label, statement_fields
from app.services.exports.export_records import Export, ExportedNarrative, Record, changed_at

_LONGEST_TITLE: Final = 100


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Entry of a feed. `id` stays the same as long as its statement or flag is there."""

    id: str
    title: str
    text: str
    language: str
    published: datetime | None
    updated: datetime
    author: str | None
    tags: tuple[str, ...]
    page: str | None
    """Address of its page in Refrain."""
    source: Source
    summary: str | None = None
    statement: dict[str, Any] | None = None
    """Fields of a statement, as an import takes them."""


class FeedEntries:
    """Makes entries of records, in order."""

    def __init__(self, export: Export):
        self._of_flags = export.kind == "flags"
        self._base_url = export.base_url
        self._dated_by_record = export.dated_by_record
        self._labels: dict[int, str] = {}

    def of(self, record: Record) -> FeedEntry | None:
        """Entry of a statement or a flag; None for what is not shown by itself."""
        if isinstance(record, ExportedNarrative):
            self._labels[record.key] = narrative_label(record.narrative)
        elif isinstance(record, Flag):
            return self._of_flag(record)
        elif isinstance(record, Statement) and not self._of_flags:
            return self._of_statement(record)
        return None

    def _of_statement(self, statement: Statement) -> FeedEntry:
        return FeedEntry(
            id=f"urn:uuid:{statement.id}",
            title=statement.title or shortened(statement.text),
            text=statement.text,
            language=statement.language,
            published=statement.created_at if self._dated_by_record else moment_of(statement.said_at),
            updated=statement.updated_at,
            author=statement.speaker,
            tags=tuple(ref.title for ref in statement.narratives),
            page=f"{self._base_url}/statements/{statement.id}" if self._base_url else None,
            source=statement.source,
            summary=statement.said_at.text if self._dated_by_record and statement.said_at else None,
            statement=statement_fields(statement, self._labels),
        )

    def _of_flag(self, flag: Flag) -> FeedEntry:
        check = flag.check
        titles = [ref.title for match in check.matches for ref in match.precedent.narratives]
        return FeedEntry(
            id=f"urn:uuid:{check.id}",
            title=shortened(check.text),
            text=check.text,
            language=check.language.code,
            published=check.created_at,
            updated=changed_at(flag) or check.created_at,
            author=check.speaker,
            tags=tuple(dict.fromkeys(titles)),
            page=f"{self._base_url}/flags/{check.id}" if self._base_url else None,
            source=check.source or Source(),
            summary=check.summary,
        )


def shortened(text: str) -> str:
    """The beginning of a text, on one line, as a title."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE - 1].rstrip() + "…"
