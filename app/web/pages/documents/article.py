"""Checking a whole article from a page: the form, and the article with its claims marked in its text."""

from typing import Annotated, Final, get_args

from fastapi import Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.responses import Response

from app.domain.core.errors import InvalidInput, TooLarge
from app.domain.documents.same_article import KnownArticle
from app.services.explanations.rephrase import document_in
from app.web.deps import TheServices
from app.web.pages.access.session import AReader, pages
from app.web.pages.checks.check import language_choice
from app.web.pages.checks.comparison import precedent_marks
from app.web.pages.dates import in_words
from app.web.pages.desk.reasons import Reason
from app.web.pages.documents.article_form import ArticleForm, submitted_article
from app.web.pages.documents.article_text import headline, numbered, paragraphs
from app.web.pages.flash import Notice, set_notice
from app.web.pages.form_errors import messages_at_fields
from app.web.pages.rendering import messages_of, render

router = pages()
_SHOWN: Final = 3


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
        form.errors["article"] = messages_of(request).format_message(
            "form-fault-whole", detail=messages_of(request).reason(str(error))
        )
        return _form(request, form, 422)
    if not form.anew and (known := services.check_document.known(read, reader.organisation)):
        return _form(request, form, 200, known)
    document = services.check_document.check(read, document_request, reader.organisation, by=reader.reviewer)
    answer = RedirectResponse(f"/documents/{document.id}", 303)
    if head := form.from_head:
        said = in_words(head, messages_of(request))
        set_notice(answer, Notice("date-from-head", {"date": said}, tone="plain"))
    return answer


@router.get("/documents/{document_id}")
def article_page(
    request: Request,
    document_id: str,
    services: TheServices,
    reader: AReader,
    check: Annotated[str, Query(max_length=100)] = "",
) -> HTMLResponse:
    """A stored article, its claims marked, and their precedents beside it; the claim with this `check` is open."""
    stored = services.check_document.get(document_id, reader.organisation)
    document = document_in(stored, messages_of(request))
    services.view_log.note("document.viewed", "document", document_id)
    ids = [statement.check.id for statement in document.statements]
    claims = numbered(document.statements, services.browse_flags.standings(reader.organisation, ids))
    chosen = next((claim.number for claim in claims if claim.of.check.id == check), 0)
    return render(
        request,
        "article.html",
        active="check",
        document=document,
        read=document.read,
        title=document.read.title or headline(document.read.text),
        claims=claims,
        chosen=chosen,
        glosses=services.write_glosses.find(
            reader.organisation,
            [match.precedent.id for claim in claims for match in claim.of.check.matches[:_SHOWN]],
            [claim.of.check.id for claim in claims],
        ),
        can_translate=services.write_glosses.can_translate,
        open_claims=sum(claim.standing.state == "open" for claim in claims),
        reasons=get_args(Reason),
        without_precedent=len(document.statements) - len(claims),
        paragraphs=paragraphs(document.read.text, claims),
        precedent_marks=precedent_marks,
    )


def _form(request: Request, form: ArticleForm, status: int, known: KnownArticle | None = None) -> HTMLResponse:
    return render(
        request,
        "article_form.html",
        status=status,
        active="check",
        form=form,
        known=known,
        languages=language_choice(request),
    )
