"""Answers of Google's `claims:search`: claims with who made them and when, and the reviews of each."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.formats import dated
from app.formats.lines import LeftOut, Line, Unreadable
from app.formats.record import lenient_draft
from app.formats.values import text_of

_NAMES: Final = frozenset(("text", "claimant", "claimDate", "claimReview"))


def is_answer(value: Any) -> bool:
    """True for an answer of the interface, or a list of its claims."""
    return bool(_claims(value))


def is_claim(record: Any) -> bool:
    """True for one claim of an answer."""
    return isinstance(record, Mapping) and "text" in record and isinstance(record.get("claimReview"), list)


def document_lines(value: Any) -> Iterator[Line]:
    """Lines of the claims of an answer."""
    for number, (place, claim) in enumerate(_claims(value), start=1):
        yield claim_line(number, claim, place)


def claim_line(number: int, claim: Any, place: str | None = None) -> Line:
    """The line of a claim, with its reviews as findings."""
    if not isinstance(claim, Mapping):
        return Line(number, reason="is not a claim: it must be a JSON object", place=place)
    left_out: list[LeftOut] = []
    findings: list[dict[str, Any]] = []
    languages: list[str] = []
    dates = []
    reviews = claim.get("claimReview")
    for review in reviews if isinstance(reviews, list) else []:
        if not isinstance(review, Mapping):
            continue
        publisher = review.get("publisher")
        reviewed_at = dated.first([review.get("reviewDate")], left_out, "claimReview/reviewDate")
        dates += [reviewed_at] if reviewed_at else []
        languages += [code for code in [text_of(review.get("languageCode"))] if code]
        verdict = text_of(review.get("textualRating")) or text_of(review.get("title"))
        site = text_of(publisher.get("site")) if isinstance(publisher, Mapping) else None
        if verdict is None:
            left_out.append(LeftOut("claimReview", "has neither textualRating nor title: nothing says what was found"))
            continue
        finding = {
            "verdict": verdict,
            "publisher": text_of(publisher) or site,
            "url": text_of(review.get("url")),
            "published_at": reviewed_at,
            "summary": text_of(review.get("title")),
        }
        findings.append({name: value for name, value in finding.items() if value})
    said_at = dated.first([claim.get("claimDate")], left_out, "claimDate")
    record = {
        "text": text_of(claim.get("text")),
        "speaker": text_of(claim.get("claimant")),
        "said_at": said_at,
        "said_before": None if said_at else min(dates, key=lambda date: date.ends, default=None),
        "language": languages[0] if languages else None,
        "findings": findings,
    }
    try:
        draft, more = lenient_draft({name: value for name, value in record.items() if value or name == "text"})
    except Unreadable as error:
        return Line(number, reason=str(error), place=place)
    return Line(number, draft=draft, place=place, left_out=(*left_out, *more))


def _claims(value: Any) -> list[tuple[str, Any]]:
    pages = value if isinstance(value, list) else [value]
    found: list[tuple[str, Any]] = []
    for page, one in enumerate(pages):
        where = f"/{page}" if isinstance(value, list) else ""
        if is_claim(one):
            found.append((where, one))
        elif isinstance(one, Mapping) and isinstance(one.get("claims"), list):
            claims = one["claims"]
            if any(isinstance(claim, Mapping) and claim.keys() & (_NAMES - {"text"}) for claim in claims):
                found += [(f"{where}/claims/{number}", claim) for number, claim in enumerate(claims)]
    return found
