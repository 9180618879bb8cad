"""ClaimReview, schema.org's JSON-LD of fact-checks, as it is published: alone, in lists, graphs and data feeds, with
strings for objects, values in wrappers, and reviews whose claim has no date.

A review becomes the statement that was reviewed, with what the review says as its finding. Statements of the same
words, speaker and date are one, so that two publishers' reviews of one claim meet.
"""

from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Any, Final

from app.formats import dated
from app.formats.json_document import read_document, read_json_lines
from app.formats.lines import LeftOut, Line, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import addresses_of, language_of, text_of, texts_of

_TYPE: Final = "ClaimReview"
_PREFIXES: Final = ("http://schema.org/", "https://schema.org/", "schema:")
_DEEPEST: Final = 40
_LONGEST_EXPLANATION: Final = 200
"""Characters of an explanation that may stand for the rating that is missing."""
_MOST_SPEAKERS: Final = 10


def read_statements(path: Path) -> Iterator[Line]:
    """Drafts, one for each ClaimReview, numbered in order of the file: of one document, or of one a line.

    Raises `Unreadable` where there is none at all.
    """
    fault = Unreadable(f"{path.name} holds no ClaimReview")
    try:
        lines = document_lines(read_document(path))
    except Unreadable as error:
        fault = error
        records = read_json_lines(path)
        lines = (read_review(number, found) for number, value in records for _, found in reviews_of(value))
    first = next(lines, None)
    if first is None:
        raise fault
    yield first
    yield from lines


def has_review(value: Any) -> bool:
    """True if there is a ClaimReview anywhere in a JSON value."""
    return next(reviews_of(value), None) is not None


def is_review(record: Any) -> bool:
    """True if a JSON value is a ClaimReview itself."""
    return isinstance(record, Mapping) and _TYPE in _types(record)


def document_lines(value: Any, day_first: bool | None = None) -> Iterator[Line]:
    """Lines of all reviews in a document, numbered in its order; `day_first` settles dates such as 4/2/2023."""
    known = _nodes(value)
    for number, (place, review) in enumerate(reviews_of(value), start=1):
        yield read_review(number, review, place, known, day_first)


def reviews_of(value: Any, place: str = "", depth: int = 0) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every ClaimReview of a JSON value, however deeply nested, with its JSON pointer."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from reviews_of(inner, f"{place}/{number}", depth + 1)
    elif isinstance(value, Mapping):
        if _TYPE in _types(value):
            yield place, value
            return
        for name, inner in value.items():
            if isinstance(inner, (list, Mapping)):
                yield from reviews_of(inner, f"{place}/{name}", depth + 1)


def read_review(
    number: int,
    review: Mapping[str, Any],
    place: str | None = None,
    known: Mapping[str, Mapping[str, Any]] | None = None,
    day_first: bool | None = None,
) -> Line:
    """The line of one review; `known`: the document's objects by their `@id`."""
    try:
        record, left_out = _record(_plain_names(review), known or {}, day_first)
        draft, more = lenient_draft(record, frozenset(("text", "said_before")))
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)
    return Line(number, draft=draft, place=place, left_out=(*left_out, *more))


