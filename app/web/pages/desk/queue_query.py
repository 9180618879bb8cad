"""Address of a list of flags: parsed leniently, and written back so that it can be shared.

The page of one flag has the same parameters in its address, so that its neighbours are those of the list.
"""

from typing import Annotated, Final, Literal, get_args
from urllib.parse import urlencode

from pydantic import Field

from app.domain.desk.flags import FlagSort
from app.schemas.flag_query import FlagQuery, Given
from app.services.desk.ports import FlagCursor
from app.web.flag_cursor import decode_cursor, encode_cursor

FILTERS: Final = (
    "q", "tier", "narrative", "speaker", "source", "language", "assigned", "flagged_on", "said_from", "said_to",
    "group",
)  # fmt: skip
SORTS: Final[tuple[FlagSort, ...]] = get_args(FlagSort)
_OF_THE_PAGE: Final = {"after": "", "before": "", "match": 0}


class FlagListQuery(FlagQuery):
    """Query parameters of the address: the list, the place in it, and what is open of a flag."""

    after: Given = ""
    before: Given = ""
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


def _joined(path: str, query: str) -> str:
    return f"{path}?{query}" if query else path
