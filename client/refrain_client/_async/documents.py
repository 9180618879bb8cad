"""Whole articles, claim by claim."""

from typing import Unpack

from refrain_client._async.transport import AsyncTransport
from refrain_client.bodies import DocumentFields
from refrain_client.decoding import decode
from refrain_client.document_answers import Document


class AsyncDocuments:
    """Your organisation's articles."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def check(self, *, idempotency_key: str | None = None, **fields: Unpack[DocumentFields]) -> Document:
        """Checks an article, `text` or `html`: the claims that it reports, and whether each has been said before."""
        answer = await self._to.ask("POST", ("documents",), body=dict(fields), idempotency_key=idempotency_key)
        return decode(Document, answer)

    async def get(self, document_id: str) -> Document:
        """One article, as it was answered."""
        return decode(Document, await self._to.ask("GET", ("documents", document_id)))
