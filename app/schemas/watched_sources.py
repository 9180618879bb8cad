"""Watched sources and their entries, as they come in and go out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from app.domain.core.text import web_address
from app.domain.sources.watched_sources import (
    LONGEST_INTERVAL,
    SHORTEST_INTERVAL,
    USUAL_INTERVAL,
    EntryState,
    ReadFrom,
    Tally,
    WatchedEntry,
    WatchedSource,
)
from app.schemas.fields import LanguageTag, Patch, Shown, Strict, Title, example, never_null, whole

_LONGEST_ADDRESS = 2_000
_SHORTEST = int(SHORTEST_INTERVAL.total_seconds()) // 60
_LONGEST = int(LONGEST_INTERVAL.total_seconds()) // 60
_USUAL = int(USUAL_INTERVAL.total_seconds()) // 60

_Feed = Annotated[
    str,
    AfterValidator(lambda raw: web_address(raw, _LONGEST_ADDRESS)),
    WithJsonSchema({"type": "string", "format": "uri", "maxLength": _LONGEST_ADDRESS,
                    "examples": ["https://news.example.org/feed.xml"],
                    "description": "Where an RSS, Atom or JSON feed or a sitemap is: https, on the public internet."}),
]  # fmt: skip
_ReadFrom = Annotated[
    ReadFrom,
    Field(strict=False, description="`entry`: the text in the feed; `page`: the page of each entry, fetched once."),
]
_Minutes = Annotated[
    int,
    Field(ge=_SHORTEST, le=_LONGEST, description="Least minutes between two readings; publishers may ask for more."),
    whole,
]


class WatchedSourceIn(Strict):
    """A feed to watch."""

    model_config = example(url="https://news.example.org/feed.xml", name="Example News", read_from="page")

    url: _Feed
    name: Title | None = None
    read_from: _ReadFrom = ReadFrom.ENTRY
    interval_minutes: _Minutes = _USUAL
    language: LanguageTag | None = Field(None, description="Of its entries; detected when absent.")

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.interval_minutes)


class WatchedSourcePatch(Patch):
    """Changes to a watched source; a field that is not sent stays as it is."""

    model_config = example(active=False)

    url: Annotated[_Feed | None, never_null] = None
    name: Annotated[Title | None, never_null] = None
    read_from: Annotated[_ReadFrom | None, never_null] = None
    interval_minutes: Annotated[_Minutes | None, never_null] = None
    language: LanguageTag | None = None
    active: Annotated[bool | None, Field(description="false stops readings; true begins them anew."), never_null] = None

    @model_validator(mode="after")
    def _not_emptied(self) -> Self:
        for name in self.model_fields_set - {"language"}:
            if getattr(self, name) is None:
                raise ValueError(f"{name} cannot be null: leave it out to keep it")
        return self

    def changes(self) -> dict[str, object]:
        """The fields that were sent, as the use case names them."""
        sent = {name: getattr(self, name) for name in self.model_fields_set}
        if "interval_minutes" in sent:
            sent["interval"] = timedelta(minutes=sent.pop("interval_minutes"))
        return sent


class SourceTallyOut(Shown):
    """Counts of what was found in a source."""

    entries: int
    claims: int
    flagged: int
    failed: int = Field(description="Entries that could not be read.")


class WatchedSourceOut(Shown):
    """A watched source. `error` says why the last reading failed; null: it did not."""

    id: str
    url: str
    name: str
    read_from: ReadFrom
    interval_minutes: int
    language: str | None = Field(examples=["en"])
    active: bool
    last_read_at: datetime | None = Field(description="The last reading that succeeded.")
    next_read_at: datetime | None = Field(description="null: it is not read.")
    failures: int = Field(description="Readings that failed since the last that succeeded.")
    error: str | None = Field(examples=["answered with status 404"])
    found: SourceTallyOut
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, source: WatchedSource, tally: Tally) -> Self:
        return cls(
            id=source.id,
            url=source.url,
            name=source.name,
            read_from=source.read_from,
            interval_minutes=int(source.interval.total_seconds()) // 60,
            language=source.language,
            active=source.active,
            last_read_at=source.last_read_at,
            next_read_at=source.next_read_at if source.active else None,
            failures=source.failures,
            error=source.error,
            found=SourceTallyOut.model_validate(tally),
            created_at=source.created_at,
            updated_at=source.updated_at,
        )


class WatchedEntryOut(Shown):
    """An entry of a source, and what became of it. `document_id` is null where it has no claim."""

    url: str | None
    state: EntryState
    claims: int
    flagged: int
    document_id: str | None
    error: str | None
    seen_at: datetime

    @classmethod
    def of(cls, entry: WatchedEntry) -> Self:
        return cls.model_validate(entry)


class WatchedSourceList(Shown):
    """A page of the organisation's watched sources, the newest first."""

    items: Sequence[WatchedSourceOut]
    next_cursor: str | None


class WatchedEntryList(Shown):
    """A page of a source's entries, the newest first."""

    items: Sequence[WatchedEntryOut]
    next_cursor: str | None
