"""Form of an import: several files, each with what its sender says of its encoding, its dates and its columns.

The fields of the file in place `n` end in `-n`: `name-0`, `encoding-0`, `dates-0`, `future-0`; and those of its
column in place `m` in `-n-m`. What is said of a file goes by its name, for browsers may send the files in another
order.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Annotated, Final

from fastapi import Depends, Request
from starlette.datastructures import FormData, UploadFile

from app.services.jobs.accept_file import FileChoices

MOST_FILES: Final = 10
_MOST_COLUMNS: Final = 200
_LONGEST_NAME: Final = 200
_LONGEST_CHOICE: Final = 300
FIELDS: Final = (
    "text", "said_at", "speaker", "source", "url", "title", "language", "narratives", "external_id", "said_before",
    "archive_url", "verdict", "publisher", "review_url", "reviewed_at", "explanation", "keywords", "summary",
)  # fmt: skip
"""Fields that a column may be said to hold, the commonest first."""
ENCODINGS: Final = ("utf-8", "utf-16", "cp1251", "koi8-u", "cp866", "cp1250", "cp1252", "cp1254", "cp1256")
"""Encodings that are offered."""


@dataclass(frozen=True, slots=True)
class FileOptions:
    """Choices that the sender of a file makes in the form; empty: the file decides."""

    encoding: str = ""
    dates: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Fields by the columns that are said to hold them."""
    reject_future: bool = False
    """True: what is dated in the future is left out."""

    def choices(self, name: str, media_type: str | None) -> FileChoices:
        """The choices under which the file is read."""
        pairs = tuple(f"{one}={column}" for column, one in self.columns.items())
        day_first = {"dmy": True, "mdy": False}.get(self.dates)
        return FileChoices(name, media_type, self.encoding or None, pairs, day_first)

    @property
    def duplicate_field(self) -> str | None:
        """A field that two columns are said to hold."""
        fields = list(self.columns.values())
        return next((one for one in fields if fields.count(one) > 1), None)


@dataclass(frozen=True, slots=True)
class ImportForm:
    """Files that were sent, with what was said of each. `cut`: of each file the beginning alone was sent."""

    files: tuple[tuple[UploadFile, str, FileOptions], ...] = ()
    private: bool = False
    cut: bool = False


async def _read(request: Request) -> ImportForm:
    form = await request.form()
    options = _options(form)
    sent = [one for one in form.getlist("file") if isinstance(one, UploadFile) and one.filename]
    names = [PurePath((one.filename or "").replace("\\", "/")).name[:_LONGEST_NAME] for one in sent]
    files = tuple((one, name, options.get(name, FileOptions())) for one, name in zip(sent, names, strict=True))
    return ImportForm(files, _text(form, "private") == "true", _text(form, "cut") == "true")


TheForm = Annotated[ImportForm, Depends(_read)]


def _options(form: FormData) -> dict[str, FileOptions]:
    found: dict[str, FileOptions] = {}
    for place in range(MOST_FILES):
        name = _text(form, f"name-{place}")
        if not name:
            continue
        columns = {
            column: chosen
            for number in range(_MOST_COLUMNS)
            if (column := _text(form, f"column-{place}-{number}"))
            and (chosen := _text(form, f"field-{place}-{number}"))
            and chosen != _text(form, f"understood-{place}-{number}")
        }
        dates = _text(form, f"dates-{place}")
        found[name] = FileOptions(
            _text(form, f"encoding-{place}")[:40], dates, columns, _text(form, f"future-{place}") == "reject"
        )
    return found


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value[:_LONGEST_CHOICE] if isinstance(value, str) else ""
