"""Output of every import reader: a numbered line with a draft, or with the reason why it has none; and what was
understood of its file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from app.domain.statements.statements import NarrativeDraft, StatementDraft


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Field that was left out of a record, and the reason; the record itself goes in."""

    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class Line:
    """Line (or record) of a file, counted from 1."""

    number: int
    draft: StatementDraft | None = None
    narrative: NarrativeDraft | None = None
    reason: str | None = None
    place: str | None = None
    """Place in the file where the number alone does not say it: a JSON pointer, a script of a page."""
    left_out: tuple[LeftOut, ...] = ()
    skipped: str | None = None
    """Kind of record that is no statement, such as a service message: it is passed over and counted."""


@dataclass(slots=True)
class FileFacts:
    """Facts about a file that reading it establishes; readers fill them in before they yield the first line."""

    format: str
    encoding: str | None = None
    encoding_guessed: bool = False
    delimiter: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields of statements by the columns that they are read from."""
    columns_kept: tuple[str, ...] = ()
    """Columns that were not understood: kept as metadata."""
    samples: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of a table: the first values of each column, by its name."""
    unclear_dates: bool = False
    """Of a table: its dates have a day and a month that nothing tells apart."""
    notes: list[str] = field(default_factory=list)
    name: str = "the file"
    """What the file is called, for messages."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: what was understood of it, and its lines."""

    facts: FileFacts
    lines: Iterable[Line]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Choices of whoever imports a file; without them the file itself decides."""

    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    """Columns by the fields that they hold: `{"date": "Datum"}`."""
    day_first: bool | None = None
    """Order of day and month in dates such as 4/2/2023."""


class Unreadable(ValueError):
    """Unreadable line or file; the message is written for its author."""


class NoTextColumn(Unreadable):
    """Table of which no column is known to hold the texts. `samples`: the first values of its columns, by name."""

    def __init__(self, message: str, samples: Mapping[str, tuple[str, ...]]):
        super().__init__(message)
        self.samples = samples


class UnknownFormat(Unreadable):
    """File of which nothing tells the format."""
