"""Parsers that are fuzzed: each reader with its documented errors, the inputs to begin from, and its share."""

import base64
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.domain.core.dates import InvalidDate
from app.domain.core.errors import InvalidInput
from app.domain.core.strict_json import NotJson
from app.domain.webhooks.ssrf import DestinationRefused
from app.formats import claimreview, csv_table, jsonl, misp, stix
from app.formats.check_lines import read_check
from app.formats.feed import read_feed
from app.formats.fetched_page import read_fetched_page
from app.formats.file_format import Format
from app.formats.lines import Unreadable
from app.formats.new_texts import read_new_texts
from app.store.backup.manifest import ARCHIVE, BackupUnusable
from app.web.pagination import cursor_of
from fuzzing import readers, threat_seeds
from index.contract import Attributes, Checkpoint, SnapshotUnusable
from index.search.engines.exact import ExactIndex
from index.search.snapshots import write_snapshot

_ROOT = Path(__file__).resolve().parents[2]
_SAMPLE = _ROOT / "sample"
_CASES = _ROOT.parent / "shared" / "cases"


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
    (readers.FOLDER / ARCHIVE).write_bytes(b"")
    return [json.dumps(content).encode()]


def _snapshot_seed() -> list[bytes]:
    index = ExactIndex(readers.DIMENSION)
    index.upsert(np.arange(3), np.eye(3, readers.DIMENSION, dtype=np.float32), Attributes(np.zeros((3, 2), np.int64)))
    path = readers.FOLDER / "snapshot"
    write_snapshot(path, index, Checkpoint(3, "of a model"))
    return [path.read_bytes()]


def _cut_offs_seed() -> list[bytes]:
    content = {"version": "1", "pair_model": "2", "embedder": "e5", "measured": {}}
    return [json.dumps({**content, "suggest_at": 0.1, "same_script_at": 0.5, "flag_at": 0.9}).encode()]


