"""Watched sources over each database, read from a real publisher that behaves in every way there is."""

import gzip
import time
from datetime import timedelta

import pytest
from builders import STAGED, draft
from fakes import HeldClock
from feed_server import publishing, rss

from app.domain.core.errors import InvalidInput, NotFound
from app.domain.sources.watched_sources import LONGEST_WAIT, MOST_TRIES, EntryState, ReadFrom
from app.services.jobs.requeue_stalled import RequeueStalled
from app.services.sources.read_source import MOST_AT_ONCE
from app.worker import web_fetch

HALF_AN_HOUR = timedelta(minutes=30)
XML = {"content-type": "application/rss+xml"}
CLAIM = f"The ministry said on Saturday: “{STAGED}”"


@pytest.fixture
def clock():
    return HeldClock()


@pytest.fixture
def archive(process, clock):
    built = process(clock=clock, source_allowed_hosts="127.0.0.1", public_url="https://refrain.example.org")
    built.store.on_signal = lambda _: None
    fetch = built.read_source.fetch
    fetch._pause_s = 0
    built.record_statements([draft(STAGED, "2021-04-24")])
    return built


@pytest.fixture
def desk(archive):
    return archive.manage_keys.organisation("Desk")


@pytest.fixture
def publisher():
    with publishing() as one:
        yield one


@pytest.fixture
def watch(archive, desk, publisher):
    """A source at a path of the publisher."""

    def add(path="/feed", read_from=ReadFrom.ENTRY, url=None):
        return archive.edit_sources.add(desk, url or publisher.url + path, None, read_from, HALF_AN_HOUR, None)

    return add


@pytest.fixture
def read(archive, desk):
    """The source after it was read."""

    def once(source):
        archive.read_source(source.id)
        return archive.edit_sources.get(desk, source.id)[0]

    return once


def found(archive, desk, source):
    return archive.edit_sources.entries(desk, source.id, None, 1_000)


def test_new_entries_are_checked_as_documents_and_raise_flags(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (200, XML, rss(
        ("1", "A warning", CLAIM, "https://news.example.org/1"), ("2", "Weather", "Sunny."),
    ))  # fmt: skip
    source = read(watch())
    assert (source.error, source.failures, source.last_read_at) == (None, 0, archive.edit_sources.clock())
    entries = {entry.url: entry for entry in found(archive, desk, source)}
    warned = entries["https://news.example.org/1"]
    assert (warned.state, warned.flagged) == (EntryState.CHECKED, 1)
    document = archive.check_document.get(warned.document_id, desk)
    assert document.read.published_at.text == "2021-05-23"
    assert document.read.url == "https://news.example.org/1"
    assert any(claim.check.flagged for claim in document.statements)
    tally = archive.edit_sources.get(desk, source.id)[1]
    assert (tally.entries, tally.flagged, tally.failed) == (2, 1, 0)


def test_an_entry_is_checked_once_even_where_it_changes_later(archive, desk, publisher, watch, read, clock):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A warning", CLAIM)))
    source = read(watch())
    first = found(archive, desk, source)
    for text in (CLAIM, "The ministry said on Saturday that it said nothing of the kind."):
        clock.advance(minutes=31)
        publisher.answers["/feed"] = (200, XML, rss(("1", "A warning", text)))
        read(source)
    assert found(archive, desk, source) == first
    assert len(publisher.paths()) == 3


def test_the_page_of_an_entry_is_fetched_once_where_the_source_says_so(archive, desk, publisher, watch, read, clock):
    page = f"<html><body><article><h1>A warning</h1><p>{CLAIM}</p></article></body></html>"
    publisher.answers["/feed"] = (200, XML, rss(("1", "A warning", "Read on.", "/page")))
    publisher.answers["/page"] = (200, {"content-type": "text/html; charset=utf-8"}, page.encode())
    source = read(watch(read_from=ReadFrom.PAGE))
    assert [entry.flagged for entry in found(archive, desk, source)] == [1]
    clock.advance(minutes=31)
    read(source)
    assert publisher.paths() == ["/feed", "/page", "/feed"]


def test_a_page_that_fails_is_tried_three_times_and_no_more(archive, desk, publisher, watch, read, clock):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "Read on.", "/page"), ("2", "B", "Read on.", "/pdf")))
    publisher.answers["/page"] = (500, {}, b"")
    publisher.answers["/pdf"] = (200, {"content-type": "application/pdf"}, b"%PDF-1.7")
    source = watch(read_from=ReadFrom.PAGE)
    for _ in range(MOST_TRIES + 2):
        source = read(source)
        clock.advance(minutes=31)
    assert source.error is None
    assert {entry.error for entry in found(archive, desk, source)} == {
        "answered with status 500", "the page is application/pdf, and not HTML",
    }  # fmt: skip
    assert publisher.paths().count("/page") == MOST_TRIES


