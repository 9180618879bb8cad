"""Feeds of each kind, and what is no feed."""

import gzip
import json

import pytest

from app.formats.feed import read_feed
from app.formats.fetched_page import read_fetched_page
from app.formats.lines import Unreadable

URL = "https://news.example.org/feeds/all.xml"

RSS = """<?xml version="1.0" encoding="windows-1251"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Новини</title>
<item><title>Заява &amp; відповідь</title><link>/news/1</link><guid isPermaLink="false">one</guid>
<pubDate>Sun, 23 May 2021 22:30:00 -0300</pubDate><description>Short.</description>
<content:encoded>
<![CDATA[<p>The ministry <b>said</b> it.</p><script>x()</script><p>Then it said more.</p>]]>
</content:encoded></item>
<item><title>No id, no address</title></item>
<item><description></description></item>
</channel></rss>""".encode("windows-1251")

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>
<entry><id>urn:1</id><title type="html">T &lt;i&gt;x&lt;/i&gt;</title>
<link href="https://news.example.org/2"/><updated>2021-05-24T01:00:00Z</updated><author><name>Ada</name></author>
<summary>Said &amp;amp; done.</summary></entry></feed>"""

SITEMAP = b"""<?xml version="1.0"?><!DOCTYPE u [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example.org/3</loc><n:news><n:publication_date>2021-05-25T10:00:00+02:00</n:publication_date>
<n:title>A claim &amp; a half &e;</n:title></n:news></url><url><loc>https://news.example.org/4</loc><lastmod>2021</lastmod></url>
</urlset>"""

JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "J",
        "items": [
            {"id": 7, "url": "https://news.example.org/5", "content_text": "1 < 2 & so on",
             "authors": [{"name": "Ada"}], "date_published": "2021-05-26T00:00:00Z"},
            {"id": "8", "content_html": "<p>One.</p><p>Two.</p>", "title": None, "date_published": "soon"},
            "no item",
        ],
    }
).encode()  # fmt: skip


def read(content, media_type="application/xml", most=100):
    return read_feed(content, media_type, URL, most)


def test_rss_is_read_with_its_encoding_its_full_text_and_its_day_in_utc():
    first, second = read(RSS).entries
    assert (first.id, first.url, first.title) == ("one", "https://news.example.org/news/1", "Заява & відповідь")
    assert first.text == "The ministry said it.\nThen it said more."
    assert first.published_at == "2021-05-24"
    assert (second.id, second.url, second.text) == ("No id, no address", None, None)


def test_atom_is_read():
    [entry] = read(ATOM).entries
    assert (entry.id, entry.title, entry.text, entry.author) == ("urn:1", "T x", "Said & done.", "Ada")
    assert entry.published_at == "2021-05-24"


def test_a_sitemap_of_news_is_read_and_no_entity_of_it():
    first, second = read(SITEMAP).entries
    assert (first.url, first.published_at) == ("https://news.example.org/3", "2021-05-25")
    assert first.title.startswith("A claim & a half")
    assert "root:" not in first.title
    assert (second.title, second.published_at) == (None, None)


def test_a_json_feed_is_read():
    first, second = read(JSON_FEED, "application/feed+json").entries
    assert (first.id, first.text, first.author, first.published_at) == ("7", "1 < 2 & so on", "Ada", "2021-05-26")
    assert (second.id, second.text, second.published_at) == ("8", "One.\nTwo.", None)


@pytest.mark.parametrize(
    "content",
    [
        b"", b"  \n", b"<html><body><p>Hello</p></body></html>", b"\x89PNG\r\n\x1a\n\0\0\0", b"{", b'{"items": []}',
        b'{"version": "https://jsonfeed.org/version/1", "items": {}}', b"/etc/passwd", b"http://127.0.0.1/feed",
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'></sitemapindex>", gzip.compress(RSS),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_said_to_be_none(content):
    with pytest.raises(Unreadable, match=r"^is (no|an index|a sitemap)"):
        read(content)


def test_a_feed_that_breaks_off_gives_what_is_whole():
    assert [entry.id for entry in read(RSS[: RSS.index(b"</item>") + 20]).entries][:1] == ["one"]


def test_only_so_many_entries_are_read_and_each_once():
    items = "".join(
        f"<item><guid isPermaLink='false'>{number // 2}</guid><title>{number}</title></item>" for number in range(100)
    )
    feed = read(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), most=10)
    assert [entry.id for entry in feed.entries] == ["0", "1", "2", "3", "4"]
    assert feed.left_out == 95


def test_entities_that_expand_are_no_bomb():
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    item = "<rss version='2.0'><channel><item><title>&l11;</title></item></channel></rss>"
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "lol">{lol}]>{item}'
    try:
        feed = read(bomb.encode())
    except Unreadable:
        return
    assert all(len(entry.title or "") < 1_000 for entry in feed.entries)


DECLARED = "<html><head><meta charset='windows-1251'></head><body><p>Заява міністерства.</p></body></html>"


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        (DECLARED.encode("cp1251"), None),
        ("<html><body><p>Заява міністерства.</p></body></html>".encode("cp1251"), "windows-1251"),
        ("<html><body><p>Заява міністерства.</p></body></html>".encode(), "no-such-charset"),
        (f"\ufeff<html><body><SCRIPT>İ{'x' * 600_000}</SCRIPT><p>Заява міністерства.</p></body></html>".encode(), None),
    ],
)  # fmt: skip
def test_a_page_is_read_in_its_encoding_and_without_its_scripts(content, charset):
    assert "Заява міністерства." in read_fetched_page(content, charset).text
