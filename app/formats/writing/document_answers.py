"""Articles as the API answers them."""

from app.domain.checks.checks import Check
from app.domain.documents.documents import Document
from app.schemas.checks import CheckOut
from app.schemas.documents import DocumentOut


def document_answer(document: Document, base_url: str) -> DocumentOut:
    """An article as `GET /v1/documents/{id}` answers it."""

    def shown(check: Check) -> CheckOut:
        address = f"{base_url}/checks/{check.id}"
        return CheckOut.model_validate(check).model_copy(update={"html_url": address})

    return DocumentOut.of(document, shown)
