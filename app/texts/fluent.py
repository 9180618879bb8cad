"""Message catalogs of this folder, read by the fluent.runtime library."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentInt, FluentType

from app.domain.core.dates import Period
from app.domain.core.messages import Messages, Value
from app.texts.reasons import PREFIX, Found, ReasonWordings, numbers

FALLBACK = "en"
_HERE = Path(__file__).parent
_LONGEST = 2_000
"""Bound on an argument's length; the library gives up on a message where one has over 2,500 characters."""


class FluentCatalogs:
    """The languages that have a folder with catalogs, by default in this one."""

    def __init__(self, folder: Path = _HERE) -> None:
        self._folder = folder
        self.languages = sorted(one.name for one in folder.iterdir() if any(one.glob("*.ftl")))

    def own_name(self, language: str) -> str:
        """The name of a language in that language itself: "Українська"; its code where it has none."""
        name = Locale.parse(language, sep="-").get_display_name()
        return f"{name[0].upper()}{name[1:]}" if name else language

    def for_language(self, tags: Sequence[str] = ()) -> Messages:
        """Messages in the first available of these languages; "de-AT" takes "de"."""
        return self.matching(tags) or _phrases(self._folder, FALLBACK)

    def matching(self, tags: Sequence[str]) -> Messages | None:
        """The same, but None where none of them is available."""
        for tag in tags:
            for code in (tag, tag.split("-")[0]):
                for language in self.languages:
                    if language.lower() == code.lower():
                        return _phrases(self._folder, language)
        return None


class FluentMessages:
    """Messages of one language. Missing ones are taken from `otherwise`. `reasons`: how the program words its reasons;
    None in the language that it words them in."""

    def __init__(
        self,
        language: str,
        sources: Sequence[str],
        otherwise: Messages | None = None,
        reasons: ReasonWordings | None = None,
    ):
        self.language = language
        self._otherwise = otherwise
        self._reasons = reasons
        # Without the marks that would keep directions of writing apart: they are invisible and break comparisons.
        functions: dict[str, Any] = {
            "ON": self._on, "DATE": self._date, "ORDINAL": self._ordinal, "LANGUAGE": self._language_name,
        }  # fmt: skip
        self._bundle = FluentBundle([language], functions=functions, use_isolating=False)
        for source in sources:
            self._bundle.add_resource(FluentResource(source))
        self._locale = Locale.parse(language, sep="-")

    def format_message(self, message_id: str, /, **values: Value) -> str:
        """The message with its arguments."""
        message = self._bundle.get_message(message_id) if self._bundle.has_message(message_id) else None
        if message is None or message.value is None:
            if self._otherwise is None:
                raise LookupError(f"no language has a text '{message_id}'")
            return self._otherwise.format_message(message_id, **values)
        text, errors = self._bundle.format_pattern(
            message.value, {name: self._argument(value) for name, value in values.items()}
        )
        if errors:
            raise LookupError(f"text '{message_id}' of language '{self.language}': {errors[0]}") from errors[0]
        return str(text)

    def reason(self, said: str) -> str:
        """A reason that the program gives in English, in this language; as it is where no message is worded so."""
        if self._reasons is None:
            return said
        return "; ".join(
            found if isinstance(found, str) else self._at(*found) for found in self._reasons.sentences(said)
        )

    def _at(self, where: str, found: Found) -> str:
        reason = self._worded(found)
        if not where or self._reasons is None:
            return reason
        place = self._reasons.find_place(where)
        return self.format_message(f"{PREFIX}at", where=self._worded(place) if place else where, reason=reason)

    def _worded(self, found: Found) -> str:
        """A reason or a place; so are arguments of it that are reasons or places themselves."""
        message_id, arguments = found
        values: dict[str, str | int] = {}
        for name, value in numbers(arguments).items():
            inner = None
            if self._reasons and isinstance(value, str):
                inner = self._reasons.find_place(value) if name == "place" else self._reasons.find(value)
            values[name] = self._worded(inner) if inner else value
        return self.format_message(message_id, **values)

    def _argument(self, value: Value) -> Any:
        """Argument converted for the library."""
        if isinstance(value, Period):
            return _When(value)
        if isinstance(value, str):
            return value if len(value) <= _LONGEST else f"{value[: _LONGEST - 1]}…"
        if isinstance(value, int | float):
            return value
        return self._argument(self._joined_list(value))

    def _joined_list(self, items: Sequence[str]) -> str:
        listed = "".join(items[:1])
        for number, item in enumerate(items[1:], start=2):
            listed = self.format_message("list-last" if number == len(items) else "list-next", before=listed, item=item)
        return listed

    # What the texts may call.

    def _on(self, when: "_When") -> str:
        """Date with its preposition: "on 24 April 2021", "in February 2021"."""
        return self._dated("on", when.period)

    def _date(self, when: "_When", case: str = "nominative") -> str:
        """Date by itself: "24 April 2021", "February 2021"; or in a case that the language's own messages know."""
        return self._dated("date", when.period, case)

    def _dated(self, form: str, period: Period, case: str = "nominative") -> str:
        precision = "day" if period.precision == "instant" else period.precision
        day = period.first_day
        # The year is text, for a number would be written "2,021".
        return self.format_message(
            f"{form}-{precision}", day=str(day.day), month=day.month, year=str(day.year), case=case
        )

    def _ordinal(self, number: FluentInt) -> str:
        """The category of an ordinal number: in English `one` for 1st, `two` for 2nd, `few` for 3rd, else `other`."""
        return str(self._locale.ordinal_form(number))

    def _language_name(self, code: str) -> str:
        """The name of a language: "Arabic"; the code itself where it has none."""
        name: str = self._locale.languages.get(code.split("-")[0], code)
        return name


class _When(FluentType):
    """Period as an argument, which is formatted as the message asks for."""

    def __init__(self, period: Period):
        self.period = period

    def format(self, locale: Locale) -> str:  # noqa: ARG002 (as the library calls it)
        raise ValueError("write { ON($…) } or { DATE($…) } for a date")


@cache
def _phrases(folder: Path, language: str) -> Messages:
    sources = [file.read_text("utf-8") for file in sorted((folder / language).glob("*.ftl"))]
    if language == FALLBACK:
        return FluentMessages(language, sources)
    return FluentMessages(language, sources, _phrases(folder, FALLBACK), _reasons(folder))


@cache
def _reasons(folder: Path) -> ReasonWordings | None:
    file = folder / FALLBACK / "reasons.ftl"
    return ReasonWordings(file.read_text("utf-8")) if file.exists() else None