def test_a_feed_that_did_not_change_is_asked_for_conditionally(archive, desk, publisher, watch, read, clock):
    headers = {**XML, "ETag": '"v1"', "Last-Modified": "Sun, 23 May 2021 08:00:00 GMT"}
    publisher.answers["/feed"] = (200, headers, rss(("1", "A", CLAIM)))
    source = read(watch())
    publisher.answers["/feed"] = (304, {}, b"")
    clock.advance(minutes=31)
    source = read(source)
    assert (source.error, source.last_read_at, source.etag) == (None, clock(), '"v1"')
    first, second = publisher.headers_of("/feed")
    assert "if-none-match" not in first
    assert (second["if-none-match"], second["if-modified-since"]) == ('"v1"', "Sun, 23 May 2021 08:00:00 GMT")


def test_it_says_who_it_is_and_sends_no_cookie_back(archive, desk, publisher, watch, read, clock):
    publisher.answers["/feed"] = (200, {**XML, "Set-Cookie": "a=b"}, rss(("1", "A", CLAIM)))
    source = read(watch())
    clock.advance(minutes=31)
    read(source)
    for headers in publisher.headers_of("/feed"):
        assert headers["user-agent"].startswith("Refrain/")
        assert "https://refrain.example.org" in headers["user-agent"]
        assert not {"cookie", "referer", "authorization"} & set(headers)


def test_caching_of_the_publisher_puts_the_next_reading_off_for_a_day_at_most(publisher, watch, read, clock):
    for asked, waits in (
        ("max-age=7200", timedelta(hours=2)),
        ("max-age=9999999", LONGEST_WAIT),
        ("no-cache", HALF_AN_HOUR),
    ):
        publisher.answers["/feed"] = (200, {**XML, "Cache-Control": f"public, {asked}"}, rss(("1", "A", "B")))
        assert read(watch()).next_read_at - clock() == waits


def test_a_source_that_fails_is_read_ever_later_and_what_failed_is_shown(archive, publisher, watch, read, clock):
    publisher.answers["/feed"] = (500, {}, b"")
    source, waits = watch(), []
    for _ in range(8):
        source = read(source)
        waits.append(source.next_read_at - clock())
        clock.moment = source.next_read_at
    assert waits[:4] == [HALF_AN_HOUR * factor for factor in (1, 2, 4, 8)]
    assert waits[-1] == LONGEST_WAIT
    assert (source.failures, source.error, source.last_read_at) == (8, "answered with status 500", None)
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "B")))
    source = read(source)
    assert (source.failures, source.error) == (0, None)


@pytest.mark.parametrize("status", [429, 503])
def test_a_publisher_that_asks_to_wait_is_left_alone(publisher, watch, read, clock, status):
    publisher.answers["/feed"] = (status, {"Retry-After": "14400"}, b"")
    source = read(watch())
    assert source.next_read_at - clock() == timedelta(hours=4)
    assert source.error == f"answered with status {status}"


