"""Exports of platforms, feeds, archives of pages and digests."""

import gzip
import io
import json
import zipfile

import pytest

from app.formats.file_format import Format
from app.formats.lines import Unreadable
from app.formats.opening import open_path


@pytest.fixture
def read(tmp_path):
    """The lines of a file of this name."""

    def of(name, content):
        file = tmp_path / name
        if not isinstance(content, (bytes, str)):
            content = json.dumps(content, ensure_ascii=False)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return [line for _, opened in open_path(file, Format.AUTO) for line in opened.lines]

    return of


def shown(line):
    draft = line.draft
    return draft and (
        draft.text,
        draft.speaker,
        draft.said_at and draft.said_at.text,
        draft.source.name,
        draft.external_id,
    )


MESSAGES = [
    {"id": 1, "type": "service", "date": "2023-05-01T09:00:00", "action": "create_channel"},
    {"id": 2, "type": "message", "date": "2023-05-02T10:15:00", "date_unixtime": "1683015300", "from": "Канал",
     "from_id": "channel77", "text": "Волков выпустили."},
    {"id": 3, "type": "message", "date": "2023-05-03T11:00:00", "from": "Канал", "from_id": "channel77", "text": [
        "❗️", {"type": "bold", "text": "Мост"}, " закрывают ", {"type": "text_link", "text": "тут", "href": "https://x"}]},
    {"id": 4, "type": "message", "date": "2023-05-03T11:01:00", "from": "Канал", "from_id": "channel77", "text": "",
     "photo": "photos/1.jpg"},
    {"id": 5, "type": "message", "date": "2023-05-03T11:02:00", "from": "Анна", "from_id": "user5", "text": "Не верю."},
]  # fmt: skip
CHAT = {"name": "Канал", "type": "public_channel", "id": 77, "messages": MESSAGES}
SAID = [
    ("Волков выпустили.", None, "2023-05-02T08:15:00Z", "Канал", "telegram:77/2"),
    ("❗️Мост закрывают тут", None, "2023-05-03T11:00:00Z", "Канал", "telegram:77/3"),
]


def test_a_chat_of_telegram_is_its_messages_with_texts(read):
    lines = read("result.json", CHAT)
    assert [line.skipped for line in lines] == ["service message", None, None, "message without text", None]
    assert [shown(line) for line in lines if line.draft] == [
        *SAID,
        ("Не верю.", "Анна", "2023-05-03T11:02:00Z", "Канал", "telegram:77/5"),
    ]
    assert lines[2].place == "/messages/2"


def test_an_account_of_telegram_is_all_its_chats(read):
    old = {"name": "Старый", "id": 9, "type": "private_group", "messages": MESSAGES[4:]}
    account = {
        "about": "…",
        "chats": {"about": "…", "list": [CHAT, {**CHAT, "name": "Другой", "id": 8}]},
        "left_chats": {"list": [old]},
    }
    lines = read("result.json", account)
    assert [line.number for line in lines] == list(range(1, 12))
    assert len({line.draft.external_id for line in lines if line.draft}) == 7
    assert lines[-1].draft.source.name == "Старый"


def test_messages_of_telegram_stand_one_a_line_too(read):
    lines = read("messages.jsonl", "".join(json.dumps(message) + "\n" for message in MESSAGES[:3]))
    assert [shown(line) for line in lines if line.draft] == SAID


def post(number, text, **more):
    return {"tweet": {"id_str": str(number), "full_text": text, "created_at": "Wed Oct 10 20:19:24 +0000 2018", **more}}


LONG = "A long post that says at some length that the bridge is closed, and that nobody knows why, and more."
ADDRESS = "https://example.org/1"
POSTS = [
    post(1, "Wolves &amp; bears &lt;3", lang="en"),
    post(2, "RT @someone: not mine"),
    post(3, LONG[:70] + "… https://t.co/abc"),
    post(
        4, "See https://t.co/x", entities={"urls": [{"url": "https://t.co/x", "expanded_url": "https://example.org/1"}]}
    ),
]
X_FILES = {
    "data/tweets.js": "window.YTD.tweets.part0 = " + json.dumps(POSTS),
    "data/account.js": 'window.YTD.account.part0 = [{"account": {"username": "me", "accountDisplayName": "My Name"}}]',
    "data/note-tweet.js": "window.YTD.note_tweet.part0 = "
    + json.dumps([{"noteTweet": {"noteTweetId": "9", "core": {"text": LONG}}}]),
}
POSTED = ["Wolves & bears <3", None, LONG, "See https://example.org/1"]


