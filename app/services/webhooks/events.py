"""Payloads of webhook events. Receivers rely on these fields: add new ones, keep existing ones."""

from collections.abc import Sequence
from typing import Any

from app.domain.checks.checks import Check
from app.domain.desk.flags import repeated_matches
from app.domain.narratives.warnings import Evidence
from app.domain.statements.statements import Narrative, NarrativeRef, Statement


def flag_data(check: Check) -> dict[str, Any]:
    """`flag.created`: a check that an analyst should look at, with its best match."""
    best = next(iter(repeated_matches(check)), None)
    return {
        "check_id": check.id,
        "text": check.text,
        "language": check.language.code,
        "said_at": check.said_at.text if check.said_at else None,
        "speaker": check.speaker,
        "summary": check.summary,
        "best_match": {
            "match_id": best.id,
            "precedent_id": best.precedent.id,
            "tier": best.tier,
            "score": best.score,
            "days_before": best.days_before,
        }
        if best
        else None,
    }


def narrative_data(narrative: Narrative) -> dict[str, Any]:
    """Payload of `narrative.created` and `narrative.updated`: the current narrative."""
    return {
        "narrative_id": narrative.id,
        "external_id": narrative.external_id,
        "title": narrative.title,
        "description": narrative.description,
        "parent_id": narrative.parent.id if narrative.parent else None,
    }


def warning_data(warning_id: str, narrative: NarrativeRef, evidence: Evidence) -> dict[str, Any]:
    """`narrative.warning`: an early warning, with the dates and counts by which its rule was met."""
    return {
        "warning_id": warning_id,
        "narrative_id": narrative.id,
        "title": narrative.title,
        "rule": evidence.rule,
        "evidence": dict(evidence.values),
    }


def appeared_data(narrative: NarrativeRef, count: int, statements: Sequence[Statement]) -> dict[str, Any]:
    """`narrative.appeared`: new statements under a narrative that somebody of the organisation follows."""
    return {
        "narrative_id": narrative.id,
        "title": narrative.title,
        "count": count,
        "statements": [
            {
                "statement_id": statement.id,
                "text": statement.text,
                "language": statement.language,
                "speaker": statement.speaker,
                "said_at": statement.said_at.text if statement.said_at else None,
            }
            for statement in statements
        ],
    }


def review_data(check_id: str, match_id: str | None, verdict: str, reason: str | None) -> dict[str, Any]:
    """`review.created` and `review.undone`: an analyst's verdict on a match of a flagged check."""
    return {"check_id": check_id, "match_id": match_id, "verdict": verdict, "reason": reason}
