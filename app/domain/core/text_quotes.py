"""Quotes of a text by offsets and context (W3C TextQuoteSelector)."""

from dataclasses import dataclass

_CONTEXT = 20


@dataclass(frozen=True, slots=True)
class TextQuote:
    """A W3C TextQuoteSelector with offsets in Unicode code points of the text it points into."""

    exact: str
    start: int
    end: int
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "TextQuote":
        """Quote of `text[start:end]`, with a little context."""
        return cls(text[start:end], start, end, text[max(0, start - _CONTEXT) : start], text[end : end + _CONTEXT])