def test_an_archive_of_x_is_read_from_its_folder_its_zip_file_and_its_file_of_posts(tmp_path, read):
    folder, packed = tmp_path / "twitter-2023", io.BytesIO()
    (folder / "data").mkdir(parents=True)
    with zipfile.ZipFile(packed, "w") as parts:
        for name, content in X_FILES.items():
            (folder / name).write_text(content)
            parts.writestr(name, content)
    for lines in (
        [line for _, opened in open_path(folder, Format.AUTO) for line in opened.lines],
        [line for _, opened in open_path(folder / "data" / "tweets.js", Format.AUTO) for line in opened.lines],
        read("archive.zip", packed.getvalue()),
    ):
        assert [line.draft and line.draft.text for line in lines] == POSTED
        assert lines[1].skipped == "repost of another account"
        assert shown(lines[0])[1:] == ("My Name", "2018-10-10T20:19:24Z", "@me", "x:1")
        assert lines[0].draft.source.url == "https://x.com/me/status/1"


def test_posts_of_the_interface_of_x_are_read(read):
    answer = {
        "data": [{"id": "5", "text": "Words.", "created_at": "2021-01-02T10:00:00.000Z", "author_id": "1"},
                 {"id": "6", "text": "Short…", "note_tweet": {"text": LONG}, "created_at": "2021-01-02T10:00:00.000Z",
                  "author_id": "1"}],
        "includes": {"users": [{"id": "1", "username": "someone", "name": "Some One"}]},
    }  # fmt: skip
    lines = read("posts.json", answer)
    assert shown(lines[0]) == ("Words.", "Some One", "2021-01-02T10:00:00Z", "@someone", "x:5")
    assert lines[1].draft.text == LONG
    old = post(7, "Words.", user={"screen_name": "someone", "name": "Some One"})["tweet"]
    [line] = read("posts.jsonl", json.dumps(old))
    assert shown(line) == ("Words.", "Some One", "2018-10-10T20:19:24Z", "@someone", "x:7")


