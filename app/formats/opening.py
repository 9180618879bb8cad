"""Opening of files and folders: the reader that fits the content, or that somebody names."""

import gzip
import itertools
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.formats import archive_of_x, claimreview, jsonl
from app.formats.detection import detect, hint_of
from app.formats.file_format import Format
from app.formats.json_document import read_document
from app.formats.lines import FileFacts, Line, NoTextColumn, Opened, ReadOptions, Unreadable
from app.formats.registry import DOCUMENTS, FILES

_MOST_UNPACKED: Final = 512 * 1024 * 1024
_BLOCK: Final = 1 << 20
_NO_OPTIONS: Final = ReadOptions()
_GZIP: Final = b"\x1f\x8b"


def open_file(
    path: Path,
    format_: Format = Format.AUTO,
    options: ReadOptions = _NO_OPTIONS,
    name: str | None = None,
    media_type: str | None = None,
) -> Opened:
    """A file with what was understood of it. `name`: what it is called, where that is not the path's name.

    Raises `Unreadable` for what is no file of statements, and says what it is.
    """
    name = name or path.name
    if not path.is_file():
        raise Unreadable(f"{name} is not there")
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    if packed:
        return _open_gzip(path, format_, options, name)
    if format_ is Format.AUTO:
        hint = hint_of(name, media_type) or (Format.CSV if options.columns else None)
        format_ = detect(path, hint, name)
    try:
        if format_ is Format.JSONL:
            return Opened(FileFacts("JSON lines"), jsonl.read_statements(path))
        if format_ is Format.CLAIMREVIEW:
            return _open_reviews(path, options)
        if format_ is Format.JSON:
            return _open_document(path, options)
        if format_ is Format.X and path.suffix == ".zip":
            return archive_of_x.open_archive(path, options)
        return FILES[format_](path, options)
    except NoTextColumn as error:
        raise NoTextColumn(str(error).replace(path.name, name), error.samples) from error
    except Unreadable as error:
        raise Unreadable(str(error).replace(path.name, name)) from error


def open_lines(path: Path, format_: Format, options: ReadOptions = _NO_OPTIONS) -> Iterator[tuple[Path, Line]]:
    """Lines, each with the file it is from: of a file, or of a folder. Raises as `open_path` does."""
    return itertools.chain.from_iterable(
        ((file, line) for line in opened.lines) for file, opened in open_path(path, format_, options)
    )


def open_path(path: Path, format_: Format, options: ReadOptions = _NO_OPTIONS) -> list[tuple[Path, Opened]]:
    """The files of a path: a file, a folder's `narratives.jsonl` and `corpus.jsonl`, an archive of X.

    Raises `Unreadable` for a path or a format that cannot be read.
    """
    if not path.is_dir():
        if not path.exists():
            raise Unreadable(f"{path} is not there")
        return [(path, open_file(path, format_, options))]
    corpus, narratives = path / "corpus.jsonl", path / "narratives.jsonl"
    if not corpus.is_file():
        if archive_of_x.is_archive(path):
            return [(path, archive_of_x.open_archive(path, options))]
        if (path / "result.json").is_file():
            return [(path / "result.json", open_file(path / "result.json", Format.AUTO, options))]
        raise Unreadable(f"{path} has no corpus.jsonl: name a file, or a folder with one")
    found = [(corpus, Opened(FileFacts("JSON lines"), jsonl.read_statements(corpus)))]
    if narratives.is_file():
        found.insert(0, (narratives, Opened(FileFacts("JSON lines"), jsonl.read_narratives(narratives))))
    return found


def line_count(path: Path) -> int:
    """About how many lines `open_path` will yield, for a progress bar."""
    files = [path / "narratives.jsonl", path / "corpus.jsonl"] if path.is_dir() else [path]
    total = 0
    for file in files:
        if file.is_file():
            with file.open("rb") as lines:
                total += sum(1 for _ in lines)
    return total


def _open_document(path: Path, options: ReadOptions) -> Opened:
    document = read_document(path)
    for shape in DOCUMENTS:
        if shape.recognises(document):
            facts = FileFacts(shape.name, name=path.name)
            return Opened(facts, shape.lines(document, options, facts))
    names = ", ".join(shape.name for shape in DOCUMENTS)
    raise Unreadable(f"{path.name} holds no ClaimReview, and is JSON of no other kind that is read ({names})")


def _open_reviews(path: Path, options: ReadOptions) -> Opened:
    """ClaimReview in JSON, in lines of it, or in a page."""
    with path.open("rb") as file:
        in_a_page = file.read(200).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<")
    if in_a_page:
        return FILES[Format.HTML](path, options)
    lines = claimreview.read_statements(path)
    first = next(lines)
    return Opened(FileFacts("ClaimReview"), itertools.chain([first], lines))


def _open_gzip(path: Path, format_: Format, options: ReadOptions, name: str) -> Opened:
    """The content of a gzip file, unpacked to a temporary file that is deleted when its lines have been read."""
    unpacked = tempfile.NamedTemporaryFile(suffix=Path(name.removesuffix(".gz")).suffix)  # noqa: SIM115
    size = 0
    try:
        with gzip.open(path) as packed:
            while block := packed.read(_BLOCK):
                size += len(block)
                if size > _MOST_UNPACKED:
                    raise Unreadable(f"{name} unpacks to over {_MOST_UNPACKED:,} bytes: cut it up")
                unpacked.write(block)
    except (gzip.BadGzipFile, EOFError, zlib.error, OSError) as error:
        unpacked.close()
        raise Unreadable(f"{name} is a damaged gzip file") from error
    except Unreadable:
        unpacked.close()
        raise
    unpacked.flush()
    inner = Path(unpacked.name)
    with inner.open("rb") as file:
        if file.read(2) == _GZIP:
            unpacked.close()
            raise Unreadable(f"{name} is packed twice: unpack it")
    try:
        opened = open_file(inner, format_, options, name.removesuffix(".gz"))
    except Unreadable:
        unpacked.close()
        raise
    opened.facts.notes.append("unpacked from gzip")

    def lines() -> Iterator[Line]:
        with unpacked:
            yield from opened.lines

    return Opened(opened.facts, lines())
