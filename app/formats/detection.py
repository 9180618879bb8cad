"""File format detection, by content: signatures, the shape of JSON, the first tags; a name or a media type decides only
where the content does not."""

import re
import zipfile
from pathlib import Path, PurePath
from typing import Any, Final

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.formats import archive_of_x
from app.formats.columns import understood
from app.formats.csv_table import delimiter_of, head_of
from app.formats.encodings import encoding_of
from app.formats.file_format import Format
from app.formats.lines import UnknownFormat, Unreadable
from app.formats.posts_of_x import PREFIX

HEAD: Final = 1_100_000
"""Bytes that are looked at: over the longest line of JSON."""
_SIGNATURES: Final = (
    (b"%PDF", "a PDF: save its text, and check it with refrain check --document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive: unpack it"),
    (b"Rar!", "a RAR archive: unpack it"),
    (b"BZh", "a bzip2 file: unpack it"),
    (b"\xfd7zXZ", "an xz file: unpack it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file: unpack it"),
    (b"SQLite format 3\x00", "an SQLite database: export its table as CSV"),
    (b"PAR1", "a Parquet file: save it as CSV"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM film"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"{\\rtf", "an RTF text: save it as plain text"),
    (b"\x89HDF", "an HDF5 file: save it as CSV"),
    (b"ARROW1", "an Arrow file: save it as CSV"),
    (b"Obj\x01", "an Avro file: save it as CSV"),
    (b"\x80\x04\x95", "a Python pickle, which is never read: save it as CSV"),
)
"""What files begin with that are not read, and what they are."""
_RIFF: Final = {b"WEBP": "a WebP image", b"WAVE": "a WAV recording", b"AVI ": "an AVI film"}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED: Final = (
    ("xl/", Format.SPREADSHEET),
    ("word/", "a Word document: save its text, and check it with refrain check --document"),
    ("ppt/", "a PowerPoint file: save its text"),
    ("META-INF/container.xml", "an EPUB book: save its text"),
)
_SUFFIXES: Final = {
    ".jsonl": Format.JSONL,
    ".ndjson": Format.JSONL,
    ".csv": Format.CSV,
    ".tsv": Format.CSV,
    ".tab": Format.CSV,
    ".json": Format.JSON,
    ".jsonld": Format.JSON,
    ".xlsx": Format.SPREADSHEET,
    ".xls": Format.SPREADSHEET,
    ".xlsb": Format.SPREADSHEET,
    ".ods": Format.SPREADSHEET,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".warc": Format.WARC,
    ".rss": Format.FEED,
    ".atom": Format.FEED,
    ".eml": Format.EMAIL,
}
_MEDIA_TYPES: Final = {
    "application/x-ndjson": Format.JSONL,
    "application/jsonl": Format.JSONL,
    "application/x-jsonlines": Format.JSONL,
    "application/jsonlines": Format.JSONL,
    "text/csv": Format.CSV,
    "text/tab-separated-values": Format.CSV,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": Format.SPREADSHEET,
    "application/vnd.ms-excel": Format.CSV,
    "application/vnd.oasis.opendocument.spreadsheet": Format.SPREADSHEET,
    "application/json": Format.JSON,
    "application/ld+json": Format.JSON,
    "application/feed+json": Format.JSON,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/warc": Format.WARC,
    "application/rss+xml": Format.FEED,
    "application/atom+xml": Format.FEED,
    "message/rfc822": Format.EMAIL,
}
_MAIL: Final = re.compile(
    r"\A(?:(?:From |Return-Path|Received|Delivered-To|Date|From|To|Subject|Message-ID|MIME-Version|X-[\w-]+"
    r"|DKIM-Signature|Reply-To|List-[\w-]+|Content-Type)\b[^\n]*(?:\n[ \t][^\n]*)*\n){3}",
    re.IGNORECASE,
)
_XML: Final = re.compile(r"<(?:\?xml|!DOCTYPE|!--|[A-Za-z])", re.IGNORECASE)
_ROOT: Final = re.compile(r"<(?![?!])(?:[\w-]+:)?([A-Za-z][\w-]*)", re.ASCII)
_FEEDS: Final = frozenset(("rss", "feed", "rdf"))
_HTML: Final = re.compile(
    r"<(?:!doctype\s+html|html|head|body|script|meta|title|div|p|article|link|section|main|span|h[1-6]|table|ul|a)\b",
    re.IGNORECASE,
)


def hint_of(name: str | None = None, media_type: str | None = None) -> Format | None:
    """The format that a file's name, or else its media type, speaks for; None where neither does."""
    by_name = _SUFFIXES.get(PurePath(name.removesuffix(".gz")).suffix.lower()) if name else None
    return by_name or _MEDIA_TYPES.get((media_type or "").partition(";")[0].strip().lower())


def detect(path: Path, hint: Format | None, name: str | None = None) -> Format:
    """The format of a file. Raises `Unreadable` for what is something else, and says what that is; and where the
    content does not tell the format and there is no hint."""
    name = name or path.name
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip():
        raise UnknownFormat(f"{name} is empty")
    found = _by_signature(path, head, name) or _of_text(path, head, hint)
    if found:
        return found
    if hint:
        return hint
    names = ", ".join(one for one in Format if one is not Format.AUTO)
    raise UnknownFormat(f"cannot tell the format of {name}: say --format with one of {names}")


def _by_signature(path: Path, head: bytes, name: str) -> Format | None:
    for signature, what in _SIGNATURES:
        if head.startswith(signature):
            raise Unreadable(f"{name} is {what}")
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        raise Unreadable(f"{name} is {_RIFF[head[8:12]]}")
    if head[4:8] == b"ftyp":
        raise Unreadable(f"{name} is a film, a recording or an image (MP4, MOV or HEIC)")
    if head.startswith(b"PK\x03\x04"):
        return _of_zip(path, name)
    if head.startswith(_OLE):
        return Format.SPREADSHEET  # or an old Word document: the reader says so
    if head.startswith(b"WARC/"):
        return Format.WARC
    return Format.X if PREFIX.match(head.removeprefix(b"\xef\xbb\xbf")) else None


def _of_zip(path: Path, name: str) -> Format:
    try:
        with zipfile.ZipFile(path) as parts:
            names = parts.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable(f"{name} is a damaged ZIP archive") from error
    for beginning, what in _ZIPPED:
        if any(part.startswith(beginning) for part in names):
            if isinstance(what, Format):
                return what
            raise Unreadable(f"{name} is {what}")
    if "content.xml" in names and "mimetype" in names:
        return Format.SPREADSHEET
    if archive_of_x.is_archive(path):
        return Format.X
    raise Unreadable(f"{name} is a ZIP archive: unpack it, and name a file in it")


def _of_text(path: Path, head: bytes, hint: Format | None) -> Format | None:
    encoding = encoding_of(path)
    text = head_of(path, encoding)
    start = text.lstrip()
    if start[:1] in ("{", "["):
        if encoding.name.startswith("utf-8"):
            return _of_json(head.removeprefix(b"\xef\xbb\xbf"), hint)
        return Format.JSON
    if _XML.match(start):
        if hint is Format.CLAIMREVIEW:
            return Format.HTML
        root = _ROOT.search(start)
        if root and root[1].lower() in _FEEDS:
            return Format.FEED
        if _HTML.search(start):
            return Format.HTML
    if _MAIL.match(start.replace("\r\n", "\n")):
        return Format.EMAIL
    if _is_table(text):
        return Format.CSV
    if start.startswith("<?xml"):
        return Format.FEED  # or XML of another kind: the reader says so
    return Format.HTML if _XML.match(start) and hint is not Format.JSONL else None


def _of_json(head: bytes, hint: Format | None) -> Format:
    """One document, or a value a line: lines where the first one is a whole object and no document by itself, or where
    the second is and the file is called so."""
    lines = [line for line in head.splitlines() if line.strip()][:3]
    first = _object(lines[0])
    if first is None:
        second = _object(lines[1]) if len(lines) > 1 else None
        broken = second is not None and lines[0].rstrip().endswith(b"}") and lines[0].lstrip().startswith(b"{")
        named = hint is Format.JSONL and not lines[0].lstrip().startswith(b"[") and not _is_json(head)
        return Format.JSONL if broken or named else Format.JSON
    if len(lines) > 1:
        return Format.JSONL
    from app.formats.registry import DOCUMENTS, RECORDS

    if any(shape.recognises(first) for shape in RECORDS):
        return Format.JSONL
    return Format.JSON if "text" not in first and any(shape.recognises(first) for shape in DOCUMENTS) else Format.JSONL


def _is_json(raw: bytes) -> bool:
    try:
        strict_json.loads(raw, most_items=None)
    except NotJson:
        return False
    return True


def _object(line: bytes) -> Any:
    try:
        value = strict_json.loads(line.strip(), most_items=None)
    except NotJson:
        return None
    return value if isinstance(value, dict) else None


def _is_table(text: str) -> bool:
    """True if one of the first lines names columns, one of them with texts."""
    if text[:4].lower() == "sep=" or text[:5].lower() == '"sep=':
        return True
    delimiter, _ = delimiter_of(text)
    for line in text.splitlines()[:20]:
        cells = [cell.strip().strip('"') for cell in line.split(delimiter)]
        if len(cells) > 1 and "text" in understood(cells, {}).fields:
            return True
    first = text.splitlines()[0] if text.splitlines() else ""
    return first.strip().strip('"').casefold() == "text"
