"""`/v1/documents`: whole articles, claim by claim."""

from fastapi import APIRouter, Request, Response

from app.domain.checks.reviews import Actor
from app.schemas.documents import DocumentIn, DocumentOut
from app.services.explanations.rephrase import document_in
from app.web.accept_language import CONTENT_LANGUAGE, TheReader
from app.web.api.answers import answers
from app.web.api.checks.checks import check_out
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
    document_request = body.request()
    read = services.check_document.read(document_request)
    if len(read.claims) > 1:
        charge_in_thread(request, services, key, len(read.claims) - 1)
    by = Actor(key.id, key.name)
    document = services.check_document.check(read, document_request, key.organisation, reader, by=by)
    answer = DocumentOut.of(document, lambda check: check_out(request, check)).model_dump_json()
    return Response(answer, 201, {CONTENT_LANGUAGE: document.phrased_in}, media_type="application/json")


@router.get("/{document_id}", operation_id="getDocument", responses=answers(401, 403, 404))
def get_document(
    request: Request, document_id: str, services: TheServices, key: MayCheck, reader: TheReader, response: Response
) -> DocumentOut:
    """Returns an article of the organisation as it was answered, with later withdrawals marked.

    Its sentences are in the language of `Accept-Language`; where there are no texts in it, as they were answered.
    """
    stored = services.check_document.get(document_id, key.organisation)
    document = document_in(stored, services.texts.matching(reader))
    services.view_log.note("document.viewed", "document", document_id)
    response.headers[CONTENT_LANGUAGE] = document.phrased_in
    return DocumentOut.of(document, lambda check: check_out(request, check))
