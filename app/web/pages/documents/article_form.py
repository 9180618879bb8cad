"""Form of an article: its values, their faults, and the request that it makes."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Form, Request

from app.domain.core.dates import Period
from app.domain.documents.documents import DocumentRequest
from app.schemas.documents import DocumentIn
from app.schemas.faults import validated
from app.web.pages.documents.head_date import head_date
from app.web.pages.rendering import messages_of
from app.web.pages.typed_dates import FormDate, form_date

_HTML: Final = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype|!--|html|head|body|main|article|section|div|p|h1)\b", re.I)
_Typed = Annotated[str, Form()]


@dataclass(slots=True)
class ArticleForm:
    """Form as it was submitted. `errors`: messages by field."""

    article: str = ""
    published_at: str = ""
    url: str = ""
    language: str = ""
    published: FormDate = field(default_factory=FormDate)
    anew: bool = False
    """Check it although the same article was checked before."""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def from_head(self) -> Period | None:
        """The day that the head of the text names, where the form names none."""
        return None if self.html or self.published_at.strip() else head_date(self.article)

    @property
    def html(self) -> bool:
        """True if the HTML of a page was pasted."""
        return _HTML.match(self.article) is not None

    def request(self) -> DocumentRequest:
        """The request that it makes. Raises `InvalidInput`."""
        head = self.from_head
        typed = {"published_at": head.text if head else self.published.iso, "url": self.url, "language": self.language}
        sent = {name: value.strip() for name, value in typed.items() if value.strip()}
        sent["html" if self.html else "text"] = self.article.replace("\r\n", "\n")
        return validated(DocumentIn, sent).request()


def submitted_article(
    request: Request,
    article: _Typed = "",
    published_at: _Typed = "",
    url: _Typed = "",
    language: _Typed = "",
    published_at_future: Annotated[bool, Form()] = False,
    anew: Annotated[bool, Form()] = False,
) -> ArticleForm:
    """The form of a request."""
    published = form_date(published_at, messages_of(request), really_future=published_at_future)
    errors = {"published_at": published.error} if published.error else {}
    return ArticleForm(article, published_at, url, language, published, anew, errors)
