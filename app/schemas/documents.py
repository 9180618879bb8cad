"""Articles, as they are sent and answered."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, WithJsonSchema

from app.domain.checks.checks import Check, MinimumTier
from app.domain.core.text import clean
from app.domain.documents.documents import LONGEST_DOCUMENT, MOST_CHECKS, MOST_OWN, Claim, Document, DocumentRequest
from app.schemas.checks import CheckOut, LanguageOut, NoticeOut, StanceLabel
from app.schemas.fields import Address, DateIn, DateOut, LanguageTag, Name, Shown, Strict, Title, example, whole
from app.schemas.predictions import TextQuoteSelector

_LONG = f"Up to {LONGEST_DOCUMENT:,} characters; longer is a 413."


def _article(described: str, shown: str) -> WithJsonSchema:
    schema = {"type": "string", "minLength": 1, "maxLength": LONGEST_DOCUMENT, "examples": [shown]}
    return WithJsonSchema({**schema, "description": f"{described} {_LONG}"})


def _visible(text: str) -> str:
    clean(text, len(text))
    return text


_Text = Annotated[str, AfterValidator(_visible), _article("The article.", "The ministry said on Sunday that …")]
_Html = Annotated[
    str, _article("Its page, in which the article is looked for.", "<p>The ministry said on Sunday that …</p>")
]


class DocumentIn(Strict):
    """An article: `text`, or the `html` of its page."""

    model_config = example(
        text="The ministry said on Sunday that militants are about to stage a chemical attack in Idlib.",
        published_at="2021-05-24",
        url="https://example.org/news/1",
    )

    text: _Text | None = None
    html: _Html | None = None
    url: Address | None = Field(None, description="Where it is: a label, which nobody fetches.")
    title: Title | None = None
    author: Name | None = Field(None, description="Whose text it is: the speaker of what it asserts itself.")
    published_at: DateIn | None = Field(None, description="The day from which `Sunday` and `last month` are counted.")
    language: LanguageTag | None = Field(None, description="Detected when absent.")
    known_at: DateIn | None = Field(None, description="Answer from what had been learned by then.")
    earlier_only: bool = Field(True, description="false also returns precedents that are not earlier.")
    limit: Annotated[int, Field(ge=1, le=50), whole] = 5
    minimum_tier: MinimumTier = Field("same_topic", description="`any` returns all candidates, ranked.")
    record: bool = Field(True, description="false stores nothing.")

    def request(self) -> DocumentRequest:
        return DocumentRequest(
            text=self.text,
            html=self.html,
            url=self.url,
            title=self.title,
            author=self.author,
            language=self.language,
            published_at=self.published_at,
            known_at=self.known_at,
            earlier_only=self.earlier_only,
            limit=self.limit,
            minimum_tier=self.minimum_tier,
            record=self.record,
        )


class SpanOut(Shown):
    """A stretch of `text`, counted in Unicode code points."""

    start: int
    end: int


class ClaimOut(Shown):
    """Claim that the article attributes to a speaker, or makes itself: `text` of the answer from `start` to `end`."""

    text: str
    start: int
    end: int
    speaker: str | None = Field(description="As the article names them at its fullest; null where it does not say.")
    said_at: DateOut | None = Field(description="When it was said, as exactly as the article says; null: it does not.")
    said_at_from: Literal["text", "context"] | None = Field(
        description="`text`: its own sentence has the date; `context`: it goes on from one that does."
    )
    said_at_quote: TextQuoteSelector | None = Field(description="The words of the date.")
    quoted: bool = Field(description="Whether at least three words of it stand in quotation marks.")
    attribution: TextQuoteSelector | None = Field(
        description="The words that say who said it; null for a quotation that goes on, and for the author's own."
    )
    own: bool = Field(
        False,
        description="An assertion of the article's author. Its `speaker` is the article's `author`, and null for what "
        "stands in quotation marks.",
    )


class DocumentStatementOut(ClaimOut):
    """A claim, its stance, and its check: with the article's date where the claim has none."""

    stance: StanceLabel | None
    check: CheckOut


class LeftOutOut(ClaimOut):
    """A claim that was not checked."""

    reason: Literal["background", "too_many", "too_long"] = Field(
        description="`background`: the reporter recalls what somebody outside the news said at another time; "
        f"`too_many`: {MOST_CHECKS} were checked before it, or {MOST_OWN} of the author's own; "
        "`too_long`: it is longer than a check may be."
    )


class DocumentOut(Shown):
    """The article as it was read, and the claims in it."""

    id: str
    created_at: datetime
    text: str = Field(
        description="The article: for HTML, what was found in it; for text, with lines of a fixed width joined. All "
        "offsets count in it."
    )
    title: str | None
    url: str | None
    author: str | None = Field(None, description="As the request or, a guess, the page names them.")
    language: LanguageOut
    attributions_read: bool = Field(
        True, description="false: speakers are not found in this language; all sentences count as the author's own."
    )
    published_at: DateOut | None
    published_at_from: Literal["request", "page"] | None = Field(
        description="`page`: a guess from what the page says of itself."
    )
    notice: NoticeOut | None = Field(None, description="That its day of publication is not known; otherwise null.")
    statements: Sequence[DocumentStatementOut]
    left_out: Sequence[LeftOutOut] = Field(description="Claims that were found and not checked, and why.")
    dates_unresolved: Sequence[TextQuoteSelector] = Field(
        description="Dates of a saying that cannot be worked out: their `said_at` is null."
    )
    sentences: Sequence[SpanOut]
    quotations: Sequence[SpanOut] = Field(description="With their marks.")

    @classmethod
    def of(cls, document: Document, shown: Callable[[Check], CheckOut]) -> "DocumentOut":
        """A document with its checks as `shown` shows them."""
        read = document.read
        return cls(
            id=document.id,
            created_at=document.created_at,
            text=read.text,
            title=read.title,
            url=read.url,
            author=read.author,
            language=LanguageOut.model_validate(read.language),
            attributions_read=read.attributions_read,
            published_at=read.published_at.text if read.published_at else None,
            published_at_from=read.published_from,
            notice=NoticeOut.model_validate(document.notice) if document.notice else None,
            statements=[
                DocumentStatementOut(**_claim(found.claim), stance=found.check.stance.label, check=shown(found.check))
                for found in document.statements
            ],
            left_out=[LeftOutOut(**_claim(left.claim), reason=left.reason) for left in read.left_out],
            dates_unresolved=[TextQuoteSelector.model_validate(quote) for quote in read.dates_unresolved],
            sentences=[SpanOut(start=start, end=end) for start, end in read.sentences],
            quotations=[SpanOut(start=start, end=end) for start, end in read.quotations],
        )


def _claim(claim: Claim) -> dict[str, object]:
    return dict(ClaimOut.model_validate(claim))
