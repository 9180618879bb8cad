"""ClaimReview, schema.org's JSON-LD of fact-checks, alone, in a list, in a graph or in a data feed.

A review becomes the statement that was reviewed, with what the review says as its finding. Statements of the same
words, speaker and date are one, so that two publishers' reviews of one claim meet.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from app.domain.core import strict_json
from app.domain.core.strict_json import NotJson
from app.formats.lines import Line, Unreadable
from app.formats.record import statement_draft


def read_statements(path: Path) -> Iterator[Line]:
    """Drafts, one for each ClaimReview, numbered in order of the file. Raises `Unreadable` where there is none at
    all."""
    try:
        document = strict_json.loads(path.read_bytes(), most_items=None)
    except NotJson as error:
        raise Unreadable(f"{path.name} {error}") from error
    number = 0
    for number, review in enumerate(_reviews(document), start=1):
        try:
            yield Line(number, draft=statement_draft(_record(review)))
        except Unreadable as error:
            yield Line(number, reason=str(error))
    if number == 0:
        raise Unreadable(f"{path.name} holds no ClaimReview")


def _reviews(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every ClaimReview object of a JSON document, however deeply nested."""
    if isinstance(node, list):
        for inner in node:
            yield from _reviews(inner)
    elif isinstance(node, Mapping):
        if "ClaimReview" in _all(node.get("@type")):
            yield node
        else:
            for inner in node.values():
                if isinstance(inner, (list, Mapping)):
                    yield from _reviews(inner)


def _record(review: Mapping[str, Any]) -> dict[str, Any]:
    claim = _first(review.get("itemReviewed"))
    rating = _first(review.get("reviewRating"))
    appearance = claim.get("firstAppearance") or claim.get("appearance") or claim.get("sameAs")
    ratings = (rating.get(name) for name in ("alternateName", "name", "ratingValue"))
    verdict = next((rating for rating in ratings if rating not in (None, "")), None)
    if verdict is None:
        raise Unreadable("/reviewRating has neither alternateName nor ratingValue, so nothing says what was found")
    record: dict[str, Any] = {
        "text": review.get("claimReviewed") or claim.get("text") or claim.get("name"),
        "title": review.get("headline") or review.get("name"),
        "language": _first_text(review.get("inLanguage")),
        "speaker": _first_text(_first(claim.get("author")).get("name")),
        "said_at": claim.get("datePublished"),
        "url": _url(appearance),
        "findings": [
            {
                "verdict": str(verdict),
                "publisher": _first_text(_first(review.get("author")).get("name")),
                "url": _url(review.get("url")),
                "published_at": review.get("datePublished"),
                "summary": rating.get("ratingExplanation"),
            }
        ],
    }
    return {name: value for name, value in record.items() if value is not None}


def _all(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _first(value: Any) -> Mapping[str, Any]:
    return next((element for element in _all(value) if isinstance(element, Mapping)), {})


def _first_text(value: Any) -> Any:
    return next(iter(_all(value)), None)


def _url(value: Any) -> Any:
    first = _first_text(value)
    return first.get("url") or first.get("@id") if isinstance(first, Mapping) else first
