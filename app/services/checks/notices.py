"""Notices on a check: that its text is no statement, or more than one, or that its date is in the future."""

from datetime import datetime
from typing import Final

from app.domain.checks.checks import Notice, NoticeCode
from app.domain.core.dates import Period, is_ahead
from app.domain.core.messages import Messages
from app.domain.statements.one_word import is_one_word
from index.text.sentences import sentence_spans

_LONG: Final = 800
"""Characters from which a text of several sentences is too long for one statement."""
_SENTENCES: Final = 4
_VERY_LONG: Final = 2_000
"""Characters from which any text is."""


def notice_of(text: str, language: str, phrases: Messages) -> Notice | None:
    """The notice on a text in a language, in words of `phrases`; None for a text that is one statement."""
    code = _code(text, language)
    return _notice(code, phrases) if code else None


def future_notice(said_at: Period | None, now: datetime, phrases: Messages) -> Notice | None:
    """The notice on a check that is dated after now; None for any other."""
    return _notice("future", phrases) if said_at and is_ahead(said_at, now) else None


def notice_in(notice: Notice | None, phrases: Messages) -> Notice | None:
    """A notice in words of `phrases`."""
    return _notice(notice.code, phrases) if notice else None


def _notice(code: NoticeCode, phrases: Messages) -> Notice:
    return Notice(code, phrases.format_message(f"notice-{code.replace('_', '-')}"))


def undated_notice(phrases: Messages) -> Notice:
    """The notice on an article whose day of publication is not known."""
    return _notice("undated", phrases)


def _code(text: str, language: str) -> NoticeCode | None:
    if is_one_word(text):
        return "one_word"
    if len(text) < _LONG:
        return None
    if len(text) >= _VERY_LONG or sum(1 for _ in sentence_spans(text, language)) >= _SENTENCES:
        return "long_text"
    return None
