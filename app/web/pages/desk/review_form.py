"""Form of a review, as the page of a flag and that of an article send it."""

from typing import Final

from pydantic import BaseModel

from app.domain.checks.reviews import Decision, ReviewDraft
from app.domain.core.messages import Messages
from app.schemas.faults import validated
from app.schemas.flags import ReviewIn
from app.web.pages.desk.reasons import Reason

_MOST_VERSION: Final = 2**31 - 1


class ReviewForm(BaseModel):
    """Form of a review; empty fields count as absent."""

    verdict: Decision
    version: int
    match_id: str = ""
    precedent_id: str = ""
    only: bool = False
    """Dismiss the compared match alone, and not all of them."""
    reason: str = ""
    picked: Reason | None = None
    archive: bool = False
    counter_example: bool = False
    narrative: str = ""

    def review_draft(self, phrases: Messages) -> ReviewDraft:
        """The review to be recorded. Raises `InvalidInput`."""
        all_matches = self.verdict == "dismissed" and not (self.only or self.counter_example)
        typed = {
            "match_id": "" if all_matches or self.precedent_id else self.match_id,
            "precedent_id": self.precedent_id,
            "reason": phrases.format_message(f"flag-reason-{self.picked}") if self.picked else self.reason,
            "narrative": self.narrative,
        }
        sent = {name: value for name, value in typed.items() if value.strip()}
        flags = {"archive": self.archive, "counter_example": self.counter_example}
        return validated(ReviewIn, {"verdict": self.verdict, **sent, **flags}).drafted()

    @property
    def expected_version(self) -> int:
        """Version of the flag that was looked at, within what a version can be."""
        return min(max(self.version, 0), _MOST_VERSION)
