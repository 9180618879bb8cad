"""Form of an article: its values, their faults, and the request that it makes."""

import re
from dataclasses import dataclass, field
from typing import Annotated, Final

from fastapi import Form

from app.domain.documents.documents import DocumentRequest
from app.schemas.documents import DocumentIn
from app.schemas.faults import validated

_HTML: Final = re.compile(r"\s*(<\?xml[^>]*>\s*)?<(!doctype|!--|html|head|body|main|article|section|div|p|h1)\b", re.I)
_Typed = Annotated[str, Form()]


@dataclass(slots=True)
class ArticleForm:
    """Form as it was submitted. `errors`: messages by field."""

    article: str = ""
    published_at: str = ""
    url: str = ""
    language: str = ""
    anew: bool = False
    """Check it although the same article was checked before."""
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def html(self) -> bool:
        """True if the HTML of a page was pasted."""
        return _HTML.match(self.article) is not None

    def request(self) -> DocumentRequest:
        """The request that it makes. Raises `InvalidInput`."""
        typed = {"published_at": self.published_at, "url": self.url, "language": self.language}
        sent = {name: value.strip() for name, value in typed.items() if value.strip()}
        sent["html" if self.html else "text"] = self.article.replace("\r\n", "\n")
        return validated(DocumentIn, sent).request()


def submitted_article(
    article: _Typed = "",
    published_at: _Typed = "",
    url: _Typed = "",
    language: _Typed = "",
    anew: Annotated[bool, Form()] = False,
) -> ArticleForm:
    """The form of a request."""
    return ArticleForm(article, published_at, url, language, anew)
