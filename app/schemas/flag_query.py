"""The query string of a list of flags: of the pages' addresses, and as saved views keep it."""

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, Self, get_args
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.domain.checks.scoring import Tier
from app.domain.desk.flags import FlagSort, FlagState
from app.schemas.fields import QueryText
from app.schemas.filter_fields import date_of, day_text, language_of
from app.services.desk.ports import FlagFilter
from app.services.ports import Languages

Given = Annotated[QueryText, Field(max_length=500)]
_STATES: Final[dict[str, FlagState | None]] = {**{state: state for state in get_args(FlagState)}, "any": None}


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """Filter parsed from a query; `wrong`: message ids by names of fields that cannot be read and filter nothing."""

    filters: FlagFilter
    wrong: dict[str, str] = field(default_factory=dict)


class FlagQuery(BaseModel):
    """Filters and order of a list of flags, as strings; empty ones count as absent."""

    model_config = ConfigDict(frozen=True, str_strip_whitespace=True)

    q: Given = ""
    state: Literal["open", "confirmed", "dismissed", "any"] = "open"
    tier: Literal["", "near_verbatim", "same_script", "same_topic"] = ""
    narrative: Given = ""
    speaker: Given = ""
    source: Given = ""
    language: Given = ""
    assigned: Given = ""
    flagged_on: Given = ""
    said_from: Given = ""
    said_to: Given = ""
    group: Given = ""
    """Id of a flag: the list shows each flag of its group."""
    sort: FlagSort = "newest"

    @classmethod
    def of(cls, query: str) -> Self | None:
        """The list with this query string; None for one that is none of a list of flags."""
        try:
            return cls.model_validate(dict(parse_qsl(query)))
        except ValidationError:
            return None

    @classmethod
    def of_view(cls, query: str) -> Self:
        """The list of a saved view, whose query may be anything: what cannot be read filters nothing."""
        given = dict(parse_qsl(query))
        try:
            return cls.model_validate(given)
        except ValidationError as error:
            wrong = {fault["loc"][0] for fault in error.errors()}
            return cls.model_validate({name: value for name, value in given.items() if name not in wrong})

    def read(self, languages: Languages, me: str) -> ParsedQuery:
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
