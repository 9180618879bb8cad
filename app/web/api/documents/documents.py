"""`/v1/documents`: whole articles, claim by claim."""

from collections.abc import Callable

from fastapi import APIRouter, Request, Response

from app.domain.checks.checks import Check
from app.domain.documents.documents import Claim, Document
from app.web.accept_language import CONTENT_LANGUAGE, TheReader
from app.web.api.answers import answers
from app.web.api.checks.check_schemas import CheckOut, LanguageOut
from app.web.api.checks.checks import check_out as shown_check
from app.web.api.documents.document_schemas import (
    ClaimOut,
    DocumentIn,
    DocumentOut,
    DocumentStatementOut,
    LeftOutOut,
    SpanOut,
)
from app.web.api.languages import require_language
from app.web.api.predictions.prediction_schemas import TextQuoteSelector
from app.web.deps import MayCheck, TheServices
from app.web.json_route import JsonRoute
from app.web.rate_limits import charge_in_thread

router = APIRouter(prefix="/documents", tags=["documents"], route_class=JsonRoute)


@router.post(
    "",
    status_code=201,
    operation_id="createDocument",
    response_model=DocumentOut,
    responses=answers(400, 401, 403, 413, 422, 503),
)
def create_document(
    request: Request, body: DocumentIn, services: TheServices, key: MayCheck, reader: TheReader
) -> Response:
    """Extracts the attributed claims of an article, and checks each. Counts as one request a check."""
    document_request = body.request(require_language(services, body.language))
    read = services.check_document.read(document_request)
    if len(read.claims) > 1:
        charge_in_thread(request, services, key, len(read.claims) - 1)
    document = services.check_document.check(read, document_request, key.organisation, reader)
    answer = document_out(document, lambda check: shown_check(request, check)).model_dump_json()
    return Response(answer, 201, {CONTENT_LANGUAGE: document.phrased_in}, media_type="application/json")


@router.get("/{document_id}", operation_id="getDocument", responses=answers(401, 403, 404))
def get_document(
    request: Request, document_id: str, services: TheServices, key: MayCheck, response: Response
) -> DocumentOut:
    """Returns an article of the organisation as it was answered, with later withdrawals marked."""
    document = services.check_document.get(document_id, key.organisation)
    response.headers[CONTENT_LANGUAGE] = document.phrased_in
    return document_out(document, lambda check: shown_check(request, check))


def document_out(document: Document, shown: Callable[[Check], CheckOut]) -> DocumentOut:
    """Formats a document as an answer."""
    read = document.read
    return DocumentOut(
        id=document.id,
        created_at=document.created_at,
        text=read.text,
        title=read.title,
        url=read.url,
        language=LanguageOut.model_validate(read.language),
        published_at=read.published_at.text if read.published_at else None,
        published_at_from=read.published_from,
        statements=[
            DocumentStatementOut(
                **_claim(checked_claim.claim), stance=checked_claim.check.stance.label, check=shown(checked_claim.check)
            )
            for checked_claim in document.statements
        ],
        left_out=[LeftOutOut(**_claim(omitted.claim), reason=omitted.reason) for omitted in read.left_out],
        dates_unresolved=[TextQuoteSelector.model_validate(quote) for quote in read.dates_unresolved],
        sentences=[SpanOut(start=start, end=end) for start, end in read.sentences],
        quotations=[SpanOut(start=start, end=end) for start, end in read.quotations],
    )


def _claim(claim: Claim) -> dict[str, object]:
    return dict(ClaimOut.model_validate(claim))