def _record(
    review: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], day_first: bool | None
) -> tuple[dict[str, Any], tuple[LeftOut, ...]]:
    left_out: list[LeftOut] = []
    claim = _object(review.get("itemReviewed"), known)
    claims = review.get("itemReviewed")
    if isinstance(claims, list) and len([one for one in claims if isinstance(one, Mapping)]) > 1:
        left_out.append(LeftOut("itemReviewed", "names several claims: the first was read"))
    verdict, explanation = _verdict(review.get("reviewRating"), known)
    if verdict is None:
        raise Unreadable("/reviewRating has neither alternateName nor ratingValue, so nothing says what was found")
    text = text_of(review.get("claimReviewed")) or text_of(claim) or text_of(review.get("itemReviewed"))
    if not text:
        raise Unreadable("/text is missing: the review says in claimReviewed or itemReviewed what it reviews")
    appearances = (claim.get(name) for name in ("firstAppearance", "appearance", "url", "sameAs"))
    reviewed_at = dated.first(
        (review.get(name) for name in ("datePublished", "dateCreated")), left_out, "datePublished", day_first
    )
    first_seen = _object(claim.get("firstAppearance"), known)
    said_at = dated.first(
        (claim.get("datePublished"), first_seen.get("datePublished"), claim.get("dateCreated")),
        left_out,
        "itemReviewed/datePublished",
        day_first,
    )
    language = text_of(review.get("inLanguage"))
    record: dict[str, Any] = {
        "text": text,
        "title": text_of(review.get("headline")) or text_of(review.get("name")),
        "language": language_of(language) if language else None,
        "speaker": _speakers(claim.get("author"), known),
        "said_at": said_at,
        "said_before": None if said_at else reviewed_at,
        "url": _address(chain.from_iterable(map(addresses_of, appearances))),
        "findings": [
            {
                "verdict": verdict,
                "publisher": _speakers(review.get("author"), known) or _speakers(review.get("publisher"), known),
                "url": _address(chain(addresses_of(review.get("url")), addresses_of(review.get("mainEntityOfPage")))),
                "published_at": reviewed_at,
                "summary": explanation,
            }
        ],
    }
    record["findings"] = [{name: value for name, value in record["findings"][0].items() if value is not None}]
    return {name: value for name, value in record.items() if value is not None}, tuple(left_out)


def _verdict(value: Any, known: Mapping[str, Mapping[str, Any]]) -> tuple[str | None, str | None]:
    """Verdict and explanation of a rating, which may be an object, a string, or a list of them."""
    rating = _object(value, known)
    explanation = text_of(rating.get("ratingExplanation")) or text_of(rating.get("description"))
    names = ("alternateName", "name", "ratingValue") if rating else ()
    verdict = next((text for name in names if (text := text_of(rating.get(name)))), None)
    if verdict is None and not rating:
        verdict = text_of(value)
    if verdict is None and explanation and len(explanation) <= _LONGEST_EXPLANATION:
        return explanation, None
    return verdict, explanation


def _speakers(value: Any, known: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Names of a person, an organisation or several of them, as one name."""
    parts = value if isinstance(value, list) else [value]
    named = [_object(part, known) if isinstance(part, Mapping) else part for part in parts]
    names = list(dict.fromkeys(name for part in named for name in texts_of(part)))
    return ", ".join(names[:_MOST_SPEAKERS]) or None


def _address(values: Iterator[str]) -> str | None:
    """The first web address; where there is none, the first of what was given in its place."""
    given = list(values)
    return next((one for one in given if one.lower().startswith(("http://", "https://"))), given[0] if given else None)


def _object(value: Any, known: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The first object of a value, looked up where it only names one by `@id`; empty where there is none."""
    values = value if isinstance(value, list) else [value]
    found = next((_plain_names(one) for one in values if isinstance(one, Mapping)), {})
    if set(found) <= {"@id", "@type"} and isinstance(found.get("@id"), str):
        return _plain_names(known.get(found["@id"], found))
    return found


def _nodes(value: Any) -> dict[str, Mapping[str, Any]]:
    """Objects of a document's graphs by their `@id`, those alone that say more."""
    found: dict[str, Mapping[str, Any]] = {}
    waiting = [value]
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, Mapping):
            if isinstance(name := node.get("@id"), str) and len(node) > 2:
                found.setdefault(name, node)
            waiting += [inner for inner in node.values() if isinstance(inner, (list, Mapping))]
    return found


def _types(node: Mapping[str, Any]) -> list[str]:
    """Names of an object's types, without schema.org's address."""
    given = node.get("@type") or node.get("type")
    types = given if isinstance(given, list) else [given]
    named = (one.get("@id") if isinstance(one, Mapping) else one for one in types)
    return [_local(one) for one in named if isinstance(one, str)]


def _local(name: str) -> str:
    name = name.strip()
    return next((name[len(prefix) :] for prefix in _PREFIXES if name.startswith(prefix)), name)


def _plain_names(node: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object under schema.org's plain names; items of microdata carry theirs in `properties`."""
    if isinstance(properties := node.get("properties"), Mapping):
        node = {"@type": node.get("type"), **properties}
    if not any(name.startswith(_PREFIXES) for name in node):
        return node
    return {_local(name): value for name, value in node.items()}
