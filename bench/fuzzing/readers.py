"""Readers of what a stranger or a damaged disk may have written, each as a function of bytes.

A function returns, or raises an error that its reader documents; anything else is a fault.
"""

import base64
import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

from starlette.requests import Request

from app.domain.core.dates import parse_period
from app.domain.core.errors import InvalidInput
from app.domain.core.strict_json import loads
from app.domain.desk.flags import FlagSort
from app.domain.search.keyword_query import parse_query, tokenize
from app.domain.webhooks.ssrf import destination, refuse_internal
from app.formats.encodings import encoding_of, page_text
from app.formats.evaluation import read_queries
from app.formats.file_format import Format
from app.formats.html_page import read_page
from app.formats.judged_pairs import FILE, has_judged_pairs, read_judged_pairs
from app.formats.lines import FileFacts, Line, ReadOptions
from app.formats.opening import open_file
from app.formats.pair_cut_offs import read_pair_cut_offs
from app.formats.record import narrative_draft, record_of, statement_draft
from app.formats.registry import DOCUMENTS, RECORDS
from app.formats.scoring_file import read_scoring_model
from app.language.written_dates import read_date
from app.store.backup.manifest import MANIFEST, Manifest
from app.texts.fluent import FluentCatalogs
from app.web import idempotency
from app.web.accept_language import accepted_languages
from app.web.flag_cursor import decode_cursor, encode_cursor
from app.web.pages import flash
from app.web.pages.access import cookies, csrf, single_sign_on
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pagination import Page, cursor_of
from app.worker.json_messages import JsonMessages
from index.search.engines.exact import ExactIndex
from index.search.snapshots import read_snapshot
from index.text.language_detection import canonical_tag

