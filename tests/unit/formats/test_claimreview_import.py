"""ClaimReview, as fact-checkers publish it."""

import json

import pytest

from app.domain.core.dates import parse_period
from app.formats.claimreview import read_statements
from app.formats.lines import Unreadable

REVIEW = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "datePublished": "2021-05-25",
    "url": "https://desk.example.org/review",
    "author": {"@type": "Organization", "name": "Desk"},
    "inLanguage": "en-GB",
    "headline": "No, nothing was staged",
    "claimReviewed": "An attack is being staged.",
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Karpov"},
        "datePublished": "2021-05-23",
        "appearance": [{"@type": "NewsArticle", "url": "https://outlet.example.org/1"}],
    },
    "reviewRating": {"@type": "Rating", "alternateName": "False", "ratingExplanation": "There is no trace of it."},
}


@pytest.fixture
def read(tmp_path):
    """The lines of a file with this document."""

    def of(document):
        file = tmp_path / "reviews.json"
        file.write_bytes(document if isinstance(document, bytes) else json.dumps(document).encode())
        return list(read_statements(file))

    return of


def test_a_review_becomes_the_statement_with_a_finding(read):
    [line] = read(REVIEW)
    draft = line.draft
    assert (draft.text, draft.title, draft.speaker) == ("An attack is being staged.", REVIEW["headline"], "Karpov")
    assert (draft.language, draft.said_at, draft.external_id) == ("en", parse_period("2021-05-23"), None)
    assert draft.source.url == "https://outlet.example.org/1"
    [finding] = draft.findings
    assert (finding.verdict, finding.publisher, finding.url) == ("False", "Desk", "https://desk.example.org/review")
    assert (finding.published_at, finding.summary) == (parse_period("2021-05-25"), "There is no trace of it.")


@pytest.mark.parametrize(
    "document",
    [
        [REVIEW, REVIEW],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage"}, REVIEW, REVIEW]},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}, {"item": REVIEW}]},
        [[REVIEW], {"mainEntity": REVIEW}],
    ],
    ids=["list", "graph", "data feed", "nested"],
)
def test_reviews_are_found_wherever_publishers_put_them(read, document):
    lines = read(document)
    assert [line.number for line in lines] == [1, 2]
    assert {line.draft.text for line in lines} == {"An attack is being staged."}


def test_a_type_may_be_a_list(read):
    [line] = read({**REVIEW, "@type": ["Review", "ClaimReview"]})
    assert line.draft


def test_two_publishers_reviews_of_one_claim_are_one_statement(read):
    other = {**REVIEW, "author": {"name": "Other desk"}, "url": "https://other.example.org/review"}
    first, second = read([REVIEW, other])
    assert first.draft.identity == second.draft.identity
    assert not first.draft.findings[0].same_content(second.draft.findings[0])


def test_a_rating_in_numbers_is_a_verdict_too(read):
    [line] = read({**REVIEW, "reviewRating": {"ratingValue": 1, "bestRating": 5}})
    assert line.draft.findings[0].verdict == "1"


def test_the_lowest_rating_is_a_verdict_too(read):
    [line] = read({**REVIEW, "reviewRating": {"ratingValue": 0, "bestRating": 5}})
    assert line.draft.findings[0].verdict == "0"


def test_bad_reviews_are_numbered_and_the_rest_goes_in(read):
    undated = {**REVIEW, "itemReviewed": {"datePublished": "last spring"}}
    no_claim = {key: value for key, value in REVIEW.items() if key != "claimReviewed"}
    no_rating = {key: value for key, value in REVIEW.items() if key != "reviewRating"}
    lines = read([undated, REVIEW, no_claim, no_rating])
    assert [line.number for line in lines if line.draft] == [1, 2]
    assert [(left.field, "cannot be read as a date" in left.reason) for left in lines[0].left_out] == [
        ("itemReviewed/datePublished", True)
    ]
    reasons = {line.number: line.reason for line in lines if line.reason}
    assert "/text is missing" in reasons[3]
    assert "/reviewRating has neither" in reasons[4]


@pytest.mark.parametrize("odd", ["text", 7, None, [], ["text"], {}])
@pytest.mark.parametrize("name", ["author", "itemReviewed", "reviewRating", "inLanguage", "url", "headline"])
def test_odd_shapes_are_read_or_refused_and_never_break_the_import(read, name, odd):
    line, good = read([{**REVIEW, name: odd}, REVIEW])
    assert line.draft or line.reason
    assert good.draft


@pytest.mark.parametrize("document", [{}, [], {"@type": "Article"}, "text", 7, None])
def test_a_file_without_a_review_is_refused(read, document):
    with pytest.raises(Unreadable, match="holds no ClaimReview"):
        read(document)


def test_a_file_that_is_not_json_is_refused(read):
    with pytest.raises(Unreadable, match=r"reviews\.json is not JSON"):
        read(b"<html>")
