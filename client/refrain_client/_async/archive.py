"""Resources of the archive: statements, narratives, findings."""

from collections.abc import AsyncIterator
from typing import Literal, Unpack

from refrain_client._async.transport import AsyncTransport
from refrain_client.archive_answers import Finding, Found, Narrative, Statement
from refrain_client.bodies import (
    FindingFields,
    NarrativeChanges,
    NarrativeFields,
    SearchFilter,
    StatementChanges,
    StatementFields,
    StatementFilter,
    When,
)
from refrain_client.check_answers import Relations, Revision, Timeline
from refrain_client.decoding import decode


class AsyncStatements:
    """Statements of the archive."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def record(
        self, text: str, *, idempotency_key: str | None = None, **fields: Unpack[StatementFields]
    ) -> Statement:
        """Puts a statement into the archive, or adds what is new to the one that is there."""
        body = {"text": text, **fields}
        answer = await self._to.ask("POST", ("statements",), body=body, idempotency_key=idempotency_key)
        return decode(Statement, answer)

    async def get(self, statement_id: str) -> Statement:
        """One statement, withdrawn or not."""
        return decode(Statement, await self._to.ask("GET", ("statements", statement_id)))

    async def revisions(self, statement_id: str) -> list[Revision]:
        """Its history, the newest change first."""
        changes = self._to.pages(("statements", statement_id, "revisions"), Revision)
        return [change async for change in changes]

    async def relations(self, statement_id: str) -> Relations:
        """Its precedents and its later echoes, ten at most of each."""
        return decode(Relations, await self._to.ask("GET", ("statements", statement_id, "relations")))

    def search(
        self, q: str, *, by: Literal["meaning", "words"] = "meaning", **among: Unpack[SearchFilter]
    ) -> AsyncIterator[Found]:
        """Statements: by meaning the 200 closest, in any language; by words those with all of them, latest first."""
        return self._to.pages(("search",), Found, {"q": q, "by": by, **among})

    def list(self, **which: Unpack[StatementFilter]) -> AsyncIterator[Statement]:
        """Statements that are not withdrawn, the newest first."""
        return self._to.pages(("statements",), Statement, which)

    async def change(self, statement_id: str, **changes: Unpack[StatementChanges]) -> Statement:
        """Corrects a statement; `withdrawn=False` restores it."""
        return decode(Statement, await self._to.ask("PATCH", ("statements", statement_id), body=changes))

    async def withdraw(self, statement_id: str) -> None:
        """Withdraws a statement: no later check finds it; stored checks keep it and mark it."""
        await self._to.ask("DELETE", ("statements", statement_id))


class AsyncNarratives:
    """Recurring scripts that statements are instances of."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def record(
        self, title: str, *, idempotency_key: str | None = None, **fields: Unpack[NarrativeFields]
    ) -> Narrative:
        """Records a narrative, or updates the one with this external id or title."""
        body = {"title": title, **fields}
        answer = await self._to.ask("POST", ("narratives",), body=body, idempotency_key=idempotency_key)
        return decode(Narrative, answer)

    async def get(self, narrative_id: str) -> Narrative:
        """One narrative."""
        return decode(Narrative, await self._to.ask("GET", ("narratives", narrative_id)))

    async def timeline(
        self,
        narrative_id: str,
        *,
        known_at: When | None = None,
        include_children: bool = False,
        limit: int = 100,
        cursor: str | None = None,
    ) -> Timeline:
        """A page of its appearances in order of time; `cursor`: the `next_cursor` of the page before."""
        query = {
            "known_at": known_at,
            "include_children": "true" if include_children else None,
            "limit": limit,
            "cursor": cursor,
        }
        return decode(Timeline, await self._to.ask("GET", ("narratives", narrative_id, "timeline"), query=query))

    def list(self, *, q: str | None = None) -> AsyncIterator[Narrative]:
        """Narratives, the newest first; `q`: words in title or description."""
        return self._to.pages(("narratives",), Narrative, {"q": q})

    async def change(self, narrative_id: str, **changes: Unpack[NarrativeChanges]) -> Narrative:
        """Changes title, description or parent."""
        return decode(Narrative, await self._to.ask("PATCH", ("narratives", narrative_id), body=changes))


class AsyncFindings:
    """Findings of fact-checkers."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def record(
        self,
        verdict: str,
        *,
        statement: str | None = None,
        narrative: str | None = None,
        idempotency_key: str | None = None,
        **fields: Unpack[FindingFields],
    ) -> Finding:
        """Records what was found about a `statement` (its id), or a `narrative` (id, external id or title)."""
        body = {"verdict": verdict, "statement": statement, "narrative": narrative, **fields}
        answer = await self._to.ask("POST", ("findings",), body=body, idempotency_key=idempotency_key)
        return decode(Finding, answer)

    async def get(self, finding_id: str) -> Finding:
        """One finding."""
        return decode(Finding, await self._to.ask("GET", ("findings", finding_id)))

    def list(self, *, statement: str | None = None, narrative: str | None = None) -> AsyncIterator[Finding]:
        """Findings, the newest first."""
        return self._to.pages(("findings",), Finding, {"statement": statement, "narrative": narrative})

    async def remove(self, finding_id: str) -> None:
        """Takes a finding back. Stored checks keep what they showed."""
        await self._to.ask("DELETE", ("findings", finding_id))
