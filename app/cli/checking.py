"""`refrain check`: one statement, or an article, against the archive."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from app.cli.console import err, out
from app.cli.opening import open_to_read
from app.cli.reader_language import reader_languages
from app.cli.run import UsageError
from app.domain.core.errors import InvalidInput
from app.formats.encodings import page_text
from app.formats.lines import Unreadable

_LOOKS_LIKE_HTML = re.compile(r"<(?:!doctype|html|head|body|article|div|p)\b[^<>]*>", re.IGNORECASE)


def check(
    text: Annotated[str | None, typer.Argument(help="The statement, or - to read it from standard input.")] = None,
    document: Annotated[
        str | None, typer.Option(metavar="FILE|-", help="An article, as text or HTML: checks each claim in it.")
    ] = None,
    said_at: Annotated[
        str | None,
        typer.Option(
            "--said-at", "--published-at", help="When it was said, or published: YYYY, YYYY-MM, a day; default: now."
        ),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many precedents at most.")] = 5,
    json: Annotated[bool, typer.Option("--json", help="Print the answer as the API gives it.")] = False,
) -> None:
    """Check one statement, or an article, against the archive, without a server and without storing anything."""
    if (text is None) == (document is None):
        raise UsageError("say what to check: a statement, or --document with the file of an article")
    if document is not None:
        _check_document(document, published_at=said_at, limit=limit, json=json)
    else:
        _check_statement(text or "", said_at=said_at, limit=limit, json=json)


def _check_statement(text: str, *, said_at: str | None, limit: int, json: bool) -> None:
    from app.cli import check_output, output
    from app.schemas.checks import CheckIn
    from app.schemas.faults import validated
    from app.settings import load_settings

    raw = _standard_input() if text == "-" else text
    asked = {"text": raw, "limit": limit, "record": False, **({"said_at": said_at} if said_at else {})}
    try:
        request = validated(CheckIn, asked).request()
    except InvalidInput as error:
        raise _named(error, "the statement") from error
    services = open_to_read(load_settings())
    languages = reader_languages()
    [answer] = services.check_statements([request], accept_languages=languages)
    if json:
        print(output.as_json(answer))
    else:
        check_output.check(out, services.texts.for_language(languages), answer)


def _check_document(place: str, *, published_at: str | None, limit: int, json: bool) -> None:
    """Prints the quoted claims of an article, each with its check."""
    from app.cli import document_output
    from app.schemas.documents import DocumentIn
    from app.schemas.faults import validated
    from app.settings import load_settings

    raw = page_text(sys.stdin.buffer.read())[0] if place == "-" else _file(Path(place))
    kind = "html" if _LOOKS_LIKE_HTML.search(raw) else "text"
    asked = {kind: raw, "limit": limit, "record": False, **({"published_at": published_at} if published_at else {})}
    try:
        request = validated(DocumentIn, asked).request()
    except InvalidInput as error:
        raise _named(error, "the article") from error
    services = open_to_read(load_settings())
    checker = services.check_document
    answer = checker.check(checker.read(request), request)
    if answer.notice:
        err.print(f"Note: {answer.notice.detail} (--published-at DAY)", soft_wrap=True)
    if json:
        print(document_output.document_as_json(answer))
    else:
        document_output.document(out, answer)


def _named(error: InvalidInput, what: str) -> UsageError | InvalidInput:
    """The error in the words of the command line, where the text has no JSON pointer."""
    if not any(fault.pointer in ("/text", "/html") for fault in error.errors):
        return error
    named = (
        f"{what} {fault.detail}" if fault.pointer in ("/text", "/html") else fault.sentence for fault in error.errors
    )
    return UsageError("; ".join(named))


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _file(path: Path) -> str:
    try:
        return page_text(path.read_bytes())[0]
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror}") from error
