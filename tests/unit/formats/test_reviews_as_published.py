"""ClaimReview with the oddities of published markup: no bad minor field costs the claim."""

import json

import pytest

from app.formats.file_format import Format
from app.formats.lines import Unreadable
from app.formats.opening import open_file

REVIEW = {
    "@context": "http://schema.org",
    "@type": "ClaimReview",
    "claimReviewed": "The lake is poisoned.",
    "datePublished": "2020-03-05",
    "url": "https://check.example.org/1",
    "author": {"@type": "Organization", "name": "Example Check"},
    "reviewRating": {"@type": "Rating", "ratingValue": "1", "alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "author": {"name": "Some Body"}, "datePublished": "2020-03-01"},
}


@pytest.fixture
def read(tmp_path):
    """The lines of a file of this name."""

    def of(content, name="reviews.json"):
        file = tmp_path / name
        file.write_text(content if isinstance(content, str) else json.dumps(content, ensure_ascii=False), "utf-8")
        return list(open_file(file, Format.AUTO).lines)

    return of


def one(read, **changes):
    [line] = read([{**REVIEW, **changes}])
    assert line.draft, line.reason
    return line


def verdict(line):
    return line.draft.findings[0].verdict


@pytest.mark.parametrize(
    "rating",
    ["False", ["False"], {"alternateName": ["False", "Faux"]},
     {"alternateName": {"@language": "en", "@value": "False"}},
     {"alternateName": {"@value": "False"}}, {"alternateName": "", "name": "False"}, [{"alternateName": "False"}],
     {"alternateName": "<b>False</b>"}, {"ratingExplanation": "False"}, {"alternateName": {"en": "False"}},
     {"schema:alternateName": "False"}],
)  # fmt: skip
def test_a_verdict_is_its_words_alone(read, rating):
    assert verdict(one(read, reviewRating=rating)) == "False"


def test_entities_and_tags_are_undone(read):
    line = one(read, claimReviewed="<p>The lake isn&#8217;t safe &amp;amp; the mayor &quot;knew&quot;: 3 < 4</p>")
    assert line.draft.text == 'The lake isn’t safe & the mayor "knew": 3 < 4'


@pytest.mark.parametrize(
    ("author", "speaker"),
    [("Anna", "Anna"), (["Anna", "Bob"], "Anna, Bob"), ([{"name": "Anna"}, {"name": ""}], "Anna"), ({"name": ""}, None),
     ({"name": ["Anna", "A."]}, "Anna"), ({"name": {"@value": "Anna"}}, "Anna"), (None, None), (7, "7"), (True, None)],
)  # fmt: skip
def test_speakers_are_named_in_any_shape(read, author, speaker):
    assert one(read, itemReviewed={**REVIEW["itemReviewed"], "author": author}).draft.speaker == speaker


@pytest.mark.parametrize(
    "publisher", ["Example Check", ["Example Check"], {"@type": "Organization", "legalName": "Example Check"}]
)
def test_publishers_are_named_in_any_shape(read, publisher):
    assert one(read, author=publisher).draft.findings[0].publisher == "Example Check"


@pytest.mark.parametrize(
    ("given", "language"),
    [("English", "en"), ("Français", "fr"), ("en-GB", "en"), (["de"], "de"), ({"name": "Polish"}, "pl")],
)
def test_languages_are_named_by_code_or_in_words(read, given, language):
    assert one(read, inLanguage=given).draft.language == language


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"inLanguage": "Klingon of the north"}, "language"),
        ({"url": "no address"}, "findings/0/url"),
        ({"datePublished": "soon"}, "datePublished"),
        ({"itemReviewed": {"datePublished": "02/03/2020"}}, "itemReviewed/datePublished"),
        ({"itemReviewed": {"datePublished": "2020-03-01", "url": "javascript:alert(1)"}}, "url"),
        ({"headline": "x" * 3_000}, "title"),
        ({"itemReviewed": [{"datePublished": "2020-03-01"}, {"datePublished": "2020-03-02"}]}, "itemReviewed"),
    ],
)
def test_what_cannot_be_read_is_left_out_with_a_warning(read, changes, field):
    line = one(read, **changes)
    assert field in [left.field for left in line.left_out]
    assert verdict(line) == "False"


@pytest.mark.parametrize(
    "claim", [{"@type": "Claim"}, {"datePublished": ""}, {"datePublished": "some day"}, "a claim", None, []]
)
def test_a_claim_without_a_date_is_bounded_by_its_review(read, claim):
    draft = one(read, itemReviewed=claim).draft
    assert (draft.said_at, draft.said_before.text) == (None, "2020-03-05")


def test_the_earlier_of_two_reviews_bounds_the_claim(read):
    first, second = read([{**REVIEW, "itemReviewed": {}}, {**REVIEW, "itemReviewed": {}, "datePublished": "2020-01"}])
    assert first.draft.identity == second.draft.identity


