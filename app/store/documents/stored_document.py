"""The layout on disk of an article and its claims, and the way there and back."""

from dataclasses import dataclass
from datetime import datetime

from pydantic import TypeAdapter

from app.domain.checks.checks import Language
from app.domain.documents.documents import (
    CheckedClaim,
    Claim,
    DateFrom,
    Document,
    OmittedClaims,
    ParsedDocument,
    PublishedFrom,
    WhyLeftOut,
)
from app.store.checks.stored_check import StoredCheck, StoredLanguage
from app.store.stored_values import (
    VERSION,
    StoredPeriod,
    StoredQuote,
    check_version,
    period_of,
    quote_of,
    quotes_of,
    stored_quotes,
)

StoredSpan = tuple[int, int]
"""Start and end in code points of the article; the end is exclusive."""


@dataclass(frozen=True, slots=True)
class StoredClaim:
    """Something that an article says somebody said."""

    text: str
    start: int
    end: int
    speaker: str | None
    said_at: StoredPeriod | None
    quoted: bool
    attribution: StoredQuote | None = None
    said_at_from: DateFrom | None = None
    said_at_quote: StoredQuote | None = None
    background: bool = False
    own: bool = False

    @classmethod
    def of(cls, claim: Claim) -> "StoredClaim":
        return cls(
            text=claim.text,
            start=claim.start,
            end=claim.end,
            speaker=claim.speaker,
            said_at=StoredPeriod.of(claim.said_at),
            quoted=claim.quoted,
            attribution=StoredQuote.of_optional(claim.attribution),
            said_at_from=claim.said_at_from,
            said_at_quote=StoredQuote.of_optional(claim.said_at_quote),
            background=claim.background,
            own=claim.own,
        )

    def restored(self) -> Claim:
        return Claim(
            text=self.text,
            start=self.start,
            end=self.end,
            speaker=self.speaker,
            said_at=period_of(self.said_at),
            quoted=self.quoted,
            attribution=quote_of(self.attribution),
            said_at_from=self.said_at_from,
            said_at_quote=quote_of(self.said_at_quote),
            background=self.background,
            own=self.own,
        )


@dataclass(frozen=True, slots=True)
class StoredCheckedClaim:
    """A claim and its check as it was answered."""

    claim: StoredClaim
    check: StoredCheck


@dataclass(frozen=True, slots=True)
class StoredLeftOut:
    """A claim that was not checked, and why."""

    claim: StoredClaim
    reason: WhyLeftOut


@dataclass(frozen=True, slots=True)
class StoredReading:
    """An article as it was read."""

    text: str
    title: str | None
    url: str | None
    language: StoredLanguage
    published_at: StoredPeriod | None
    published_from: PublishedFrom | None
    sentences: tuple[StoredSpan, ...]
    quotations: tuple[StoredSpan, ...]
    claims: tuple[StoredClaim, ...]
    left_out: tuple[StoredLeftOut, ...]
    dates_unresolved: tuple[StoredQuote, ...]
    author: str | None = None
    attributions_read: bool = True

    @classmethod
    def of(cls, read: ParsedDocument) -> "StoredReading":
        return cls(
            text=read.text,
            title=read.title,
            url=read.url,
            language=StoredLanguage(read.language.code, read.language.detected),
            published_at=StoredPeriod.of(read.published_at),
            published_from=read.published_from,
            sentences=tuple(read.sentences),
            quotations=tuple(read.quotations),
            claims=tuple(map(StoredClaim.of, read.claims)),
            left_out=tuple(StoredLeftOut(StoredClaim.of(left.claim), left.reason) for left in read.left_out),
            dates_unresolved=stored_quotes(read.dates_unresolved),
            author=read.author,
            attributions_read=read.attributions_read,
        )

    def restored(self) -> ParsedDocument:
        return ParsedDocument(
            text=self.text,
            title=self.title,
            url=self.url,
            language=Language(code=self.language.code, detected=self.language.detected),
            published_at=period_of(self.published_at),
            published_from=self.published_from,
            sentences=self.sentences,
            quotations=self.quotations,
            claims=tuple(claim.restored() for claim in self.claims),
            left_out=tuple(OmittedClaims(claim=left.claim.restored(), reason=left.reason) for left in self.left_out),
            dates_unresolved=quotes_of(self.dates_unresolved),
            author=self.author,
            attributions_read=self.attributions_read,
        )


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An article as it was answered."""

    id: str
    created_at: datetime
    read: StoredReading
    statements: tuple[StoredCheckedClaim, ...]
    phrased_in: str = "en"
    v: int = 0
    """The version of the layout; 0 where none was written."""

    @classmethod
    def of(cls, document: Document) -> "StoredDocument":
        return cls(
            id=document.id,
            created_at=document.created_at,
            read=StoredReading.of(document.read),
            statements=tuple(
                StoredCheckedClaim(StoredClaim.of(checked.claim), StoredCheck.of(checked.check))
                for checked in document.statements
            ),
            phrased_in=document.phrased_in,
            v=VERSION,
        )

    def restored(self) -> Document:
        check_version(self.v)
        return Document(
            id=self.id,
            created_at=self.created_at,
            read=self.read.restored(),
            statements=tuple(
                CheckedClaim(claim=checked.claim.restored(), check=checked.check.restored())
                for checked in self.statements
            ),
            phrased_in=self.phrased_in,
        )


_DOCUMENT = TypeAdapter(StoredDocument)


def document_as_json(document: Document) -> str:
    """A document as its row keeps it."""
    return _DOCUMENT.dump_json(StoredDocument.of(document)).decode()


def document_from_json(stored: str) -> Document:
    """The document that a row keeps, with its checks as they were answered. Raises `NewerLayout`."""
    return _DOCUMENT.validate_json(stored).restored()