def test_a_feed_that_is_gone_is_read_no_more(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (410, {}, b"")
    source = read(watch())
    assert (source.active, source.error) == (False, "answered with status 410")
    read(source)
    assert len(publisher.paths()) == 1
    archive.edit_sources.change(desk, source.id, {"active": True})
    read(source)
    assert len(publisher.paths()) == 2


def drip(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        handler.wfile.write(b" ")
        time.sleep(0.05)


def huge(handler):
    handler.send_response(200)
    handler.end_headers()
    for _ in range(64):
        handler.wfile.write(b" " * 1_048_576)


BOMB = gzip.compress(b" " * 50_000_000)
WRONG = {
    "slow": (drip, "no answer within"),
    "huge": (huge, "is larger than 8 MiB"),
    "bomb": ((200, {**XML, "Content-Encoding": "gzip"}, BOMB), "is larger than 8 MiB"),
    "damaged": ((200, {**XML, "Content-Encoding": "gzip"}, b"no gzip"), "compression cannot be read"),
    "brotli": ((200, {**XML, "Content-Encoding": "br"}, b"x"), "was not asked for"),
    "page": ((200, {"content-type": "text/html"}, b"<html><p>Hello</p></html>"), "is no feed"),
    "image": ((200, {"content-type": "image/png"}, b"\x89PNG\r\n\x1a\n"), "is no feed"),
    "empty": ((200, XML, b""), "is no feed"),
    "loop": ((302, {"Location": "/feed"}, b""), "leads on more than"),
    "metadata": ((302, {"Location": "https://169.254.169.254/latest/meta-data"}, b""), "internal or reserved"),
    "inside": ((302, {"Location": "https://10.0.0.1/feed"}, b""), "internal or reserved"),
    "local": ((302, {"Location": "https://127.0.0.2/feed"}, b""), "internal or reserved"),
    "file": ((302, {"Location": "file:///etc/passwd"}, b""), "must begin with https://"),
    "plain": ((302, {"Location": "http://example.org/feed"}, b""), "must begin with https://"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_goes_wrong_is_a_failure_that_is_shown(archive, desk, publisher, watch, read, monkeypatch, kind):
    monkeypatch.setattr(web_fetch, "TIMEOUT_S", 1.0 if kind == "slow" else 20.0)
    answer, said = WRONG[kind]
    publisher.answers["/feed"] = answer
    source = read(watch())
    assert said in source.error, source.error
    assert source.failures == 1
    assert found(archive, desk, source) == []


def test_a_redirect_to_another_place_of_the_publisher_is_followed(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (301, {"Location": "/new"}, b"")
    publisher.answers["/new"] = (200, XML, rss(("1", "A", CLAIM, "page-of-it")))
    source = read(watch())
    assert (source.error, publisher.paths()) == (None, ["/feed", "/new"])


def test_a_page_of_an_entry_may_not_be_inside_either(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "Read on.", "https://169.254.169.254/latest")))
    source = read(watch(read_from=ReadFrom.PAGE))
    [entry] = found(archive, desk, source)
    assert "internal or reserved" in entry.error


def test_robots_txt_is_honoured_for_feeds_and_pages(archive, desk, publisher, watch, read, clock):
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: Refrain\nDisallow: /private\n"
    publisher.answers["/robots.txt"] = (200, {"content-type": "text/plain"}, rules)
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "Read on.", "/private/page")))
    refused = read(watch("/private/feed"))
    assert "robots.txt does not allow" in refused.error
    source = read(watch(read_from=ReadFrom.PAGE))
    assert "robots.txt does not allow" in found(archive, desk, source)[0].error
    assert publisher.paths() == ["/feed"]
    assert len(publisher.headers_of("/robots.txt")) == 1  # kept


def test_without_an_answer_about_robots_nothing_is_read(publisher, watch, read):
    publisher.answers["/robots.txt"] = (503, {}, b"")
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "B")))
    assert read(watch()).error == "its robots.txt cannot be asked: answered with status 503"
    assert publisher.paths() == []


