"""Texts that look like a narrative and are not."""

from collections.abc import AsyncIterator

from refrain_client._async.transport import AsyncTransport
from refrain_client.archive_answers import CounterExample
from refrain_client.decoding import decode


class AsyncCounterExamples:
    """Counter-examples: a text closer to one of these than to a precedent is not flagged for that precedent."""

    def __init__(self, to: AsyncTransport):
        self._to = to

    async def record(
        self, narrative_id: str, text: str, *, language: str | None = None, idempotency_key: str | None = None
    ) -> CounterExample:
        """Adds one to a narrative, or finds the one that is there."""
        path, body = ("narratives", narrative_id, "counter-examples"), {"text": text, "language": language}
        return decode(CounterExample, await self._to.ask("POST", path, body=body, idempotency_key=idempotency_key))

    def list(self, narrative_id: str) -> AsyncIterator[CounterExample]:
        """A narrative's, the newest first."""
        return self._to.pages(("narratives", narrative_id, "counter-examples"), CounterExample)

    async def change(self, narrative_id: str, counter_example_id: str, *, shared: bool = True) -> CounterExample:
        """Lets it count in the checks of every organisation, or of its own alone; for admin keys of the operator's."""
        path = ("narratives", narrative_id, "counter-examples", counter_example_id)
        return decode(CounterExample, await self._to.ask("PATCH", path, body={"shared": shared}))

    async def remove(self, narrative_id: str, counter_example_id: str) -> None:
        """Removes one. Twice is no error."""
        await self._to.ask("DELETE", ("narratives", narrative_id, "counter-examples", counter_example_id))
