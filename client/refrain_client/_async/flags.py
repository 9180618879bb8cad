"""Flags, which wait for an analyst, and the reviews by which analysts decide."""

from collections.abc import AsyncIterator
from typing import Any, Unpack

from refrain_client._async.transport import AsyncTransport
from refrain_client.bodies import FlagFilter, ReviewFields
from refrain_client.check_answers import Flag, Reviewed, Reviewer, Verdict
from refrain_client.decoding import decode
from refrain_client.flag_answers import Assigned, Note

_IN_THE_ADDRESS = {"said_from": "from", "said_to": "to"}


class AsyncFlags:
    """Your organisation's flags. A flag has its check's id."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def notes(self, flag_id: str) -> list[Note]:
        """Notes about a flag, the oldest first."""
        answer = await self._to.ask("GET", ("flags", flag_id, "notes"))
        return [decode(Note, one) for one in answer["items"]]

    async def note(self, flag_id: str, text: str, *, idempotency_key: str | None = None) -> Note:
        """Writes something down about a flag. It stays, and leaves the flag's version as it is."""
        path, body = ("flags", flag_id, "notes"), {"text": text}
        return decode(Note, await self._to.ask("POST", path, body=body, idempotency_key=idempotency_key))

    async def assign(self, flag_id: str, to: str | None) -> Reviewer | None:
        """Asks `me`, or an account of your organisation by its id, to look at a flag; None: nobody. Who it is now."""
        answer = await self._to.ask("PUT", ("flags", flag_id, "assignment"), body={"to": to})
        return decode(Assigned, answer).assigned_to

    def list(self, **which: Unpack[FlagFilter]) -> AsyncIterator[Flag]:
        """Flags, the newest first unless `sort` says otherwise."""
        query: dict[str, Any] = {_IN_THE_ADDRESS.get(name, name): value for name, value in which.items()}
        return self._to.pages(("flags",), Flag, query)

    async def get(self, flag_id: str) -> Flag:
        """One flag with all its reviews."""
        return decode(Flag, await self._to.ask("GET", ("flags", flag_id)))

    async def review(
        self, flag_id: str, verdict: Verdict, *, idempotency_key: str | None = None, **fields: Unpack[ReviewFields]
    ) -> Reviewed:
        """Confirms or dismisses. With `expected_version`, a flag that has changed since is a `Conflict`."""
        body = {"verdict": verdict, **fields}
        answer = await self._to.ask("POST", ("flags", flag_id, "reviews"), body=body, idempotency_key=idempotency_key)
        return decode(Reviewed, answer)

    async def undo(self, flag_id: str, review_id: str) -> None:
        """Takes a review back, and what it did to the archive."""
        await self._to.ask("DELETE", ("flags", flag_id, "reviews", review_id))
