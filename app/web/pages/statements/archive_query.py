"""Address of a search in the archive: parsed leniently, and written back so that it can be shared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Final
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from app.schemas.fields import QueryText
from app.schemas.filter_fields import date_of, language_of
from app.services.ports import Languages
from app.services.search.search_statements import SearchBy
from app.services.statements.ports import StatementFilter

PAGE: Final = 25
"""Entries of a page of a list."""

_Given = Annotated[QueryText, Field(max_length=500)]
_FILTERS: Final = ("speaker", "source", "language", "narrative", "said_from", "said_to")


class ArchiveQuery(BaseModel):
    """Query parameters of the address, as strings; empty ones count as absent."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: _Given = ""
    by: SearchBy = "meaning"
    speaker: _Given = ""
    source: _Given = ""
    language: _Given = ""
    narrative: _Given = ""
    said_from: _Given = ""
    said_to: _Given = ""
    page: Annotated[int, Field(ge=1, le=2_000)] = 1

    @property
    def filtered(self) -> bool:
        """True if a filter besides the query is set."""
        return any(getattr(self, name) for name in _FILTERS)

    @property
    def skipped(self) -> int:
        """Entries before this page."""
        return (self.page - 1) * PAGE

    def address(self, **changes: str | int) -> str:
        """The address with these changes, and with no more in it than it needs."""
        values = {**self.model_dump(), **changes}
        usual = {name: described.default for name, described in ArchiveQuery.model_fields.items()}
        changed = {name: value for name, value in values.items() if value != usual[name]}
        return "/archive" + (f"?{urlencode(changed)}" if changed else "")


@dataclass(frozen=True, slots=True)
class ParsedArchiveQuery:
    """Filter parsed from an address; `wrong`: message ids by the names of fields that cannot be read, and filter
    nothing."""

    filters: StatementFilter
    wrong: Mapping[str, str] = field(default_factory=dict)


def read_query(query: ArchiveQuery, languages: Languages) -> ParsedArchiveQuery:
    """The filter that an address says."""
    wrong: dict[str, str] = {}
    filters = StatementFilter(
        speaker=query.speaker or None,
        language=language_of(query.language, "archive-wrong-language", languages, wrong),
        narrative=query.narrative or None,
        source=query.source or None,
        said_from=date_of(query.said_from, "said_from", "archive-wrong-date", wrong),
        said_to=date_of(query.said_to, "said_to", "archive-wrong-date", wrong),
    )
    return ParsedArchiveQuery(filters, wrong)
