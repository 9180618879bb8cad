"""An article, from what is asked to what is answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from app.domain.checks.checks import Check, Language, MinimumTier
from app.domain.core.dates import Period
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote

LONGEST_DOCUMENT: Final = 200_000
MOST_CHECKS: Final = 100
"""Claims of an article that are checked: as many as a batch has. What is over is named, and not checked."""

PublishedFrom = Literal["request", "page"]
DateFrom = Literal["text", "context"]
WhyLeftOut = Literal["background", "too_many", "too_long"]


@dataclass(frozen=True, slots=True)
class Page:
    """Metadata extracted from a page's HTML; its date, a day such as 2021-05-24, is a guess."""

    text: str
    title: str | None = None
    published_at: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """An article in hand, as text or as the HTML of its page, and what is wanted of the precedents of its claims."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    language: str | None = None
    published_at: Period | None = None
    known_at: Period | None = None
    earlier_only: bool = True
    limit: int = 5
    minimum_tier: MinimumTier = "same_topic"
    record: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim attributed to a speaker by an article. Offsets count the article's code points."""

    text: str
    start: int
    end: int
    speaker: str | None
    said_at: Period | None
    quoted: bool
    """Three words of it or more are in quotation marks."""
    attribution: TextQuote | None = None
    """The words that say who said it; None for a quotation that goes on from the one before."""
    said_at_from: DateFrom | None = None
    """Origin of the date: its own sentence, or the sentences before it."""
    said_at_quote: TextQuote | None = None
    background: bool = False
    """Background: said by somebody else at another time than the news."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim and its check."""

    claim: Claim
    check: Check


@dataclass(frozen=True, slots=True)
class OmittedClaims:
    """A claim that was not checked, and why."""

    claim: Claim
    reason: WhyLeftOut


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """An article whose claims have been found and not been checked yet."""

    text: str
    title: str | None
    url: str | None
    language: Language
    published_at: Period | None
    published_from: PublishedFrom | None
    sentences: Sequence[Span]
    quotations: Sequence[Span]
    claims: Sequence[Claim]
    left_out: Sequence[OmittedClaims]
    dates_unresolved: Sequence[TextQuote]


@dataclass(frozen=True, slots=True)
class Document:
    """An article and what was found of it."""

    id: str
    created_at: datetime
    read: ParsedDocument
    statements: Sequence[CheckedClaim]
    phrased_in: str = "en"
    """The language of the sentences of its checks."""

    def with_checks(self, checks: Sequence[Check]) -> "Document":
        """Copy of the document with the given, current checks."""
        by_id = {check.id: check for check in checks}
        return replace(
            self,
            statements=[
                replace(statement, check=by_id.get(statement.check.id, statement.check))
                for statement in self.statements
            ],
        )
