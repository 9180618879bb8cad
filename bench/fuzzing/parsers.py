"""Everything that reads what a stranger or a damaged disk may have written, each as a function of bytes.

A reader returns, or raises one of its documented errors; `PARSERS` has both, and what to begin from.
"""

import base64
import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import get_args

import numpy as np
from starlette.requests import Request

from app.domain.core.dates import InvalidDate, parse_period
from app.domain.core.errors import InvalidInput
from app.domain.core.strict_json import NotJson, loads
from app.domain.desk.flags import FlagSort
from app.domain.search.keyword_query import parse_query, tokenize
from app.domain.webhooks.ssrf import DestinationRefused, destination, refuse_internal
from app.formats import claimreview, csv_table, jsonl, misp, stix
from app.formats.check_lines import read_check
from app.formats.encodings import encoding_of, page_text
from app.formats.evaluation import read_queries
from app.formats.feed import read_feed
from app.formats.fetched_page import read_fetched_page
from app.formats.file_format import Format
from app.formats.html_page import read_page
from app.formats.judged_pairs import FILE, has_judged_pairs, read_judged_pairs
from app.formats.lines import FileFacts, Line, ReadOptions, Unreadable
from app.formats.new_texts import read_new_texts
from app.formats.opening import open_file
from app.formats.pair_cut_offs import read_pair_cut_offs
from app.formats.record import narrative_draft, record_of, statement_draft
from app.formats.registry import DOCUMENTS, RECORDS
from app.formats.scoring_file import read_scoring_model
from app.language.written_dates import read_date
from app.store.backup.manifest import ARCHIVE, MANIFEST, BackupUnusable, Manifest
from app.texts.fluent import FluentCatalogs
from app.web import idempotency
from app.web.accept_language import accepted_languages
from app.web.flag_cursor import decode_cursor, encode_cursor
from app.web.pages import flash
from app.web.pages.access import cookies, csrf, single_sign_on
from app.web.pages.desk.queue_query import FlagListQuery
from app.web.pagination import Page, cursor_of
from app.worker.json_messages import JsonMessages
from fuzzing import threat_seeds
from index.contract import Attributes, Checkpoint, SnapshotUnusable
from index.search.engines.exact import ExactIndex
from index.search.snapshots import read_snapshot, write_snapshot
from index.text.language_detection import canonical_tag

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = _ROOT / "sample"
_CASES = _ROOT.parent / "shared" / "cases"
_FOLDER = Path(tempfile.mkdtemp(prefix="parsers-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
_MESSAGES = FluentCatalogs().for_language(("en",))
_DIMENSION = 4


@dataclass(frozen=True, slots=True)
class Parser:
    """A reader, its documented errors, seeds, and its share of all inputs."""

    read: Callable[[bytes], object]
    errors: tuple[type[Exception], ...] = ()
    seeds: Callable[[], Iterable[bytes]] = tuple
    share: float = 1.0
    longest: int = 4_096
    """Bytes of an input, at most."""


def _lines_of(*paths: Path) -> list[bytes]:
    lines = (line for path in paths if path.is_file() for line in path.read_bytes().splitlines()[:40])
    return [line for line in lines if line.strip()]


def _files(*patterns: str) -> Callable[[], list[bytes]]:
    return lambda: [path.read_bytes() for pattern in patterns for path in sorted(_CASES.glob(pattern))]


def _texts(*texts: str) -> Callable[[], list[bytes]]:
    return lambda: [text.encode() for text in texts]


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _file(raw: bytes, name: str = "file") -> Path:
    path = _FOLDER / name
    path.write_bytes(raw)
    return path


def _request(header: str, raw: bytes) -> Request:
    app = SimpleNamespace(state=SimpleNamespace(public_url=""))
    headers = [(header.encode(), raw), (b"host", b"127.0.0.1")]
    scope = {"type": "http", "method": "GET", "scheme": "http", "path": "/", "query_string": b"", "headers": headers}
    return Request({**scope, "app": app})


def _has_draft_or_reason(lines: Iterable[Line]) -> None:
    for line in lines:
        assert line.draft or line.narrative or line.reason or line.skipped, "a line with neither a draft nor a reason"


def _opened(name: str, format_: Format = Format.AUTO) -> Callable[[bytes], None]:
    """Reads a file of this name, in the format that its content shows, or in the one that is given."""

    def read(raw: bytes) -> None:
        opened = open_file(_file(raw, name), format_)
        for line in opened.lines:
            assert line.draft or line.narrative or line.reason or line.skipped, "a line that says nothing"
            if line.draft:
                again = statement_draft(json.loads(json.dumps(record_of(line.draft))))
                assert again == line.draft, "a draft that its record does not give again"

    return read


def _json_shape(raw: bytes) -> None:
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


def _file_date(raw: bytes) -> None:
    period = read_date(_text(raw), day_numbers=True)
    assert parse_period(period.text) == period


def _encoding(raw: bytes) -> None:
    encoding = encoding_of(_file(raw))
    raw.decode(encoding.name, encoding.errors)
    page_text(raw)


def _narrative(raw: bytes) -> None:
    narrative_draft(loads(raw.strip()))


def _strict_json(raw: bytes) -> None:
    value = loads(raw)
    assert loads(json.dumps(value, allow_nan=False).encode()) == value


def _page(raw: bytes) -> None:
    page = read_page(_text(raw))
    assert page is None or page.text.strip(), "a page without text"


def _date(raw: bytes) -> None:
    period = parse_period(_text(raw))
    assert period.begins < period.ends
    assert parse_period(period.text) == period


def _tag(raw: bytes) -> None:
    code = canonical_tag(_text(raw))
    assert code is None or (code and canonical_tag(code) is not None)


def _accept_language(raw: bytes) -> None:
    assert all(accepted_languages(raw.decode("latin-1")))


def _cookies(raw: bytes) -> None:
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


def _origin(raw: bytes) -> None:
    csrf._place(raw.decode("latin-1"))


def _cursor(raw: bytes) -> None:
    before = Page(20, _text(raw)).before
    assert before is None or Page(20, cursor_of(before)).before == before


def _flag_cursor(raw: bytes) -> None:
    wrong = 0
    for sort in get_args(FlagSort):
        try:
            position = decode_cursor(_text(raw), sort)
        except InvalidInput:
            wrong += 1
        else:
            assert decode_cursor(encode_cursor(position, sort), sort) == position
    assert wrong >= len(get_args(FlagSort)) - 1, "a cursor of two orders"


def _idempotency_key(raw: bytes) -> None:
    key = raw.decode("latin-1")
    if idempotency._KEY.fullmatch(key):
        assert key.isascii()
        assert key.isprintable()
        assert 0 < len(key) <= idempotency.LONGEST


def _destination(raw: bytes) -> None:
    to = destination(_text(raw), ["receiver.example"])
    assert to.named or to.secure
    if not to.named and (to.host.replace(".", "").isdecimal() or ":" in to.host):
        refuse_internal(to.host)


def _address_query(raw: bytes) -> None:
    query = FlagListQuery.of(_text(raw))
    if query is not None:
        assert FlagListQuery.of(query.query()) is not None
        with contextlib.suppress(InvalidInput):
            query.cursor("after")


def _keyword_query(raw: bytes) -> None:
    parse_query(_text(raw))
    tokenize(_text(raw))


def _manifest(raw: bytes) -> None:
    _file(raw, MANIFEST)
    manifest = Manifest.read(_FOLDER)
    assert all(isinstance(count, int) for count in manifest.counts.values())


def _manifest_seed() -> list[bytes]:
    content = {
        "format": 1,
        "refrain": "1.0",
        "schema": "0025",
        "database": "sqlite",
        "created_at": "2026-11-27T10:00:00+00:00",
        "counts": {"statements": 3},
        "files": {ARCHIVE: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
    }
    (_FOLDER / ARCHIVE).write_bytes(b"")
    return [json.dumps(content).encode()]


def _snapshot(raw: bytes) -> None:
    read_snapshot(_file(raw), ExactIndex(_DIMENSION), "of a model")


def _snapshot_seed() -> list[bytes]:
    index = ExactIndex(_DIMENSION)
    index.upsert(np.arange(3), np.eye(3, _DIMENSION, dtype=np.float32), Attributes(np.zeros((3, 2), np.int64)))
    path = _FOLDER / "snapshot"
    write_snapshot(path, index, Checkpoint(3, "of a model"))
    return [path.read_bytes()]


def _cut_offs(raw: bytes) -> None:
    read_pair_cut_offs(_file(raw))


def _cut_offs_seed() -> list[bytes]:
    content = {"version": "1", "pair_model": "2", "embedder": "e5", "measured": {}}
    return [json.dumps({**content, "suggest_at": 0.1, "same_script_at": 0.5, "flag_at": 0.9}).encode()]


def _scoring(raw: bytes) -> None:
    read_scoring_model(_file(raw))


def _scoring_seed() -> list[bytes]:
    shipped = json.loads((_ROOT / "app" / "policies" / "multilingual-e5-small.dense.json").read_bytes())
    half = {"shape": [1, 2], "half": base64.b64encode(np.ones(2, "<f2").tobytes()).decode()}
    projection = dict.fromkeys(("centre", "matrix", "topic_centre", "topic_matrix"), half)
    shipped["measured"] = {}
    return [json.dumps(shipped).encode(), json.dumps({**shipped, "projection": projection}).encode()]


def _judged(raw: bytes) -> None:
    _file(raw, FILE)
    has_judged_pairs(_FOLDER)
    read_judged_pairs(_FOLDER)


def _labelled(raw: bytes) -> None:
    """The three files of a labelled folder, between lines of `=`."""
    corpus, queries, grades, *_ = [*raw.split(b"\n=\n"), b"", b""]
    for name, content in (("corpus.jsonl", corpus), ("queries.jsonl", queries), ("qrels.tsv", grades)):
        _file(content, name)
    read_queries(_FOLDER)


def _message(raw: bytes) -> None:
    JsonMessages()._deserialize(raw)


_STATEMENTS = (_SAMPLE / "corpus.jsonl", _CASES / "12-small-archive" / "small.jsonl")
_CHECKS = tuple(sorted(_CASES.glob("*/checks.jsonl")))

_RSS = (
    "<rss version='2.0'><channel><title>T</title><item><guid>1</guid><link>/1</link><title>A &amp; b</title>"
    "<pubDate>Sun, 23 May 2021 08:00:00 +0000</pubDate><description>&lt;p&gt;Said.&lt;/p&gt;</description></item>"
    "</channel></rss>"
)
_ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><title>T</title><link href='/1'/>"
    "<updated>2021-05-24T01:00:00Z</updated><summary>S</summary></entry></feed>"
)
_SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>/1</loc><lastmod>2021</lastmod></url></urlset>"
_JSON_FEED = (
    '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1", "content_html": "<p>S</p>",'
    ' "date_published": "2021-05-24T01:00:00Z", "authors": [{"name": "A"}]}]}'
)

PARSERS = {
    "watched feed": Parser(
        lambda raw: read_feed(raw, "application/xml", "https://news.example.org/feed", 100),
        (Unreadable,),
        _texts(_RSS, _ATOM, _SITEMAP, _JSON_FEED),
    ),
    "fetched page": Parser(
        lambda raw: read_fetched_page(raw[1:], (None, "utf-8", "windows-1251", "utf-7", "idna")[sum(raw[:1]) % 5]),
        seeds=_texts("x<html><meta charset=windows-1251><script>a</script><p>Said.</p></html>"),
    ),
    "statement line": Parser(
        lambda raw: _has_draft_or_reason([jsonl.read_line(1, raw)]), seeds=lambda: _lines_of(*_STATEMENTS), share=8
    ),
    "narrative line": Parser(
        _narrative, (NotJson, Unreadable), lambda: _lines_of(_SAMPLE / "narratives.jsonl"), share=4
    ),
    "check line": Parser(read_check, (NotJson, InvalidInput), lambda: _lines_of(*_CHECKS), share=8),
    "table": Parser(
        lambda raw: _has_draft_or_reason(csv_table.read_statements(_file(raw, "table.csv"))),
        (Unreadable,),
        _files("06-excel-csv/*.csv"),
        share=5,
    ),
    "claim reviews": Parser(
        lambda raw: _has_draft_or_reason(claimreview.read_statements(_file(raw, "reviews.json"))),
        (Unreadable,),
        _files("0[124]-*/*.json", "14-*/*.json"),
        share=5,
        longest=16_384,
    ),
    "STIX bundle": Parser(
        lambda raw: _has_draft_or_reason(stix.read_statements(_file(raw, "bundle.json"))),
        (Unreadable,),
        threat_seeds.bundles,
        share=5,
        longest=16_384,
    ),
    "MISP event": Parser(
        lambda raw: _has_draft_or_reason(misp.read_statements(_file(raw, "event.json"))),
        (Unreadable,),
        threat_seeds.events,
        share=5,
        longest=16_384,
    ),
    "any file": Parser(
        _opened("any"),
        (Unreadable,),
        _files("0[1-7]*/*.json*", "0[36]*/*.html", "06-*/*.csv", "14-*/*.json"),
        share=2,
        longest=16_384,
    ),
    "JSON of platforms": Parser(
        _json_shape, (NotJson, Unreadable), _files("0[1247]*/*.json", "07-*/*.jsonl", "14-*/*.json"), share=4, longest=8_192
    ),
    "date in a file": Parser(
        _file_date,
        (InvalidDate,),
        _texts("02.04.2023", "4/2/2023 1:05 PM", "2 апреля 2023 г.", "Tue, 02 Apr 2023 10:00:00 GMT", "45018", "1683015300"),
        12,
        96,
    ),
    "encoding": Parser(_encoding, (Unreadable,), _files("06-*/*.csv", "13-*/*.html"), share=3, longest=2_048),
    "page with reviews": Parser(
        _opened("page.html", Format.HTML), (Unreadable,), _files("03-*/*.html", "13-*/*.html"), share=2, longest=16_384
    ),
    "feed": Parser(
        _opened("feed.xml", Format.FEED),
        (Unreadable,),
        _texts(
            '<rss version="2.0"><channel><title>N</title><item><title>T</title><description>Words.</description>'
            "<pubDate>Sat, 02 Jan 2021 10:00:00 GMT</pubDate></item></channel></rss>",
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><updated>2021-01-02</updated></entry></feed>',
        ),
        share=1,
    ),
    "web archive": Parser(
        _opened("a.warc", Format.WARC),
        (Unreadable,),
        _texts(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nContent-Type: application/http\r\n"
            "Content-Length: 63\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Words</html>\r\n\r\n"
        ),
        share=2,
    ),
    "mail": Parser(
        _opened("a.eml", Format.EMAIL),
        (Unreadable,),
        _texts("From: A <a@example.org>\nDate: Sat, 02 Jan 2021 10:00:00 GMT\nSubject: x\n\n1) One two three.\n2) Four five six.\n"),
        share=2,
    ),
    "archive of X": Parser(
        _opened("tweets.js", Format.X),
        (Unreadable,),
        _texts('window.YTD.tweets.part0 = [{"tweet": {"id_str": "1", "full_text": "Words.", "created_at": "2021-01-02"}}]'),
        share=3,
    ),
    "spreadsheet": Parser(_opened("a.xlsx", Format.SPREADSHEET), (Unreadable,), _files("06-*/*.xlsx"), share=0.002),
    "page": Parser(_page, seeds=_files("03-*/*.html", "13-documents/*.html"), share=1, longest=16_384),
    "strict JSON": Parser(_strict_json, (NotJson,), _texts('{"a": [1, -2.5e3, "\\u00e9", null, true]}', "[[]]"), 12),
    "date": Parser(
        _date,
        (InvalidDate,),
        _texts("2021", "2021-04", "2021-04-24", "2021-05-23T10:00:00Z", "2021-05-23t10:00:00.123456+0530"),
        12,
        64,
    ),
    "language tag": Parser(_tag, seeds=_texts("en", "RU", "zh-Hant-TW", "en_US", "x-private", "i-klingon"), share=5, longest=64),
    "accepted languages": Parser(
        _accept_language, seeds=_texts("de-CH, de;q=0.9, en;q=0.8, *;q=0.5"), share=6, longest=512
    ),
    "cookies": Parser(
        _cookies,
        seeds=_texts(
            "refrain_session=abc; refrain_notice=e30=",
            '{"m": "account-sso-linked", "v": {"count": 1}, "t": "good", "u": null}',
            '{"state": "a", "nonce": "b", "verifier": "c", "to": "/"}',
        ),
        share=3,
        longest=1_024,
    ),
    "origin": Parser(_origin, seeds=_texts("https://example.org:8000", "null", "http://[::1]"), share=4, longest=256),
    "cursor": Parser(_cursor, (InvalidInput,), _texts(cursor_of(1), cursor_of(2**62)), 8, 128),
    "flag cursor": Parser(_flag_cursor, (InvalidInput,), _texts("bmV3ZXN0IDEgMg", "c2NvcmUgMC41IDI"), 6, 256),
    "idempotency key": Parser(_idempotency_key, seeds=_texts("a-key", "~" * 200), share=4, longest=256),
    "webhook destination": Parser(
        _destination,
        (DestinationRefused,),
        _texts("https://example.org/hook", "https://93.184.216.34:8443/", "https://[2606:4700::1]/", "http://0x7f.1/"),
        10,
        256,
    ),
    "address of a list": Parser(
        _address_query, seeds=_texts("q=a&state=any&tier=same_script&sort=score&said_from=2021&after=c2NvcmUgMC41IDI"), share=4
    ),
    "keyword query": Parser(_keyword_query, seeds=_texts('"staged attack" idlib -gas chem*'), share=5, longest=512),
    "backup manifest": Parser(_manifest, (BackupUnusable,), _manifest_seed, 3),
    "snapshot": Parser(_snapshot, (SnapshotUnusable,), _snapshot_seed, 3),
    "cut-offs": Parser(_cut_offs, (Unreadable,), _cut_offs_seed, 3),
    "scoring model": Parser(_scoring, (Unreadable,), _scoring_seed, 3),
    "judged pairs": Parser(
        _judged,
        (Unreadable,),
        _texts('{"statement": "a", "precedent": "b", "lang": "en", "plang": "ru", "kind": "k", "labels": [1, 1]}'),
        3,
    ),
    "labelled folder": Parser(
        _labelled,
        (Unreadable,),
        _texts('{"id": "1", "text": "a"}\n=\n{"id": "q", "text": "b", "date": "2021", "split": "x"}\n=\nq\t1\t2\n'),
        3,
    ),
    "new texts": Parser(
        lambda raw: read_new_texts(_file(raw)), (Unreadable,), _texts('{"text": "a", "lang": "en", "kind": "news"}'), 3
    ),
    "queue message": Parser(
        _message,
        (ValueError,),
        _texts('{"id": "1", "name": "n", "eta": "2021-05-23T10:00:00", "retries": 0, "retry_delay": 0, "priority": null,'
               ' "args": [1], "kwargs": {}, "on_complete": null, "on_error": null, "expires": null,'
               ' "expires_resolved": null}'),
        3,
    ),
}  # fmt: skip
