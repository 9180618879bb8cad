"""The archive that X hands out to its users: a folder, a ZIP file, or one of its `data/tweets.js` files."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from app.formats.json_document import LARGEST, parse_document
from app.formats.lines import FileFacts, Line, Opened, ReadOptions, Unreadable
from app.formats.posts_of_x import PREFIX, document_lines

_PARTS: Final = re.compile(r"\A(?:.*/)?data/(tweets?(?:-part\d+)?|note-tweet|account)\.js")
_MOST_PARTS: Final = 100


def open_part(path: Path, options: ReadOptions) -> Opened:  # noqa: ARG001 - every opener has these
    """One file of the archive, such as `tweets.js`. Raises `Unreadable`."""
    if path.stat().st_size > LARGEST:
        raise Unreadable(f"{path.name} is over {LARGEST:,} bytes: cut it up")
    folder = path.parent
    beside = {name: folder / f"{name}.js" for name in ("account", "note-tweet")}
    parts = {name: file.read_bytes() for name, file in beside.items() if file.is_file() and file != path}
    return _opened({path.stem: path.read_bytes(), **parts}, path.name)


def is_archive(path: Path) -> bool:
    """True for a folder or a ZIP file with the posts of an archive in it."""
    if path.is_dir():
        return any((path / "data" / name).is_file() for name in ("tweets.js", "tweet.js"))
    try:
        with zipfile.ZipFile(path) as parts:
            return any((found := _PARTS.fullmatch(name)) and found[1].startswith("tweet") for name in parts.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def open_archive(path: Path, options: ReadOptions) -> Opened:  # noqa: ARG001
    """A folder or a ZIP file. Raises `Unreadable`."""
    if path.is_dir():
        files = sorted((path / "data").glob("*.js"))
        found = {file.stem: file.read_bytes() for file in files if _PARTS.fullmatch(f"data/{file.name}")}
        return _opened(found, path.name)
    try:
        with zipfile.ZipFile(path) as parts:
            wanted = {part[1]: name for name in parts.namelist() if (part := _PARTS.fullmatch(name))}
            if sum(parts.getinfo(name).file_size for name in wanted.values()) > LARGEST or len(wanted) > _MOST_PARTS:
                raise Unreadable(
                    f"{path.name} unpacks to over {LARGEST:,} bytes of posts: unpack it and name its files"
                )
            return _opened({stem: parts.read(name) for stem, name in wanted.items()}, path.name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, RuntimeError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable(f"{path.name} is a damaged or locked ZIP archive") from error


def _opened(parts: dict[str, bytes], name: str) -> Opened:
    values = {stem: _value(raw, f"{stem}.js of {name}" if len(parts) > 1 else name) for stem, raw in parts.items()}
    accounts = values.pop("account", [])
    first = (
        next((one.get("account") for one in accounts if isinstance(one, dict)), None)
        if isinstance(accounts, list)
        else None
    )
    notes = values.get("note-tweet", [])
    posts = {stem: value for stem, value in values.items() if stem != "note-tweet"} or {"note-tweet": notes}

    def lines() -> Iterator[Line]:
        number = 0
        for stem, value in posts.items():
            for line in document_lines(value, first, notes if isinstance(notes, list) else []):
                number += 1
                yield Line(number, line.draft, None, line.reason, f"{stem}.js{line.place}", line.left_out, line.skipped)

    return Opened(FileFacts("archive of X"), lines())


def _value(raw: bytes, name: str) -> Any:
    return parse_document(PREFIX.sub(b"", raw[3:] if raw.startswith(b"\xef\xbb\xbf") else raw), name)
