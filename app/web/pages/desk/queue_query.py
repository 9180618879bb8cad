"""Address of a list of flags: parsed leniently, and written back so that it can be shared.

The page of one flag has the same parameters in its address, so that its neighbours are those of the list.
"""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Literal, get_args
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domain.checks.scoring import Tier
from app.domain.desk.flags import FlagSort, FlagState
from app.schemas.fields import QueryText
from app.services.desk.ports import FlagCursor, FlagFilter
from app.services.ports import Languages
from app.web.flag_cursor import decode_cursor, encode_cursor
from app.web.pages.filter_fields import date_of, day_text, language_of

_Given = Annotated[QueryText, Field(max_length=500)]
FILTERS: Final = (
    "q", "tier", "narrative", "speaker", "source", "language", "assigned", "flagged_on", "said_from", "said_to",
    "group",
)  # fmt: skip
SORTS: Final[tuple[FlagSort, ...]] = get_args(FlagSort)
STATES: Final[tuple[FlagState, ...]] = ("open", "confirmed", "dismissed")
_STATES: Final[dict[str, FlagState | None]] = {**{state: state for state in STATES}, "any": None}
_OF_THE_PAGE: Final = {"after": "", "before": "", "match": 0}


class FlagListQuery(BaseModel):
    """Query parameters of the address, as strings; empty ones count as absent."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: _Given = ""
    state: Literal["open", "confirmed", "dismissed", "any"] = "open"
    tier: Literal["", "near_verbatim", "same_script", "same_topic"] = ""
    narrative: _Given = ""
    speaker: _Given = ""
    source: _Given = ""
    language: _Given = ""
    assigned: _Given = ""
    flagged_on: _Given = ""
    said_from: _Given = ""
    said_to: _Given = ""
    group: _Given = ""
    """Id of a flag: the list shows each flag of its group."""
    sort: FlagSort = "newest"
    after: _Given = ""
    before: _Given = ""
    match: Annotated[int, Field(ge=0, le=1_000)] = 0
    """On the page of a flag: which of its matches is looked at, from 1 on; 0 is the first that the flag is about."""

    @property
    def filtered(self) -> bool:
        """True if a filter besides the state is set."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def set_filters(self) -> list[tuple[str, str]]:
        """Names and values of what narrows the list down."""
        return [(name, getattr(self, name)) for name in FILTERS if getattr(self, name)]

    def query(self, **changes: str | int) -> str:
        """The query string of the list with these changes, from its first page, with no more in it than it needs."""
        values = {**self.model_dump(), **_OF_THE_PAGE, **changes}
        return urlencode(
            {
                name: value
                for name, value in values.items()
                if value and value != FlagListQuery.model_fields[name].default
            }
        )

    def list_url(self, **changes: str | int) -> str:
        """The address of the list."""
        return _joined("/", self.query(**changes))

    def here(self, path: str) -> str:
        """A path with the address of this very page of the list."""
        return _joined(path, self.query(after=self.after, before=self.before))

    def group_url(self, flag_id: str) -> str:
        """The address of the rows of a flag's group."""
        return _joined(f"/flag-groups/{flag_id}", self.query())

    def new_url(self, since: int) -> str:
        """The address that tells of flags after the one with a key."""
        return _joined("/queue/new", "&".join(part for part in (self.query(), f"since={since}") if part))

    def flag_url(self, flag_id: str, *more: str, **changes: str | int) -> str:
        """The address of a flag of the list, or of something below it."""
        return _joined("/".join(("/flags", flag_id, *more)), self.query(**changes))

    def page_url(self, which: Literal["after", "before"], position: FlagCursor) -> str:
        """The address of the page of the list after a place, or before one."""
        return self.list_url(**{which: encode_cursor(position, self.sort)})

    def cursor(self, which: Literal["after", "before"]) -> FlagCursor | None:
        """Raises `InvalidInput` for a cursor that is none of ours."""
        cursor: str = getattr(self, which)
        return decode_cursor(cursor, self.sort) if cursor else None

    def read(self, languages: Languages, me: str) -> "ParsedQuery":
        """Parses the query for the reader with the id `me`."""
        wrong: dict[str, str] = {}
        return ParsedQuery(
            FlagFilter(
                state=_STATES[self.state],
                tier=Tier(self.tier) if self.tier else None,
                narrative=self.narrative or None,
                speaker=self.speaker or None,
                source=self.source or None,
                language=language_of(self.language, "queue-wrong-language", languages, wrong),
                said_from=date_of(self.said_from, "said_from", "queue-wrong-date", wrong),
                said_to=date_of(self.said_to, "said_to", "queue-wrong-date", wrong),
                q=self.q or None,
                flagged_on=day_text(self.flagged_on, "flagged_on", "queue-wrong-day", wrong),
                assigned=me if self.assigned == "me" else self.assigned or None,
                group=self.group or None,
            ),
            wrong,
        )


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """Filter parsed from an address; `wrong`: message ids by names of fields that cannot be read and filter nothing."""

    filters: FlagFilter
    wrong: dict[str, str] = field(default_factory=dict)


def query_of(query: str) -> FlagListQuery | None:
    """The address with this query string; None for one that is none of a list of flags."""
    values: dict[str, Any] = dict(parse_qsl(query))
    try:
        return FlagListQuery.model_validate(values)
    except ValidationError:
        return None


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
