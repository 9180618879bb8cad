"""Rows of articles: one a claim, with what came nearest to it; claims that were not checked too, and why."""

from collections.abc import Iterator
from typing import Final

from app.domain.checks.checks import Check, Precedent
from app.domain.documents.documents import Claim, Document
from app.formats.writing.import_fields import moment_text

DOCUMENT_COLUMNS: Final = (
    "document_id", "title", "url", "author", "language", "published_at", "checked_at", "start", "end", "claim",
    "speaker", "said_at", "quoted", "own", "left_out", "check_id", "stance", "flagged", "summary", "tier", "score",
    "precedent_id", "precedent_text", "precedent_speaker", "precedent_said_at", "precedent_source", "precedent_url",
    "narratives", "verdicts", "review", "reason",
)  # fmt: skip


def document_rows(document: Document) -> Iterator[dict[str, object]]:
    """Cells by their columns, in the order of the text; an article without a claim has a row of its own."""
    read = document.read
    about: dict[str, object] = dict.fromkeys(DOCUMENT_COLUMNS)
    about |= {
        "document_id": document.id,
        "title": read.title,
        "url": read.url,
        "author": read.author,
        "language": read.language.code,
        "published_at": read.published_at.text if read.published_at else None,
        "checked_at": moment_text(document.created_at),
    }
    checked = [(one.claim.start, _claim(one.claim) | _check(one.check)) for one in document.statements]
    left_out = [(one.claim.start, _claim(one.claim) | {"left_out": one.reason}) for one in read.left_out]
    rows = [about | cells for _, cells in sorted([*checked, *left_out], key=lambda row: row[0])]
    yield from rows or [about]


def _claim(claim: Claim) -> dict[str, object]:
    return {
        "start": claim.start,
        "end": claim.end,
        "claim": claim.text,
        "speaker": claim.speaker,
        "said_at": claim.said_at.text if claim.said_at else None,
        "quoted": _yes_or_no(claim.quoted),
        "own": _yes_or_no(claim.own),
    }


def _check(check: Check) -> dict[str, object]:
    cells: dict[str, object] = {
        "check_id": check.id,
        "stance": check.stance.label,
        "flagged": _yes_or_no(check.flagged),
        "summary": check.summary,
    }
    if not check.matches:
        return cells
    best = check.matches[0]
    cells |= {
        "tier": best.tier,
        "score": f"{best.score:.3f}",
        "review": best.review.verdict if best.review else None,
        "reason": best.review.reason if best.review else None,
    }
    return cells | precedent_cells(best.precedent)


def precedent_cells(precedent: Precedent) -> dict[str, object]:
    """Cells of a precedent, by the names of their columns."""
    return {
        "precedent_id": precedent.id,
        "precedent_text": precedent.text,
        "precedent_speaker": precedent.speaker,
        "precedent_said_at": precedent.said_at.text if precedent.said_at else None,
        "precedent_source": precedent.source.name,
        "precedent_url": precedent.source.url,
        "narratives": " | ".join(ref.title for ref in precedent.narratives),
        "verdicts": " | ".join(finding.verdict for finding in precedent.findings),
    }


def _yes_or_no(value: bool) -> str:
    return "true" if value else "false"