def test_names_may_be_addresses_items_or_references(read):
    full = {f"http://schema.org/{name}" if name[0] != "@" else name: value for name, value in REVIEW.items()}
    items = {"type": ["http://schema.org/ClaimReview"], "properties": {
        "claimReviewed": ["The lake is poisoned."], "datePublished": ["2020-03-05"],
        "reviewRating": [{"type": ["Rating"], "properties": {"alternateName": "False"}}]}}  # fmt: skip
    graph = {"@graph": [{"@type": "Organization", "@id": "#us", "name": "Example Check"},
                        {"@type": "Claim", "@id": "#claim", "datePublished": "2020-03-01", "author": "Some Body"},
                        {**REVIEW, "author": {"@id": "#us"}, "itemReviewed": {"@id": "#claim"}}]}  # fmt: skip
    for document in ({**full, "@type": "http://schema.org/ClaimReview"}, items, {"items": [items]}, graph):
        [line] = read(document)
        assert (line.draft.text, verdict(line)) == ("The lake is poisoned.", "False")
    assert (line.draft.speaker, line.draft.said_at.text) == ("Some Body", "2020-03-01")
    assert line.draft.findings[0].publisher == "Example Check"
    assert line.place == "/@graph/2"


def test_no_repr_is_ever_stored(read):
    odd = [
        {"@value": {"@value": ["x"]}},
        [["x"]],
        {"a": {"b": "c"}},
        {"name": [{"name": {"@value": "x"}}]},
        [None, 7.0],
    ]
    for value in odd:
        for name in ("claimReviewed", "headline", "author", "reviewRating", "inLanguage", "url", "itemReviewed"):
            for line in read([{**REVIEW, name: value}]):
                assert "{" not in repr(line.draft and (line.draft.text, line.draft.title, line.draft.speaker))
                assert not line.draft or "'" not in verdict(line)


def page(*scripts):
    written = "".join(f'<script type="application/ld+json" class="y">{script}</script>' for script in scripts)
    return f"<!doctype html><html><head>{written}</head><body><p>Text.</p></body></html>"


def test_a_fault_in_one_script_leaves_the_sound_ones(read):
    sound = json.dumps({**REVIEW, "claimReviewed": "Sound."})
    broken = '{"@graph": [' + json.dumps(REVIEW) + ', {"@type": "ClaimReview", "claimReviewed": "Brok'
    lines = read(page('{"@type": "Organization"', sound, broken), "page.html")
    assert [line.draft.text for line in lines if line.draft] == ["Sound.", "The lake is poisoned."]
    [fault] = [line for line in lines if line.reason]
    assert (fault.place, "is not JSON" in fault.reason) == ("script 3", True)


@pytest.mark.parametrize(
    "script",
    ["<!-- {} -->", "/*<![CDATA[*/ {} /*]]>*/", "{};", "[{},]", "{}".join(["", "\n"])],
    ids=["comment", "cdata", "semicolon", "trailing comma", "plain"],
)
def test_wrapped_scripts_are_read(read, script):
    [line] = read(page(script.replace("{}", json.dumps(REVIEW))), "page.html")
    assert line.draft.text == "The lake is poisoned."


def test_line_breaks_within_strings_do_not_break_a_script(read):
    [line] = read(page(json.dumps(REVIEW).replace("poisoned", "poi\n\tsoned")), "page.html")
    assert line.draft


def test_microdata_is_read(read):
    page = """<html><body><div itemscope itemtype="http://schema.org/ClaimReview">
    <p itemprop="claimReviewed">The lake is
    poisoned.</p><meta itemprop="datePublished" content="2020-03-05"><div itemprop="reviewRating" itemscope
    itemtype="http://schema.org/Rating"><span itemprop="alternateName">False</span></div>
    <a itemprop="url" href="https://check.example.org/1">more</a></div></body></html>"""
    [line] = read(page, "page.html")
    assert (line.draft.text, verdict(line)) == ("The lake is poisoned.", "False")
    assert line.draft.findings[0].url == "https://check.example.org/1"


def test_a_page_without_a_review_is_said_to_be_read_as_a_document(read):
    with pytest.raises(Unreadable, match=r"without ClaimReview: .*refrain check --document.*POST /v1/documents"):
        read(page('{"@type": "NewsArticle"}'), "page.html")


def test_reviews_one_a_line_are_read_whatever_the_file_is_called(read):
    lines = (
        json.dumps(REVIEW) + "\n" + json.dumps({**REVIEW, "claimReviewed": ""}) + "\n\nno json\n" + json.dumps(REVIEW)
    )
    for name in ("a.json", "a.ndjson", "a.txt"):
        found = read(lines, name)
        assert [line.number for line in found if line.draft] == [1, 5]
        assert [line.number for line in found if line.reason] == [2, 4]
