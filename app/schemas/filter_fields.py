"""Fields of filters in the addresses of pages: what cannot be read filters nothing, and has a message."""

from app.domain.core.dates import InvalidDate, Period
from app.language.typed_dates import read_typed
from app.services.ports import Languages


def date_of(raw: str, name: str, message: str, wrong: dict[str, str]) -> Period | None:
    """The date in a field; `message` is noted in `wrong` by the field's name where it is none."""
    try:
        return read_typed(raw).period if raw.strip() else None
    except InvalidDate:
        wrong[name] = message
        return None


def day_text(raw: str, name: str, message: str, wrong: dict[str, str]) -> str | None:
    """The day in a field as YYYY-MM-DD; `message` is noted in `wrong` by the field's name where it is none."""
    day = date_of(raw, name, message, wrong)
    if day and day.precision != "day":
        wrong[name] = message
        return None
    return day.text if day else None


def language_of(raw: str, message: str, languages: Languages, wrong: dict[str, str]) -> str | None:
    """The canonical code of the language in the field `language`; `message` is noted in `wrong` where it is none."""
    code = languages.canonical(raw) if raw else None
    if raw and code is None:
        wrong["language"] = message
    return code
