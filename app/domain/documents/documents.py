"""Documents: the request, the extracted claims, and the answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal

from app.domain.checks.checks import Check, Language, MinimumTier, Notice
from app.domain.core.dates import Period
from app.domain.core.spans import Span
from app.domain.core.text_quotes import TextQuote

LONGEST_DOCUMENT: Final = 200_000
MOST_CHECKS: Final = 100
"""Bound on the checked claims of an article: the size of a batch. Further ones are listed, and not checked."""
MOST_OWN: Final = 60
"""Bound on those among them that are the author's own assertions."""

PublishedFrom = Literal["request", "page"]
DateFrom = Literal["text", "context"]
WhyLeftOut = Literal["background", "too_many", "too_long"]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """Entry of a live blog: its day, such as 2024-03-07, and the words that it begins with."""

    day: str
    opening: str


@dataclass(frozen=True, slots=True)
class Page:
    """Metadata extracted from a page's HTML; its author and its date, a day such as 2021-05-24, are guesses."""

    text: str
    title: str | None = None
    published_at: str | None = None
    author: str | None = None
    entries: tuple[PageEntry, ...] = ()
    """Of a live blog."""


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """Request for a document check: an article as text or HTML, and filters for the precedents of its claims."""

    text: str | None = None
    html: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    language: str | None = None
    published_at: Period | None = None
    known_at: Period | None = None
    earlier_only: bool = True
    limit: int = 5
    minimum_tier: MinimumTier = "same_topic"
    record: bool = True


@dataclass(frozen=True, slots=True)
class Claim:
    """Claim that an article attributes to a speaker, or asserts itself. Offsets count the article's code points."""

    text: str
    start: int
    end: int
    speaker: str | None
    said_at: Period | None
    quoted: bool
    """Three words of it or more are in quotation marks."""
    attribution: TextQuote | None = None
    """Words that attribute it; None for a quotation that continues the one before, and for the author's own."""
    said_at_from: DateFrom | None = None
    """Origin of the date: its own sentence, or the sentences before it."""
    said_at_quote: TextQuote | None = None
    background: bool = False
    """Background: said by somebody else at another time than the news."""
    own: bool = False
    """An assertion of the article's author."""


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A claim and its check."""

    claim: Claim
    check: Check


@dataclass(frozen=True, slots=True)
class OmittedClaims:
    """Claims that were not checked, with the reason."""

    claim: Claim
    reason: WhyLeftOut


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """Article with its extracted claims, before they are checked."""

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
    author: str | None = None
    attributions_read: bool = True
    """True where speakers are found in the article's language."""


@dataclass(frozen=True, slots=True)
class Document:
    """Document: an article with its checked claims."""

    id: str
    created_at: datetime
    read: ParsedDocument
    statements: Sequence[CheckedClaim]
    phrased_in: str = "en"
    """The language of the sentences of its checks."""
    notice: Notice | None = None

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
