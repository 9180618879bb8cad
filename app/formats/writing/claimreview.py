"""ClaimReview, schema.org's JSON-LD of fact-checks: a review a finding, with the statement as the claim reviewed.

Of flags, the findings about those precedents that an analyst confirmed, with the flagged text's address as one more
appearance; what nobody confirmed is no fact-check of it.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from app.domain.checks.checks import Precedent
from app.domain.core.dates import Period
from app.domain.desk.flags import Flag
from app.domain.exports.uuids import export_uuid
from app.domain.statements.statements import Finding, Source, Statement
from app.formats.writing.import_fields import without_empty
from app.formats.writing.json_text import json_array, json_text
from app.services.exports.export_records import Export

_CONTEXT: Final = "https://schema.org"


def write_lines(export: Export) -> Iterator[str]:
    """A review a line."""
    for review in _reviews(export):
        yield json_text({"@context": _CONTEXT, **review}) + "\n"


def write_feed(export: Export) -> Iterator[str]:
    """A data feed of reviews."""
    feed = {"@context": _CONTEXT, "@type": "DataFeed", "name": f"Refrain: {export.title}"}
    opening = json_text(feed)[:-1] + ',"dataFeedElement":'
    items = ({"@type": "DataFeedItem", "item": review} for review in _reviews(export))
    yield from json_array(items, opening, "}")


def _reviews(export: Export) -> Iterator[dict[str, Any]]:
    for record in export.records:
        if isinstance(record, Flag):
            also = _appearances([record.check.source] if record.check.source else [])
            for match in record.check.matches:
                if match.review and match.review.verdict == "confirmed" and match.relation == "repeats":
                    yield from _of(match.precedent, also)
        elif isinstance(record, Statement) and export.kind == "statements":
            yield from _of(record, [])


def _of(said: Statement | Precedent, also: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for finding in said.findings:
        if finding.narrative is None:
            yield _review(said, finding, also)


def _review(said: Statement | Precedent, finding: Finding, also: list[dict[str, Any]]) -> dict[str, Any]:
    claim = {
        "@type": "Claim",
        "text": said.text,
        "author": {"@type": "Person", "name": said.speaker} if said.speaker else None,
        "datePublished": _text(said.said_at),
        "appearance": [*_appearances([said.source]), *also],
    }
    rating = {"@type": "Rating", "alternateName": finding.verdict, "ratingExplanation": finding.summary}
    return without_empty(
        {
            "@type": "ClaimReview",
            "identifier": f"urn:uuid:{export_uuid('review', said.id, finding.id or '', *map(str, finding.content))}",
            "headline": said.title,
            "claimReviewed": said.text,
            "inLanguage": said.language,
            "url": finding.url,
            "datePublished": _text(finding.published_at),
            "author": {"@type": "Organization", "name": finding.publisher} if finding.publisher else None,
            "reviewRating": without_empty(rating),
            "itemReviewed": without_empty(claim),
        }
    )


def _appearances(sources: Iterable[Source]) -> list[dict[str, Any]]:
    found = []
    for source in sources:
        publisher = {"@type": "Organization", "name": source.name} if source.name else None
        fields = without_empty({"url": source.url, "archivedAt": source.archive_url, "publisher": publisher})
        if fields:
            found.append({"@type": "CreativeWork", **fields})
    return found


def _text(period: Period | None) -> str | None:
    return period.text if period else None
