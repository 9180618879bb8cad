"""Places of a process: how many requests are worked on at once, in all and for one organisation, and for how long."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.access.keys import Organisation
from app.domain.core.logged_errors import exc_info_of
from app.web.authentication import has_body
from app.web.problems import OVERLOADED, TOO_MANY_AT_ONCE, TOO_SLOW, answer
from index.processor_budget import ProcessorBudget, WorkCancelled, processor_budget

AT_ONCE: Final = 30
"""Below the 40 threads that routes share, so that what is admitted never waits for a thread."""
_UNBOUNDED: Final = ("/livez", "/readyz", "/metrics")
_STATIC: Final = ("/static/", "/static-")
_ANONYMOUS, _FILES = 0, -1
"""Owners of places besides organisations, whose keys begin at 1."""

logger = logging.getLogger("refrain.request")


class ConcurrencyLimit:
    """Middleware: answers 503 with `Retry-After` to requests above the limit, and 429 to those of one organisation
    above its share; not for health checks.

    Each request has a budget of processor time, in seconds, by its path. One that takes longer than `timeout_s` is
    answered 503; that, and a client that hangs up, cancels its budget. It keeps its place until it is done, for nobody
    can stop its thread from outside.
    """

    def __init__(
        self,
        app: ASGIApp,
        timeout_s: float,
        at_once: int = AT_ONCE,
        of_one: int = 0,
        budget_s: float = 20,
        budgets_s: Mapping[str, float] | None = None,
    ):
        self.app = app
        self.timeout_s = timeout_s
        self.free = at_once
        self.of_one = of_one or max(1, at_once // 2)
        self.of_anonymous = max(1, at_once // 5)
        self.taken: Counter[int] = Counter()
        self.budget_s = budget_s
        self.budgets_s = budgets_s or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNBOUNDED:
            await self.app(scope, receive, send)
            return
        owner = _owner(scope)
        if self.free <= 0:
            problem = OVERLOADED.saying("too many requests are under way: try again in a second")
            await answer(problem, scope, receive, send, {"Retry-After": "1"})
        elif self.taken[owner] >= (self.of_anonymous if owner == _ANONYMOUS else self.of_one):
            whose = "callers without a key or an account have" if owner == _ANONYMOUS else "your organisation has"
            problem = TOO_MANY_AT_ONCE.saying(f"{whose} {self.taken[owner]} requests under way: try again in a second")
            await answer(problem, scope, receive, send, {"Retry-After": "1"})
        else:
            await self._admitted(scope, receive, send, owner)

    async def _admitted(self, scope: Scope, receive: Receive, send: Send, owner: int) -> None:
        answering = given_up = False

        async def send_on(message: Message) -> None:
            nonlocal answering
            if not given_up:
                answering = True
                await send(message)

        budget = ProcessorBudget(self.budgets_s.get(scope["path"], self.budget_s))
        client = _Client(receive, budget, has_body=has_body(scope))

        async def worked() -> None:
            with processor_budget(budget):
                await self.app(scope, client.receive, send_on)

        def ended(_: object) -> None:
            client.forget()
            self.free += 1
            self.taken[owner] -= 1
            if not self.taken[owner]:
                del self.taken[owner]

        self.free -= 1
        self.taken[owner] += 1
        work = asyncio.ensure_future(worked())
        work.add_done_callback(ended)
        done, _ = await asyncio.wait({work}, timeout=self.timeout_s)
        if not done and not answering:
            given_up = True
            budget.cancelled.set()
            work.add_done_callback(_note_failure)
            problem = TOO_SLOW.saying("no answer in time; it may still be done: send it again with its Idempotency-Key")
            await answer(problem, scope, receive, send, {"Retry-After": "5"})
            return
        try:
            await work
        except WorkCancelled:
            logger.info("request %s ended without an answer: its client is gone", scope["state"].get("request_id"))


class _Client:
    """Messages of a client; cancels the budget once it hangs up after its body."""

    def __init__(self, receive: Receive, budget: ProcessorBudget, *, has_body: bool):
        self._receive = receive
        self._budget = budget
        self._gone = asyncio.Event()
        self._watch: asyncio.Task[None] | None = None
        self._empty = not has_body
        if self._empty:
            self._begin()

    async def receive(self) -> Message:
        if self._empty:
            self._empty = False
            return {"type": "http.request", "body": b"", "more_body": False}
        if self._watch:
            await self._gone.wait()
            return {"type": "http.disconnect"}
        message = await self._receive()
        if not message.get("more_body", False):
            self._begin()
        return message

    def forget(self) -> None:
        if self._watch:
            self._watch.cancel()

    def _begin(self) -> None:
        self._watch = asyncio.ensure_future(self._wait_until_gone())

    async def _wait_until_gone(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass
        self._gone.set()
        self._budget.cancelled.set()


def _owner(scope: Scope) -> int:
    organisation: Organisation | None = scope["state"].get("organisation")
    if organisation:
        return organisation.key
    return _FILES if scope["path"].startswith(_STATIC) else _ANONYMOUS


def _note_failure(work: asyncio.Future[None]) -> None:
    """Logs how a request ended that was answered already."""
    error = None if work.cancelled() else work.exception()
    if isinstance(error, WorkCancelled):
        logger.info("a request ended after it was answered as too slow")
    elif error:
        logger.error("a request failed after it was answered as too slow", exc_info=exc_info_of(error))
