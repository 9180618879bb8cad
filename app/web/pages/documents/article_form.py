"""Form of an article: its values, their faults, and the request that it makes."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Form

from app.domain.core.dates import InvalidDate, Period, parse_period
from app.domain.core.text import InvalidText, clean, web_address
from app.domain.documents.documents import LONGEST_DOCUMENT, DocumentRequest
from app.domain.statements.statements import LONGEST_FIELD
from app.web.pages.checks.check_form import LANGUAGES

_HTML: Final = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype|!--|html|head|body|main|article|section|div|p|h1)\b", re.I)
_Typed = Annotated[str, Form()]


@dataclass(slots=True)
class ArticleForm:
    """Form as it was submitted. `errors`: message ids by field."""

    article: str = ""
    published_at: str = ""
    url: str = ""
    language: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def read(self) -> DocumentRequest | None:
        """Document request of the form; None with faults in `errors`."""
        self.errors = {}
        article, published_at, url = self._article(), self._date(), self._address()
        if self.language not in ("", *LANGUAGES):
            self.errors["language"] = "check-error-language"
        if article is None or self.errors:
            return None
        html = article if _HTML.match(article) else None
        return DocumentRequest(
            text=None if html else article,
            html=html,
            url=url,
            language=self.language or None,
            published_at=published_at,
        )

    def _article(self) -> str | None:
        try:
            return clean(self.article.replace("\r\n", "\n"), LONGEST_DOCUMENT)
        except InvalidText:
            long = len(self.article.strip()) > LONGEST_DOCUMENT
            self.errors["article"] = "article-error-long" if long else "article-error-text"
            return None

    def _date(self) -> Period | None:
        try:
            return parse_period(self.published_at.strip()) if self.published_at.strip() else None
        except InvalidDate:
            self.errors["published_at"] = "check-error-date"
            return None

    def _address(self) -> str | None:
        try:
            return web_address(self.url, LONGEST_FIELD) if self.url.strip() else None
        except InvalidText:
            self.errors["url"] = "article-error-url"
            return None


def submitted_article(
    article: _Typed = "", published_at: _Typed = "", url: _Typed = "", language: _Typed = ""
) -> ArticleForm:
    """The form of a request."""
    return ArticleForm(article, published_at, url, language)
