"""The audit log, and erasures on a request; for keys with the scope `admin`."""

from collections.abc import AsyncIterator
from typing import Literal

from refrain_client._async.transport import AsyncTransport
from refrain_client.audit_answers import AuditEntry, Erasure
from refrain_client.bodies import When
from refrain_client.decoding import decode


class AsyncAudit:
    """The audit log: who saw, changed and reviewed what in your organisation; for keys of the operator, in all."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    def list(
        self,
        *,
        actor: str | None = None,
        action: str | None = None,
        subject: str | None = None,
        subject_kind: str | None = None,
        organisation: str | None = None,
        since: When | None = None,
        until: When | None = None,
    ) -> AsyncIterator[AuditEntry]:
        """Entries, the newest first. `action="review"` finds all of `review.…`, `subject_kind="statement"` what
        happened to statements; the rest are ids."""
        which = {"actor": actor, "action": action, "subject": subject, "organisation": organisation}
        which["subject_kind"] = subject_kind
        return self._to.pages(("audit",), AuditEntry, {**which, "from": since, "to": until})


class AsyncErasures:
    """Erasures of your organisation's accounts, statements and checks; a trace of each is kept."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def create(
        self,
        kind: Literal["account", "statement", "check"],
        erased_id: str,
        reason: str,
        *,
        reference: str | None = None,
    ) -> Erasure:
        """Erases one thing, which cannot be taken back. The reason is kept: do not repeat in it what is erased."""
        body = {"kind": kind, "id": erased_id, "reason": reason, "reference": reference}
        return decode(Erasure, await self._to.ask("POST", ("erasures",), body=body))

    def list(self) -> AsyncIterator[Erasure]:
        """Erasures, the newest first."""
        return self._to.pages(("erasures",), Erasure)
