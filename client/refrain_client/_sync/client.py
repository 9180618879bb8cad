"""Entry point of the client: the address of a service, a key, and the resources."""

from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self, Unpack

import httpx

from refrain_client._sync.access import Keys, Organisations
from refrain_client._sync.archive import Findings, Narratives, Statements
from refrain_client._sync.audit import Audit, Erasures
from refrain_client._sync.bulk_reviews import BulkReviews
from refrain_client._sync.counter_examples import CounterExamples
from refrain_client._sync.documents import Documents
from refrain_client._sync.exports import Exports
from refrain_client._sync.feeds import Feeds
from refrain_client._sync.flag_views import FlagViews
from refrain_client._sync.flags import Flags
from refrain_client._sync.jobs import BulkChecks, Imports
from refrain_client._sync.proposals import Proposals
from refrain_client._sync.transport import Transport
from refrain_client._sync.watched_sources import WatchedSources
from refrain_client._sync.webhooks import Webhooks
from refrain_client.bodies import CheckFields, CheckIn
from refrain_client.check_answers import Check
from refrain_client.decoding import decode
from refrain_client.errors import Problem
from refrain_client.overview_answers import Overview
from refrain_client.retries import Retries
from refrain_client.service_answers import Me, Status

_BATCH = 100


class Refrain:
    """A service of Refrain at `base_url`, such as `https://refrain.example.org`, asked with a key.

    Keep one for as long as you need it, and close it: it keeps connections. Every call may raise what `RefrainError`
    is the base of. `http` is an httpx client of your own, for proxies and certificates; it is closed with this one.
    """

    def __init__(self, base_url: str, key: str, *, retries: Retries | None = None, http: httpx.Client | None = None):
        if not base_url.startswith(("http://", "https://")):
            raise ValueError(f"{base_url!r} is no address: write one that begins with https:// or http://")
        self._to = Transport(base_url, key, retries or Retries(), http or httpx.Client())
        self.statements = Statements(self._to)
        self.narratives = Narratives(self._to)
        self.counter_examples = CounterExamples(self._to)
        self.findings = Findings(self._to)
        self.proposals = Proposals(self._to)
        self.documents = Documents(self._to)
        self.flags = Flags(self._to)
        self.flag_views = FlagViews(self._to)
        self.bulk_reviews = BulkReviews(self._to)
        self.imports = Imports(self._to)
        self.bulk_checks = BulkChecks(self._to)
        self.exports = Exports(self._to)
        self.feeds = Feeds(self._to)
        self.webhooks = Webhooks(self._to)
        self.watched_sources = WatchedSources(self._to)
        self.keys = Keys(self._to)
        self.organisations = Organisations(self._to)
        self.audit = Audit(self._to)
        self.erasures = Erasures(self._to)

    def check(self, text: str, *, idempotency_key: str | None = None, **fields: Unpack[CheckFields]) -> Check:
        """Checks a statement: has it been said before? Without `said_at` it is said now."""
        body = {"text": text, **fields}
        return decode(Check, self._to.ask("POST", ("checks",), body=body, idempotency_key=idempotency_key))

    def check_many(self, checks: Iterable[CheckIn | str]) -> list[Check | Problem]:
        """For each statement, in order, its check or the problem with it; a hundred a request."""
        asked = [{"text": one} if isinstance(one, str) else one for one in checks]
        results: list[Check | Problem] = []
        for start in range(0, len(asked), _BATCH):
            answer = self._to.ask("POST", ("checks", "batch"), body={"checks": asked[start : start + _BATCH]})
            results += (decode(Check, one) if "matches" in one else Problem.of(one) for one in answer["results"])
        return results

    def get_check(self, check_id: str) -> Check:
        """One of your organisation's checks, as it was answered."""
        return decode(Check, self._to.ask("GET", ("checks", check_id)))

    def list_checks(self, *, flagged: bool | None = None) -> Iterator[Check]:
        """Your organisation's checks, the newest first."""
        return self._to.pages(("checks",), Check, {"flagged": flagged})

    def me(self) -> Me:
        """Your key, its organisation, scopes and limits."""
        return decode(Me, self._to.ask("GET", ("me",)))

    def overview(self) -> Overview:
        """What came to your organisation's desk, what waits, and which narratives move."""
        return decode(Overview, self._to.ask("GET", ("overview",)))

    def status(self) -> Status:
        """The status of the archive."""
        return decode(Status, self._to.ask("GET", ("status",)))

    def close(self) -> None:
        self._to.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
