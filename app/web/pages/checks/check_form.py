"""Form of a check: its values, their faults, and the request that it makes."""

from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Form

from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import InvalidDate, Period, parse_period
from app.domain.core.text import InvalidText, clean
from app.domain.statements.statements import LONGEST_NAME, LONGEST_TEXT, Source

LANGUAGES: Final = (
    "ar", "be", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he", "hi", "hr", "hu", "hy", "it",
    "ja", "ka", "ko", "lt", "lv", "mk", "nl", "no", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "tr", "uk",
    "zh",
)  # fmt: skip
"""Languages that the form offers; a text in any other is detected all the same."""

SHOWN: Final = 10
"""Precedents that a check of this form answers with."""

_Typed = Annotated[str, Form()]


@dataclass(slots=True)
class CheckForm:
    """Form as it was submitted. `errors`: message ids by field."""

    text: str = ""
    said_at: str = ""
    speaker: str = ""
    source: str = ""
    language: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def read(self) -> CheckRequest | None:
        """Check request of the form; None with faults in `errors`."""
        self.errors = {}
        text, said_at = self._text(), self._date()
        speaker, source = self._name("speaker"), self._name("source")
        if self.language not in ("", *LANGUAGES):
            self.errors["language"] = "check-error-language"
        if text is None or self.errors:
            return None
        return CheckRequest(
            text,
            self.language or None,
            said_at,
            speaker,
            Source(source) if source else None,
            limit=SHOWN,
        )

    def _text(self) -> str | None:
        try:
            return clean(self.text.replace("\r\n", "\n"), LONGEST_TEXT)
        except InvalidText:
            long = len(self.text.strip()) > LONGEST_TEXT
            self.errors["text"] = "check-error-long" if long else "check-error-text"
            return None

    def _date(self) -> Period | None:
        if not self.said_at.strip():
            return None
        try:
            return parse_period(self.said_at.strip())
        except InvalidDate:
            self.errors["said_at"] = "check-error-date"
            return None

    def _name(self, which: str) -> str | None:
        typed: str = getattr(self, which)
        if not typed.strip():
            return None
        try:
            return clean(typed, LONGEST_NAME)
        except InvalidText:
            self.errors[which] = "check-error-name"
            return None


def submitted_form(
    text: _Typed = "", said_at: _Typed = "", speaker: _Typed = "", source: _Typed = "", language: _Typed = ""
) -> CheckForm:
    """The form of a request."""
    return CheckForm(text, said_at, speaker, source, language)
