"""Entry point of the client: the address of a service, a key, and the resources."""

from collections.abc import AsyncIterator, Iterable
from types import TracebackType
from typing import Self, Unpack

import httpx

from refrain_client._async.access import AsyncKeys, AsyncOrganisations
from refrain_client._async.archive import AsyncFindings, AsyncNarratives, AsyncStatements
from refrain_client._async.audit import AsyncAudit, AsyncErasures
from refrain_client._async.bulk_reviews import AsyncBulkReviews
from refrain_client._async.counter_examples import AsyncCounterExamples
from refrain_client._async.documents import AsyncDocuments
from refrain_client._async.exports import AsyncExports
from refrain_client._async.feeds import AsyncFeeds
from refrain_client._async.flag_views import AsyncFlagViews
from refrain_client._async.flags import AsyncFlags
from refrain_client._async.jobs import AsyncBulkChecks, AsyncImports
from refrain_client._async.proposals import AsyncProposals
from refrain_client._async.transport import AsyncTransport
from refrain_client._async.watched_sources import AsyncWatchedSources
from refrain_client._async.webhooks import AsyncWebhooks
from refrain_client.bodies import CheckFields, CheckIn
from refrain_client.check_answers import Check
from refrain_client.decoding import decode
from refrain_client.errors import Problem
from refrain_client.overview_answers import Overview
from refrain_client.retries import Retries
from refrain_client.service_answers import Me, Status

_BATCH = 100


class AsyncRefrain:
    """A service of Refrain at `base_url`, such as `https://refrain.example.org`, asked with a key.

    Keep one for as long as you need it, and close it: it keeps connections. Every call may raise what `RefrainError`
    is the base of. `http` is an httpx client of your own, for proxies and certificates; it is closed with this one.
    """

    def __init__(
        self, base_url: str, key: str, *, retries: Retries | None = None, http: httpx.AsyncClient | None = None
    ):
        if not base_url.startswith(("http://", "https://")):
            raise ValueError(f"{base_url!r} is no address: write one that begins with https:// or http://")
        self._to = AsyncTransport(base_url, key, retries or Retries(), http or httpx.AsyncClient())
        self.statements = AsyncStatements(self._to)
        self.narratives = AsyncNarratives(self._to)
        self.counter_examples = AsyncCounterExamples(self._to)
        self.findings = AsyncFindings(self._to)
        self.proposals = AsyncProposals(self._to)
        self.documents = AsyncDocuments(self._to)
        self.flags = AsyncFlags(self._to)
        self.flag_views = AsyncFlagViews(self._to)
        self.bulk_reviews = AsyncBulkReviews(self._to)
        self.imports = AsyncImports(self._to)
        self.bulk_checks = AsyncBulkChecks(self._to)
        self.exports = AsyncExports(self._to)
        self.feeds = AsyncFeeds(self._to)
        self.webhooks = AsyncWebhooks(self._to)
        self.watched_sources = AsyncWatchedSources(self._to)
        self.keys = AsyncKeys(self._to)
        self.organisations = AsyncOrganisations(self._to)
        self.audit = AsyncAudit(self._to)
        self.erasures = AsyncErasures(self._to)

    async def check(self, text: str, *, idempotency_key: str | None = None, **fields: Unpack[CheckFields]) -> Check:
        """Checks a statement: has it been said before? Without `said_at` it is said now."""
        body = {"text": text, **fields}
        return decode(Check, await self._to.ask("POST", ("checks",), body=body, idempotency_key=idempotency_key))

    async def check_many(self, checks: Iterable[CheckIn | str]) -> list[Check | Problem]:
        """For each statement, in order, its check or the problem with it; a hundred a request."""
        asked = [{"text": one} if isinstance(one, str) else one for one in checks]
        results: list[Check | Problem] = []
        for start in range(0, len(asked), _BATCH):
            answer = await self._to.ask("POST", ("checks", "batch"), body={"checks": asked[start : start + _BATCH]})
            results += (decode(Check, one) if "matches" in one else Problem.of(one) for one in answer["results"])
        return results

    async def get_check(self, check_id: str) -> Check:
        """One of your organisation's checks, as it was answered."""
        return decode(Check, await self._to.ask("GET", ("checks", check_id)))

    def list_checks(self, *, flagged: bool | None = None) -> AsyncIterator[Check]:
        """Your organisation's checks, the newest first."""
        return self._to.pages(("checks",), Check, {"flagged": flagged})

    async def me(self) -> Me:
        """Your key, its organisation, scopes and limits."""
        return decode(Me, await self._to.ask("GET", ("me",)))

    async def overview(self) -> Overview:
        """What came to your organisation's desk, what waits, and which narratives move."""
        return decode(Overview, await self._to.ask("GET", ("overview",)))

    async def status(self) -> Status:
        """The status of the archive."""
        return decode(Status, await self._to.ask("GET", ("status",)))

    async def aclose(self) -> None:
        await self._to.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.aclose()
