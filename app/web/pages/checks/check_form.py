"""Form of a check: its values, their faults, and the request that it makes."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final

from fastapi import Form, Request

from app.domain.checks.checks import CheckRequest
from app.schemas.checks import CheckIn
from app.schemas.faults import validated
from app.web.pages.rendering import messages_of
from app.web.pages.typed_dates import FormDate, form_date

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
    """Form as it was submitted. `errors`: messages by field."""

    text: str = ""
    said_at: str = ""
    speaker: str = ""
    source: str = ""
    language: str = ""
    said: FormDate = field(default_factory=FormDate)
    errors: dict[str, str] = field(default_factory=dict)

    def request(self) -> CheckRequest:
        """Check request of the form. Raises `InvalidInput`."""
        typed = {"said_at": self.said.iso, "speaker": self.speaker, "language": self.language}
        sent: dict[str, Any] = {name: value.strip() for name, value in typed.items() if value.strip()}
        if self.source.strip():
            sent["source"] = {"name": self.source}
        return validated(CheckIn, {**sent, "text": self.text.replace("\r\n", "\n"), "limit": SHOWN}).request()


def submitted_form(
    request: Request,
    text: _Typed = "",
    said_at: _Typed = "",
    speaker: _Typed = "",
    source: _Typed = "",
    language: _Typed = "",
    said_at_future: Annotated[bool, Form()] = False,
) -> CheckForm:
    """The form of a request."""
    said = form_date(said_at, messages_of(request), really_future=said_at_future)
    errors = {"said_at": said.error} if said.error else {}
    return CheckForm(text, said_at, speaker, source, language, said, errors)