def test_a_feed_of_ten_thousand_entries_is_taken_in_turns(archive, desk, publisher, watch, read, clock):
    def entries_of(count):
        return rss(*((str(number), f"Title {number}", "Sunny.") for number in range(count)))

    publisher.answers["/feed"] = (200, {**XML, "ETag": '"v1"'}, entries_of(10_000))
    source = read(watch())
    assert len(found(archive, desk, source)) == MOST_AT_ONCE
    assert source.next_read_at - clock() == timedelta(minutes=1)
    assert source.etag is None  # or the rest would not be sent
    publisher.answers["/feed"] = (200, {**XML, "ETag": '"v2"'}, entries_of(MOST_AT_ONCE * 2 + 10))
    for expected in (MOST_AT_ONCE * 2, MOST_AT_ONCE * 2 + 10):
        clock.moment = source.next_read_at
        source = read(source)
        assert len(found(archive, desk, source)) == expected
    assert source.etag == '"v2"'


def test_a_malformed_feed_gives_what_can_be_read(archive, desk, publisher, watch, read):
    whole = rss(("1", "A", CLAIM), ("2", "B", "Sunny."))
    publisher.answers["/feed"] = (200, XML, whole[: whole.index(b"<title>B")])
    source = read(watch())
    assert source.error is None
    assert found(archive, desk, source)[-1].flagged == 1


def test_hostile_entries_are_texts_and_nothing_else(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (200, XML, rss(
        ("1", "&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;img src=x onerror=alert(1)&gt;\x7f", "javascript:alert(1)"),
        ("2", "x" * 5_000, "The ministry said: “" + "y" * 300_000 + "”", "https://news.example.org/" + "z" * 5_000),
    ))  # fmt: skip
    source = read(watch())
    assert source.error is None
    assert [entry.url for entry in found(archive, desk, source)] == [None, None]


def test_a_source_is_read_when_it_is_due_and_by_one_worker(archive, desk, publisher, watch, read, clock):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", "B")))
    source = watch()
    sweep = RequeueStalled(archive.store, clock)
    assert [signal.id for signal in sweep() if signal.what == "source"] == [source.id]
    with archive.store.writing() as tx:
        assert tx.watched_sources.claim(source.id, clock(), clock() + timedelta(minutes=5))
    assert not [signal for signal in sweep() if signal.what == "source"]
    read(source)
    assert publisher.paths() == []  # somebody else holds it
    clock.advance(minutes=6)
    read(source)
    read(source)
    assert publisher.paths() == ["/feed"]  # then it is not due
    archive.edit_sources.read_now(desk, source.id)
    read(source)
    assert publisher.paths() == ["/feed"] * 2


def test_addresses_are_judged_when_they_are_added_and_changed(archive, desk, watch):
    for url in ("https://localhost/feed", "https://169.254.169.254/", "http://example.org/feed", "https://2130706433/"):
        with pytest.raises(InvalidInput):
            watch(url=url)
    source = watch()
    with pytest.raises(InvalidInput):
        archive.edit_sources.change(desk, source.id, {"url": "https://10.0.0.1/"})


def test_another_organisation_sees_nothing(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", CLAIM)))
    source = read(watch())
    other = archive.manage_keys.organisation("Other")
    assert archive.edit_sources.find(other, None, 10) == []
    for attempt in (
        lambda: archive.edit_sources.get(other, source.id),
        lambda: archive.edit_sources.entries(other, source.id, None, 10),
        lambda: archive.edit_sources.change(other, source.id, {"active": False}),
        lambda: archive.edit_sources.read_now(other, source.id),
        lambda: archive.edit_sources.remove(other, source.id),
        lambda: archive.check_document.get(found(archive, desk, source)[0].document_id, other),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_source_that_is_removed_leaves_what_was_found(archive, desk, publisher, watch, read):
    publisher.answers["/feed"] = (200, XML, rss(("1", "A", CLAIM)))
    source = read(watch())
    [entry] = found(archive, desk, source)
    archive.edit_sources.remove(desk, source.id)
    with pytest.raises(NotFound):
        archive.edit_sources.get(desk, source.id)
    assert archive.check_document.get(entry.document_id, desk)