FOLDER = Path(tempfile.mkdtemp(prefix="parsers-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
_MESSAGES = FluentCatalogs().for_language(("en",))
DIMENSION = 4


def text_of(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def file_of(raw: bytes, name: str = "file") -> Path:
    path = FOLDER / name
    path.write_bytes(raw)
    return path


def _request(header: str, raw: bytes) -> Request:
    app = SimpleNamespace(state=SimpleNamespace(public_url=""))
    headers = [(header.encode(), raw), (b"host", b"127.0.0.1")]
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": headers}
    return Request({**scope, "app": app})


def has_draft_or_reason(lines: Iterable[Line]) -> None:
    for line in lines:
        assert line.draft or line.narrative or line.reason or line.skipped, "a line with neither a draft nor a reason"


def opened_as(name: str, format_: Format = Format.AUTO) -> Callable[[bytes], None]:
    """Reads a file of this name, in the format that its content shows, or in the one that is given."""

    def read(raw: bytes) -> None:
        opened = open_file(file_of(raw, name), format_)
        for line in opened.lines:
            assert line.draft or line.narrative or line.reason or line.skipped, "a line that says nothing"
            if line.draft:
                again = statement_draft(json.loads(json.dumps(record_of(line.draft))))
                assert again == line.draft, "a draft that its record does not give again"

    return read


def parse_json_shape(raw: bytes) -> None:
    """A JSON value as a document and as a line of every kind."""
    value = loads(raw)
    for shape in RECORDS:
        shape.recognises(value)
        line = shape.line(1, value) if isinstance(value, dict) else None
        assert line is None or line.draft or line.reason or line.skipped
    for shape in DOCUMENTS:
        if shape.recognises(value):
            for line in shape.lines(value, ReadOptions(), FileFacts(shape.name)):
                assert line.draft or line.reason or line.skipped


def parse_file_date(raw: bytes) -> None:
    period = read_date(text_of(raw), day_numbers=True)
    assert parse_period(period.text) == period


def parse_encoding(raw: bytes) -> None:
    encoding = encoding_of(file_of(raw))
    raw.decode(encoding.name, encoding.errors)
    page_text(raw)


def parse_narrative(raw: bytes) -> None:
    narrative_draft(loads(raw.strip()))


def parse_strict_json(raw: bytes) -> None:
    value = loads(raw)
    assert loads(json.dumps(value, allow_nan=False).encode()) == value


def parse_page(raw: bytes) -> None:
    page = read_page(text_of(raw))
    assert page is None or page.text.strip(), "a page without text"


def parse_date(raw: bytes) -> None:
    period = parse_period(text_of(raw))
    assert period.begins < period.ends
    assert parse_period(period.text) == period


def parse_tag(raw: bytes) -> None:
    code = canonical_tag(text_of(raw))
    assert code is None or (code and canonical_tag(code) is not None)


def parse_accept_language(raw: bytes) -> None:
    assert all(accepted_languages(raw.decode("latin-1")))


def parse_cookies(raw: bytes) -> None:
    """The three cookies that are read, each as sent, and with the encoding around it that it would have."""
    encoded = base64.urlsafe_b64encode(raw)
    for header in (raw, b"refrain_notice=" + encoded, b"refrain_sso=" + encoded, b"refrain_session=" + raw):
        request = _request("cookie", header)
        token = cookies.session_token(request)
        if token:
            csrf.csrf_of(token)
        flash.take_notice(request, _MESSAGES)
        kept = single_sign_on._kept(request)
        assert kept is None or isinstance(kept["state"], str)
    single_sign_on._kept(_request("cookie", single_sign_on._name(request).encode() + b"=" + encoded))


def parse_origin(raw: bytes) -> None:
    csrf._place(raw.decode("latin-1"))


def parse_cursor(raw: bytes) -> None:
    before = Page(20, text_of(raw)).before
    assert before is None or Page(20, cursor_of(before)).before == before


def parse_flag_cursor(raw: bytes) -> None:
    wrong = 0
    for sort in get_args(FlagSort):
        try:
            position = decode_cursor(text_of(raw), sort)
        except InvalidInput:
            wrong += 1
        else:
            assert decode_cursor(encode_cursor(position, sort), sort) == position
    assert wrong >= len(get_args(FlagSort)) - 1, "a cursor of two orders"


def parse_idempotency_key(raw: bytes) -> None:
    key = raw.decode("latin-1")
    if idempotency._KEY.fullmatch(key):
        assert key.isascii()
        assert key.isprintable()
        assert 0 < len(key) <= idempotency.LONGEST


def parse_destination(raw: bytes) -> None:
    to = destination(text_of(raw), ["receiver.example"])
    assert to.named or to.secure
    if not to.named and (to.host.replace(".", "").isdecimal() or ":" in to.host):
        refuse_internal(to.host)


def parse_address_query(raw: bytes) -> None:
    query = FlagListQuery.of(text_of(raw))
    if query is not None:
        assert FlagListQuery.of(query.query()) is not None
        with contextlib.suppress(InvalidInput):
            query.cursor("after")


def parse_keyword_query(raw: bytes) -> None:
    parse_query(text_of(raw))
    tokenize(text_of(raw))


def parse_manifest(raw: bytes) -> None:
    file_of(raw, MANIFEST)
    manifest = Manifest.read(FOLDER)
    assert all(isinstance(count, int) for count in manifest.counts.values())


def parse_snapshot(raw: bytes) -> None:
    read_snapshot(file_of(raw), ExactIndex(DIMENSION), "of a model")


def parse_cut_offs(raw: bytes) -> None:
    read_pair_cut_offs(file_of(raw))


def parse_scoring(raw: bytes) -> None:
    read_scoring_model(file_of(raw))


def parse_judged(raw: bytes) -> None:
    file_of(raw, FILE)
    has_judged_pairs(FOLDER)
    read_judged_pairs(FOLDER)


def parse_labelled(raw: bytes) -> None:
    """The three files of a labelled folder, between lines of `=`."""
    corpus, queries, grades, *_ = [*raw.split(b"\n=\n"), b"", b""]
    for name, content in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", grades)):
        file_of(content, name)
    read_queries(FOLDER)


def parse_message(raw: bytes) -> None:
    JsonMessages()._deserialize(raw)
