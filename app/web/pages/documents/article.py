"""Checking a whole article from a page: the form, and the article with its claims marked in its text."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput, TooLarge
from app.web.deps import TheServices
from app.web.pages.access.session import AReader, pages
from app.web.pages.checks.check import language_choice
from app.web.pages.checks.comparison import precedent_marks
from app.web.pages.dates import in_words
from app.web.pages.documents.article_form import ArticleForm, submitted_article
from app.web.pages.documents.article_text import headline, numbered, paragraphs
from app.web.pages.flash import Notice, set_notice
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import messages_of, render

router = pages()


@router.get("/check/article")
def article_form(request: Request, reader: AReader) -> HTMLResponse:
    """An empty form."""
    return _form(request, ArticleForm(), 200)


@router.post("/check/article")
def check_article(
    request: Request, services: TheServices, reader: AReader, form: Annotated[ArticleForm, Depends(submitted_article)]
) -> Response:
    """Finds the claims of what was pasted, checks them, and leads to the stored article."""
    try:
        document_request = form.request()
        if form.errors:
            return _form(request, form, 422)
        read = services.check_document.read(document_request)
    except InvalidInput as error:
        form.errors |= messages_at_fields(request, error, {"text": "article", "html": "article"})
        return _form(request, form, 422)
    except TooLarge as error:
        form.errors["article"] = messages_of(request).format_message("form-fault-whole", detail=str(error))
        return _form(request, form, 422)
    document = services.check_document.check(read, document_request, reader.organisation)
    answer = RedirectResponse(f"/documents/{document.id}", 303)
    if head := form.from_head:
        said = in_words(head, messages_of(request))
        set_notice(answer, Notice("date-from-head", {"date": said}, tone="plain"))
    return answer


@router.get("/documents/{document_id}")
def article_page(request: Request, document_id: str, services: TheServices, reader: AReader) -> HTMLResponse:
    """A stored article, its claims marked, and their precedents beside it."""
    document = services.check_document.get(document_id, reader.organisation)
    services.view_log.note("document.viewed", "document", document_id)
    claims = numbered(document.statements)
    return render(
        request,
        "article.html",
        active="check",
        document=document,
        read=document.read,
        title=document.read.title or headline(document.read.text),
        claims=claims,
        without_precedent=len(document.statements) - len(claims),
        paragraphs=paragraphs(document.read.text, claims),
        precedent_marks=precedent_marks,
    )


def _form(request: Request, form: ArticleForm, status: int) -> HTMLResponse:
    return render(
        request, "article_form.html", status=status, active="check", form=form, languages=language_choice(request)
    )
