"""Nearest statements to a checked text, whatever their score: for linking by hand, and where a check found nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from app.domain.access.keys import Organisation
from app.domain.checks.checks import Check, CheckRequest, Match, Precedent
from app.domain.checks.scoring import Tier
from app.domain.statements.statements import Statement
from app.services import Services

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """Earlier statement that may be linked. `score`: None where it was not among those that were scored."""

    statement: Statement | Precedent
    score: float | None
    tier: Tier | None


def nearest_matches(services: Services, check: Check, organisation: Organisation, limit: int = MOST) -> Sequence[Match]:
    """Candidates of a check by their score, those below every cut-off included; none while the index is not ready."""
    if not services.archive.ready:
        return ()
    asked = CheckRequest(
        text=check.text,
        language=check.language.code,
        said_at=check.said_at,
        speaker=check.speaker,
        limit=limit,
        minimum_tier="any",
        record=False,
        explained=False,
    )
    [answer] = services.check_statements([asked], organisation)
    return answer.matches


def is_close(match: Match) -> bool:
    """True if a match is worth showing at once: of the same script or closer, or saying the opposite."""
    return match.relation == "opposes" or bool(match.tier and match.tier.rank <= Tier.SAME_SCRIPT.rank)
