"""The query string of a list of flags, as saved views keep it, read as a filter.

The desk's pages read the same addresses with messages for what is wrong (`app/web/pages/desk/queue_query.py`); here
what cannot be read filters nothing.
"""

from typing import Final, get_args
from urllib.parse import parse_qsl

from app.domain.checks.scoring import Tier
from app.domain.core.dates import InvalidDate, Period, parse_period
from app.domain.desk.flags import FlagState
from app.services.desk.ports import FlagFilter
from app.services.ports import Languages

_OPEN: Final[FlagState] = "open"


def filter_of(query: str, languages: Languages, me: str) -> FlagFilter:
    """The filter of a saved view for the account with the id `me`."""
    given = {name: value.strip() for name, value in parse_qsl(query)}
    raw = given.get("state", _OPEN)
    state: FlagState | None = next((one for one in get_args(FlagState) if one == raw), None if raw == "any" else _OPEN)
    tier = given.get("tier")
    assigned = given.get("assigned") or None
    return FlagFilter(
        state=state,
        tier=Tier(tier) if tier in set(Tier) else None,
        narrative=given.get("narrative") or None,
        speaker=given.get("speaker") or None,
        source=given.get("source") or None,
        language=languages.canonical(given["language"]) if given.get("language") else None,
        said_from=_date(given.get("said_from")),
        said_to=_date(given.get("said_to")),
        q=given.get("q") or None,
        assigned=me if assigned == "me" else assigned,
        flagged_on=given.get("flagged_on") or None,
        group=given.get("group") or None,
    )


def _date(raw: str | None) -> Period | None:
    try:
        return parse_period(raw) if raw else None
    except InvalidDate:
        return None