def _scoring_seed() -> list[bytes]:
    shipped = json.loads((_ROOT / "app" / "policies" / "multilingual-e5-small.dense.json").read_bytes())
    half = {"shape": [1, 2], "half": base64.b64encode(np.ones(2, "<f2").tobytes()).decode()}
    projection = dict.fromkeys(("centre", "matrix", "topic_centre", "topic_matrix"), half)
    shipped["measured"] = {}
    return [json.dumps(shipped).encode(), json.dumps({**shipped, "projection": projection}).encode()]


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
        lambda raw: readers.has_draft_or_reason([jsonl.read_line(1, raw)]), seeds=lambda: _lines_of(*_STATEMENTS), share=8
    ),
    "narrative line": Parser(
        readers.parse_narrative, (NotJson, Unreadable), lambda: _lines_of(_SAMPLE / "narratives.jsonl"), share=4
    ),
    "check line": Parser(read_check, (NotJson, InvalidInput), lambda: _lines_of(*_CHECKS), share=8),
    "table": Parser(
        lambda raw: readers.has_draft_or_reason(csv_table.read_statements(readers.file_of(raw, "table.csv"))),
        (Unreadable,),
        _files("06-excel-csv/*.csv"),
        share=5,
    ),
    "claim reviews": Parser(
        lambda raw: readers.has_draft_or_reason(claimreview.read_statements(readers.file_of(raw, "reviews.json"))),
        (Unreadable,),
        _files("0[124]-*/*.json", "14-*/*.json"),
        share=5,
        longest=16_384,
    ),
    "STIX bundle": Parser(
        lambda raw: readers.has_draft_or_reason(stix.read_statements(readers.file_of(raw, "bundle.json"))),
        (Unreadable,),
        threat_seeds.bundles,
        share=5,
        longest=16_384,
    ),
    "MISP event": Parser(
        lambda raw: readers.has_draft_or_reason(misp.read_statements(readers.file_of(raw, "event.json"))),
        (Unreadable,),
        threat_seeds.events,
        share=5,
        longest=16_384,
    ),
    "any file": Parser(
        readers.opened_as("any"),
        (Unreadable,),
        _files("0[1-7]*/*.json*", "0[36]*/*.html", "06-*/*.csv", "14-*/*.json"),
        share=2,
        longest=16_384,
    ),
    "JSON of platforms": Parser(
        readers.parse_json_shape, (NotJson, Unreadable), _files("0[1247]*/*.json", "07-*/*.jsonl", "14-*/*.json"), share=4, longest=8_192
    ),
    "date in a file": Parser(
        readers.parse_file_date,
        (InvalidDate,),
        _texts("02.04.2023", "4/2/2023 1:05 PM", "2 апреля 2023 г.", "Tue, 02 Apr 2023 10:00:00 GMT", "45018", "1683015300"),
        12,
        96,
    ),
    "encoding": Parser(readers.parse_encoding, (Unreadable,), _files("06-*/*.csv", "13-*/*.html"), share=3, longest=2_048),
    "page with reviews": Parser(
        readers.opened_as("page.html", Format.HTML), (Unreadable,), _files("03-*/*.html", "13-*/*.html"), share=2, longest=16_384
    ),
    "feed": Parser(
        readers.opened_as("feed.xml", Format.FEED),
        (Unreadable,),
        _texts(
            '<rss version="2.0"><channel><title>N</title><item><title>T</title><description>Words.</description>'
            "<pubDate>Sat, 02 Jan 2021 10:00:00 GMT</pubDate></item></channel></rss>",
            '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>T</title><updated>2021-01-02</updated></entry></feed>',
        ),
        share=1,
    ),
    "web archive": Parser(
        readers.opened_as("a.warc", Format.WARC),
        (Unreadable,),
        _texts(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nContent-Type: application/http\r\n"
            "Content-Length: 63\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>Words</html>\r\n\r\n"
        ),
        share=2,
    ),
    "mail": Parser(
        readers.opened_as("a.eml", Format.EMAIL),
        (Unreadable,),
        _texts("From: A <a@example.org>\nDate: Sat, 02 Jan 2021 10:00:00 GMT\nSubject: x\n\n1) One two three.\n2) Four five six.\n"),
        share=2,
    ),
    "archive of X": Parser(
        readers.opened_as("tweets.js", Format.X),
        (Unreadable,),
        _texts('window.YTD.tweets.part0 = [{"tweet": {"id_str": "1", "full_text": "Words.", "created_at": "2021-01-02"}}]'),
        share=3,
    ),
    "spreadsheet": Parser(readers.opened_as("a.xlsx", Format.SPREADSHEET), (Unreadable,), _files("06-*/*.xlsx"), share=0.002),
    "page": Parser(readers.parse_page, seeds=_files("03-*/*.html", "13-documents/*.html"), share=1, longest=16_384),
    "strict JSON": Parser(readers.parse_strict_json, (NotJson,), _texts('{"a": [1, -2.5e3, "\\u00e9", null, true]}', "[[]]"), 12),
    "date": Parser(
        readers.parse_date,
        (InvalidDate,),
        _texts("2021", "2021-04", "2021-04-24", "2021-05-23T10:00:00Z", "2021-05-23t10:00:00.123456+0530"),
        12,
        64,
    ),
    "language tag": Parser(readers.parse_tag, seeds=_texts("en", "RU", "zh-Hant-TW", "en_US", "x-private", "i-klingon"), share=5, longest=64),
    "accepted languages": Parser(
        readers.parse_accept_language, seeds=_texts("de-CH, de;q=0.9, en;q=0.8, *;q=0.5"), share=6, longest=512
    ),
    "cookies": Parser(
        readers.parse_cookies,
        seeds=_texts(
            "refrain_session=abc; refrain_notice=e30=",
            '{"m": "account-sso-linked", "v": {"count": 1}, "t": "good", "u": null}',
            '{"state": "a", "nonce": "b", "verifier": "c", "to": "/"}',
        ),
        share=3,
        longest=1_024,
    ),
    "origin": Parser(readers.parse_origin, seeds=_texts("https://example.org:8000", "null", "http://[::1]"), share=4, longest=256),
    "cursor": Parser(readers.parse_cursor, (InvalidInput,), _texts(cursor_of(1), cursor_of(2**62)), 8, 128),
    "flag cursor": Parser(readers.parse_flag_cursor, (InvalidInput,), _texts("bmV3ZXN0IDEgMg", "c2NvcmUgMC41IDI"), 6, 256),
    "idempotency key": Parser(readers.parse_idempotency_key, seeds=_texts("a-key", "~" * 200), share=4, longest=256),
    "webhook destination": Parser(
        readers.parse_destination,
        (DestinationRefused,),
        _texts("https://example.org/hook", "https://93.184.216.34:8443/", "https://[2606:4700::1]/", "http://0x7f.1/"),
        10,
        256,
    ),
    "address of a list": Parser(
        readers.parse_address_query, seeds=_texts("q=a&state=any&tier=same_script&sort=score&said_from=2021&after=c2NvcmUgMC41IDI"), share=4
    ),
    "keyword query": Parser(readers.parse_keyword_query, seeds=_texts('"staged attack" idlib -gas chem*'), share=5, longest=512),
    "backup manifest": Parser(readers.parse_manifest, (BackupUnusable,), _manifest_seed, 3),
    "snapshot": Parser(readers.parse_snapshot, (SnapshotUnusable,), _snapshot_seed, 3),
    "cut-offs": Parser(readers.parse_cut_offs, (Unreadable,), _cut_offs_seed, 3),
    "scoring model": Parser(readers.parse_scoring, (Unreadable,), _scoring_seed, 3),
    "judged pairs": Parser(
        readers.parse_judged,
        (Unreadable,),
        _texts('{"statement": "a", "precedent": "b", "lang": "en", "plang": "ru", "kind": "k", "labels": [1, 1]}'),
        3,
    ),
    "labelled folder": Parser(
        readers.parse_labelled,
        (Unreadable,),
        _texts('{"id": "1", "text": "a"}\n=\n{"id": "q", "text": "b", "date": "2021", "split": "x"}\n=\nq\t1\t2\n'),
        3,
    ),
    "new texts": Parser(
        lambda raw: read_new_texts(readers.file_of(raw)), (Unreadable,), _texts('{"text": "a", "lang": "en", "kind": "news"}'), 3
    ),
    "queue message": Parser(
        readers.parse_message,
        (ValueError,),
        _texts('{"id": "1", "name": "n", "eta": "2021-05-23T10:00:00", "retries": 0, "retry_delay": 0, "priority": null,'
               ' "args": [1], "kwargs": {}, "on_complete": null, "on_error": null, "expires": null,'
               ' "expires_resolved": null}'),
        3,
    ),
}  # fmt: skip
