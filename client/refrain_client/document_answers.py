"""Answers of the service to an article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from refrain_client.check_answers import Check, Language, Notice, Stances, TextQuoteSelector


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the article's `text`, counted in Unicode code points, as Python does."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something that the article says somebody said, or that it asserts itself (`own`).

    None as speaker or date: it does not say.
    """

    text: str
    start: int
    end: int
    speaker: str | None
    said_at: str | None
    said_at_from: Literal["text", "context"] | None
    said_at_quote: TextQuoteSelector | None
    quoted: bool
    attribution: TextQuoteSelector | None
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStatement(Claim):
    """A claim with its stance and its check."""

    stance: Stances | None
    check: Check


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut(Claim):
    """A claim that was not checked, and why."""

    reason: Literal["background", "too_many", "too_long"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """An article as it was read, and the claims in it."""

    id: str
    created_at: datetime
    text: str
    title: str | None
    url: str | None
    language: Language
    published_at: str | None
    published_at_from: Literal["request", "page"] | None
    statements: list[DocumentStatement]
    left_out: list[LeftOut]
    dates_unresolved: list[TextQuoteSelector]
    sentences: list[Span]
    quotations: list[Span]
    author: str | None = None
    attributions_read: bool = True
    notice: Notice | None = None
