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
from app.domain.core.messages import Messages
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
        raise UsageError(_messages().format_message("printed-what-to-check"))
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
        raise _named(error, "statement") from error
    services = open_to_read(load_settings())
    [answer] = services.check_statements([request], accept_languages=reader_languages())
    if json:
        print(output.as_json(answer))
    else:
        check_output.check(out, _messages(), answer)


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
        raise _named(error, "article") from error
    services = open_to_read(load_settings())
    checker = services.check_document
    phrases = _messages()
    try:
        read = checker.read(request)
    except InvalidInput as error:
        raise _named(error, "article") from error
    answer = checker.check(read, request, accept_languages=reader_languages())
    if answer.notice:
        err.print(phrases.format_message("printed-note", note=answer.notice.detail), soft_wrap=True)
    if json:
        print(document_output.document_as_json(answer))
    else:
        document_output.document(out, phrases, answer)


def _named(error: InvalidInput, what: str) -> UsageError:
    """The error in the words of the command line, where the text has no JSON pointer. `what`: "statement" or
    "article"."""
    phrases = _messages()
    named = (
        phrases.format_message(f"printed-wrong-{what}", reason=phrases.reason(fault.detail))
        if fault.pointer in ("/text", "/html")
        else phrases.reason(fault.sentence)
        for fault in error.errors
    )
    return UsageError("; ".join(named))


def _messages() -> Messages:
    """Messages in the language of whoever types the command."""
    from app.texts.fluent import FluentCatalogs

    return FluentCatalogs().for_language(reader_languages())


def _standard_input() -> str:
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _file(path: Path) -> str:
    try:
        return page_text(path.read_bytes())[0]
    except OSError as error:
        said = _messages().format_message("printed-unreadable", file=str(path), reason=error.strerror or "")
        raise Unreadable(said) from error
