"""Resources of the archive: statements, narratives, findings."""

from collections.abc import Iterator
from typing import Literal, Unpack

from refrain_client._sync.transport import Transport
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


class Statements:
    """Statements of the archive."""

    def __init__(self, to: Transport):
        self._to = to

    def record(self, text: str, *, idempotency_key: str | None = None, **fields: Unpack[StatementFields]) -> Statement:
        """Puts a statement into the archive, or adds what is new to the one that is there."""
        body = {"text": text, **fields}
        answer = self._to.ask("POST", ("statements",), body=body, idempotency_key=idempotency_key)
        return decode(Statement, answer)

    def get(self, statement_id: str) -> Statement:
        """One statement, withdrawn or not."""
        return decode(Statement, self._to.ask("GET", ("statements", statement_id)))

    def revisions(self, statement_id: str) -> list[Revision]:
        """Its history, the newest change first."""
        changes = self._to.pages(("statements", statement_id, "revisions"), Revision)
        return [change for change in changes]

    def relations(self, statement_id: str) -> Relations:
        """Its precedents and its later echoes, ten at most of each."""
        return decode(Relations, self._to.ask("GET", ("statements", statement_id, "relations")))

    def search(
        self, q: str, *, by: Literal["meaning", "words"] = "meaning", **among: Unpack[SearchFilter]
    ) -> Iterator[Found]:
        """Statements: by meaning the 200 closest, in any language; by words those with all of them, latest first."""
        return self._to.pages(("search",), Found, {"q": q, "by": by, **among})

    def list(self, **which: Unpack[StatementFilter]) -> Iterator[Statement]:
        """Statements that are not withdrawn, the newest first."""
        return self._to.pages(("statements",), Statement, which)

    def change(self, statement_id: str, **changes: Unpack[StatementChanges]) -> Statement:
        """Corrects a statement; `withdrawn=False` restores it."""
        return decode(Statement, self._to.ask("PATCH", ("statements", statement_id), body=changes))

    def withdraw(self, statement_id: str) -> None:
        """Withdraws a statement: no later check finds it; stored checks keep it and mark it."""
        self._to.ask("DELETE", ("statements", statement_id))


class Narratives:
    """Recurring scripts that statements are instances of."""

    def __init__(self, to: Transport):
        self._to = to

    def record(self, title: str, *, idempotency_key: str | None = None, **fields: Unpack[NarrativeFields]) -> Narrative:
        """Records a narrative, or updates the one with this external id or title."""
        body = {"title": title, **fields}
        answer = self._to.ask("POST", ("narratives",), body=body, idempotency_key=idempotency_key)
        return decode(Narrative, answer)

    def get(self, narrative_id: str) -> Narrative:
        """One narrative."""
        return decode(Narrative, self._to.ask("GET", ("narratives", narrative_id)))

    def timeline(
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
        return decode(Timeline, self._to.ask("GET", ("narratives", narrative_id, "timeline"), query=query))

    def list(self, *, q: str | None = None) -> Iterator[Narrative]:
        """Narratives, the newest first; `q`: words in title or description."""
        return self._to.pages(("narratives",), Narrative, {"q": q})

    def change(self, narrative_id: str, **changes: Unpack[NarrativeChanges]) -> Narrative:
        """Changes title, description or parent."""
        return decode(Narrative, self._to.ask("PATCH", ("narratives", narrative_id), body=changes))


class Findings:
    """Findings of fact-checkers."""

    def __init__(self, to: Transport):
        self._to = to

    def record(
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
        answer = self._to.ask("POST", ("findings",), body=body, idempotency_key=idempotency_key)
        return decode(Finding, answer)

    def get(self, finding_id: str) -> Finding:
        """One finding."""
        return decode(Finding, self._to.ask("GET", ("findings", finding_id)))

    def list(self, *, statement: str | None = None, narrative: str | None = None) -> Iterator[Finding]:
        """Findings, the newest first."""
        return self._to.pages(("findings",), Finding, {"statement": statement, "narrative": narrative})

    def remove(self, finding_id: str) -> None:
        """Takes a finding back. Stored checks keep what they showed."""
        self._to.ask("DELETE", ("findings", finding_id))
