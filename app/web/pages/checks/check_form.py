"""Form of a check: its values, their faults, and the request that it makes."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Form

from app.domain.checks.checks import CheckRequest
from app.schemas.checks import CheckIn
from app.schemas.faults import validated

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
    """A form as it was typed. `errors`: messages by field."""

    text: str = ""
    said_at: str = ""
    speaker: str = ""
    source: str = ""
    language: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def request(self) -> CheckRequest:
        """The request that it makes. Raises `InvalidInput`."""
        typed = {"said_at": self.said_at, "speaker": self.speaker, "language": self.language}
        sent: dict[str, Any] = {name: value.strip() for name, value in typed.items() if value.strip()}
        if self.source.strip():
            sent["source"] = {"name": self.source}
        return validated(CheckIn, {**sent, "text": self.text.replace("\r\n", "\n"), "limit": SHOWN}).request()


def submitted_form(
    text: _Typed = "", said_at: _Typed = "", speaker: _Typed = "", source: _Typed = "", language: _Typed = ""
) -> CheckForm:
    """The form of a request."""
    return CheckForm(text, said_at, speaker, source, language)
