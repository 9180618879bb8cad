"""Changes of what another organisation brought: proposed, and decided."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from refrain_client._sync.transport import Transport
from refrain_client.archive_answers import Proposal
from refrain_client.decoding import decode


class Proposals:
    """Proposals that your organisation made, and those that it may decide."""

    def __init__(self, to: Transport):
        self._to = to

    def create(
        self,
        changes: Mapping[str, Any],
        *,
        statement: str | None = None,
        narrative: str | None = None,
        finding: str | None = None,
        reason: str | None = None,
        idempotency_key: str | None = None,
    ) -> Proposal:
        """Proposes changes, as `change` takes them, of one thing by its id; of a finding `{"withdrawn": True}`."""
        about = {"statement_id": statement, "narrative_id": narrative, "finding_id": finding}
        body = {**about, "changes": changes, "reason": reason}
        return decode(Proposal, self._to.ask("POST", ("proposals",), body=body, idempotency_key=idempotency_key))

    def get(self, proposal_id: str) -> Proposal:
        """One proposal."""
        return decode(Proposal, self._to.ask("GET", ("proposals", proposal_id)))

    def list(self, *, state: Literal["open", "accepted", "refused"] | None = None) -> Iterator[Proposal]:
        """Proposals, the newest first."""
        return self._to.pages(("proposals",), Proposal, {"state": state})

    def decide(
        self, proposal_id: str, decision: Literal["accepted", "refused"], *, reason: str | None = None
    ) -> Proposal:
        """Accepts or refuses; what is accepted is changed at once. Needs the scope `admin`."""
        body = {"decision": decision, "reason": reason}
        return decode(Proposal, self._to.ask("POST", ("proposals", proposal_id, "decision"), body=body))
