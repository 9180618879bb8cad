"""Manifest of a backup: what it is of, how much is in it, and the checksums by which damage is found."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from app.domain.core.errors import RefrainError
from app.domain.core.strict_json import loads
from index.private_files import private_file
from index.search.durable import fsync_path

MANIFEST: Final = "manifest.json"
ARCHIVE: Final = "archive.sqlite3"
_FORMAT: Final = 1


class BackupUnusable(RefrainError):
    """A folder that is no backup, or a damaged one; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """Content of `manifest.json`, the file that makes a folder a backup."""

    refrain: str
    """Version of the program."""
    schema: str
    """Revision of the schema."""
    database: str
    """Of which it is a backup: sqlite or postgresql."""
    created_at: datetime
    """When it was begun: all that was committed by then is in it."""
    counts: Mapping[str, int]
    """Number of rows of each table."""
    files: Mapping[str, str]
    """SHA-256 of each other file."""

    def write(self, folder: Path) -> None:
        """Writes the manifest and waits until it is on the disk."""
        path = folder / MANIFEST
        private_file(path)
        content = {"format": _FORMAT, **asdict(self), "created_at": self.created_at.isoformat()}
        path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
        fsync_path(path)

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a backup whose files have the right checksums. Raises `BackupUnusable`."""
        try:
            content = loads((folder / MANIFEST).read_bytes())
            found = content.pop("format")
            if found != _FORMAT:
                raise BackupUnusable(f"{folder} is a backup of format {found}: restore it with a newer Refrain")
            content["created_at"] = datetime.fromisoformat(content["created_at"])
            manifest = cls(**content)
            manifest._require_sound()
            wrong = [name for name, expected in manifest.files.items() if checksum(folder / name) != expected]
        except FileNotFoundError as error:
            missing = Path(error.filename or MANIFEST).name
            raise BackupUnusable(f"{folder} is no complete backup: it has no {missing}") from error
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise BackupUnusable(f"{folder} is no backup, or a damaged one: {MANIFEST} cannot be read") from error
        if wrong or ARCHIVE not in manifest.files:
            name = ", ".join(wrong) or ARCHIVE
            raise BackupUnusable(f"the backup in {folder} is damaged: the checksum of {name} is wrong; take another")
        return manifest

    def _require_sound(self) -> None:
        """Raises `ValueError` for values that no backup has, such as a file outside its folder."""
        described = (self.refrain, self.schema, self.database, *self.counts.keys(), *self.files.values())
        if not all(isinstance(text, str) for text in described):
            raise ValueError("a value that is no text")
        if not all(isinstance(count, int) for count in self.counts.values()):
            raise ValueError("a count that is no number")
        if not set(self.files) <= {ARCHIVE}:
            raise ValueError("a file that no backup has")


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