def test_a_json_feed_is_its_items(read):
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en", "items": [
        {"id": "1", "url": "https://example.org/1", "title": "Title", "content_html": "<p>Wolves &amp; bears.</p>",
         "date_published": "2021-01-02T10:00:00+01:00", "authors": [{"name": "A"}]},
        {"id": "2", "content_text": "x" * 6_000, "title": "The title alone"}, {"id": "3"}, 7]}  # fmt: skip
    lines = read("feed.json", feed)
    assert shown(lines[0]) == ("Wolves & bears.", "A", "2021-01-02T09:00:00Z", "News", "1")
    assert (lines[1].draft.text, [left.field for left in lines[1].left_out]) == ("The title alone", ["content"])
    assert (lines[2].skipped, "must be a JSON object" in lines[3].reason) == ("entry without text", True)


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><language>en</language>
<item><title>Wolves</title><description>&lt;p&gt;Wolves were released.&lt;/p&gt;</description>
<link>https://example.org/1</link><guid>tag:1</guid><pubDate>Sat, 02 Jan 2021 10:00:00 GMT</pubDate></item>
<item><title>Only a title</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><title>Wolves</title><id>tag:1</id>
<updated>2021-01-02T10:00:00Z</updated><author><name>A</name></author><summary>Wolves were released.</summary>
<link href="https://example.org/1"/></entry></feed>"""


@pytest.mark.parametrize(("feed", "speaker"), [(RSS, None), (ATOM, "A")], ids=["RSS", "Atom"])
@pytest.mark.parametrize("name", ["feed.xml", "feed.rss", "feed.txt"])
def test_rss_and_atom_are_their_entries(read, feed, speaker, name):
    lines = read(name, feed)
    assert shown(lines[0]) == ("Wolves were released.", speaker, "2021-01-02T10:00:00Z", "News", "tag:1")
    assert lines[0].draft.source.url == "https://example.org/1"


def test_xml_of_another_kind_is_said_to_be_that(read):
    with pytest.raises(Unreadable, match="neither RSS nor Atom"):
        read("a.xml", '<?xml version="1.0"?><gpx><trk/></gpx>')


REVIEW = '{"@type": "ClaimReview", "claimReviewed": "Wolves.", "reviewRating": "False", "datePublished": "2021-01-02"}'


def warc(*pages):
    written = b""
    for number, page in enumerate(pages):
        answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        headers = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2021-01-02T00:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
        )
        written += headers.encode() + answer + b"\r\n\r\n"
    return written


def test_the_reviews_of_a_web_archives_pages_are_read(read):
    archive = warc("<html>no review</html>", f'<html><script type="application/ld+json">{REVIEW}</script></html>')
    for content in (archive, gzip.compress(archive)):
        lines = read("pages.warc.gz" if content != archive else "pages.warc", content)
        assert [(line.number, line.skipped) for line in lines] == [(1, "page without ClaimReview"), (2, None)]
        assert lines[1].draft.said_before.text == "2021-01-02"
        assert lines[1].place == "page 2 (https://example.org/1), script 1"


def test_a_damaged_web_archive_gives_what_is_sound(read):
    archive = warc(f'<html><script type="application/ld+json">{REVIEW}</script></html>', "<html></html>")
    lines = read("pages.warc", archive[:-120])
    assert lines[0].draft.text == "Wolves."


MAIL = (
    "From: Weekly Digest <digest@example.org>\r\nTo: all@example.org\r\nSubject: This week\r\n"
    "Date: Sat, 02 Jan 2021 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{}"
)


def test_a_digest_is_its_items(read):
    body = (
        "What we met:\n\n1) Wolves were released in the\n   city forest at night.\n2) The bridge is closed.\n\nBye.\n"
    )
    lines = read("digest.eml", MAIL.format(body))
    assert [shown(line)[:4] for line in lines] == [
        ("Wolves were released in the city forest at night.", None, "2021-01-02T10:00:00Z", "Weekly Digest"),
        ("The bridge is closed.", None, "2021-01-02T10:00:00Z", "Weekly Digest"),
    ]


def test_other_mail_is_said_to_be_read_as_an_article(read):
    with pytest.raises(Unreadable, match=r"without a list of items.*refrain check --document"):
        read("letter.eml", MAIL.format("Dear all, the mayor said that wolves were released."))


def test_answers_of_claims_search_are_read_alone_in_pages_and_by_lines(read):
    claim = {"text": "Words.", "claimant": "A", "claimDate": "2021-01-02T00:00:00Z", "claimReview": [
        {"publisher": {"site": "check.example.org"}, "url": "https://check.example.org/1", "textualRating": "False",
         "reviewDate": "2021-01-05", "languageCode": "en"}, {"textualRating": "Falsch"}]}  # fmt: skip
    undated = {"text": "More.", "claimReview": [{"title": "No, not more", "reviewDate": "2021-02-01"}]}
    for name, content in (
        ("a.json", {"claims": [claim, undated], "nextPageToken": "x"}),
        ("a.json", [{"claims": [claim]}, {"claims": [undated]}]),
        ("a.jsonl", "\n".join(map(json.dumps, [claim, undated]))),
    ):
        first, second = read(name, content)
        assert (first.draft.said_at.precision, first.draft.language) == ("instant", "en")
        assert [finding.verdict for finding in first.draft.findings] == ["False", "Falsch"]
        assert first.draft.findings[0].publisher == "check.example.org"
        assert (second.draft.said_at, second.draft.said_before.text) == (None, "2021-02-01")


def test_lists_of_records_are_read_under_their_usual_names(read):
    records = [{"text": "Words.", "date": "2.1.2021", "speaker": "A", "more": {"x": 1}, "narratives": ["N"]},
               {"statement": "More.", "claimant": {"name": "B"}, "url": "nowhere"}, {"text": ""}, 7]  # fmt: skip
    for document in (records, {"statements": records}, {"data": records}):
        lines = read("list.json", document)
        assert lines[0].draft.metadata == {"more": {"x": 1}}
        assert [label.name for label in lines[0].draft.narratives] == ["N"]
        assert shown(lines[0])[:3] == ("Words.", "A", "2021-01-02")
        assert (lines[1].draft.text, lines[1].draft.speaker) == ("More.", "B")
        assert [left.field for left in lines[1].left_out] == ["url"]
        assert [bool(line.reason) for line in lines] == [False, False, True, True]


def test_a_packed_file_is_read_as_what_it_holds_up_to_a_limit(read, monkeypatch):
    assert len(read("posts.csv.gz", gzip.compress(b"text\nWords.\nMore.\n"))) == 2
    monkeypatch.setattr("app.formats.opening._MOST_UNPACKED", 10_000_000)
    with pytest.raises(Unreadable, match="unpacks to over"):
        read("bomb.csv.gz", gzip.compress(b"text\n" + b"x" * 20_000_000))
    with pytest.raises(Unreadable, match="damaged gzip"):
        read("a.csv.gz", gzip.compress(b"text\nWords.\n")[:-9])
