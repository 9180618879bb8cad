"""Places of a process: how many requests are worked on at once, in all and for one organisation, and for how long."""

import asyncio
import logging
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.domain.access.keys import Organisation
from app.domain.core.logged_errors import exc_info_of
from app.schemas.problems import Problem
from app.web.authentication import has_body
from app.web.problems import OVERLOADED, TOO_MANY_AT_ONCE, TOO_SLOW, answer
from index.processor_budget import ProcessorBudget, WorkCancelled, processor_budget

AT_ONCE: Final = 30
"""Below the 40 threads that routes share, so that what is admitted never waits for a thread."""
_FILES_AT_ONCE: Final = 8
"""Files of pages that begin to be read at once, in the threads that are left. More wait: they are small, and a page
does not work without them."""
_CHECKS_PER_PROCESSOR: Final = 6
"""Requests with checks that are worked on or wait for a processor. A place more makes each of them wait longer, and
answers none more."""
_CHECKS: Final = ("/v1/checks", "/v1/checks/batch", "/v1/documents", "/check", "/check/article")
_UNBOUNDED: Final = ("/livez", "/readyz", "/metrics")
_STATIC: Final = ("/static/", "/static-")
_ANONYMOUS: Final = 0
"""Owner of the places of callers without a key; keys of organisations begin at 1."""

logger = logging.getLogger("refrain.request")


def checks_at_once(processors: int) -> int:
    """The number of requests with checks that a process works on at once, by the processors that it may use."""
    return min(AT_ONCE, _CHECKS_PER_PROCESSOR * processors)


@dataclass(slots=True)
class _Places:
    """Places that requests take while they are worked on; one organisation takes `of_one` at most."""

    at_once: int
    of_one: int
    of_anonymous: int
    what: str
    taken: Counter[int] = field(default_factory=Counter)

    def refusal(self, owner: int) -> Problem | None:
        """The reason why the owner can take no place now; None where there is one."""
        if self.taken.total() >= self.at_once:
            return OVERLOADED.problem(f"too many {self.what} are under way: try again in a second")
        if self.taken[owner] >= (self.of_anonymous if owner == _ANONYMOUS else self.of_one):
            whose = "callers without a key or an account have" if owner == _ANONYMOUS else "your organisation has"
            return TOO_MANY_AT_ONCE.problem(f"{whose} {self.taken[owner]} {self.what} under way: try again in a second")
        return None

    def take(self, owner: int) -> None:
        self.taken[owner] += 1

    def release(self, owner: int) -> None:
        self.taken[owner] -= 1
        if not self.taken[owner]:
            del self.taken[owner]


class ConcurrencyLimit:
    """Middleware: answers 503 with `Retry-After` to requests above the limit, and 429 to those of one organisation
    above its share; not for health checks. Files of pages wait for each other instead.

    Requests with checks have a lower limit of their own (`checks`), so that those that are admitted are answered soon,
    and everything else goes on. One organisation has half of the places, and two thirds of those for checks.

    Each request has a budget of processor time, in seconds, by its path. One that takes longer than `timeout_s` is
    answered 503; that, and a client that hangs up, cancels its budget. It keeps its place until it is done, for nobody
    can stop its thread from outside.
    """

    def __init__(
        self,
        app: ASGIApp,
        timeout_s: float,
        checks: int = AT_ONCE,
        of_one: int = 0,
        budget_s: float = 20,
        budgets_s: Mapping[str, float] | None = None,
    ):
        self.app = app
        self.timeout_s = timeout_s
        self.all = _Places(AT_ONCE, of_one or AT_ONCE // 2, AT_ONCE // 5, "requests")
        self.files = asyncio.Semaphore(_FILES_AT_ONCE)
        self.checks = _Places(checks, of_one or max(1, checks * 2 // 3), max(1, checks // 5), "checks")
        self.budget_s = budget_s
        self.budgets_s = budgets_s or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in _UNBOUNDED:
            await self.app(scope, receive, send)
            return
        owner = _owner(scope)
        if scope["path"].startswith(_STATIC):
            await self._file(scope, receive, send)
            return
        checks = scope["method"] == "POST" and scope["path"] in _CHECKS
        needed = [self.all, self.checks] if checks else [self.all]
        for places in needed:
            if problem := places.refusal(owner):
                await answer(problem, scope, receive, send, {"Retry-After": "1"})
                return
        await self._admitted(scope, receive, send, owner, needed)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers with a file of pages. It waits for others to be read from disk, and not for their readers."""
        with ExitStack() as opening:
            await self.files.acquire()
            opening.callback(self.files.release)

            async def send_on(message: Message) -> None:
                if message["type"] == "http.response.body":
                    opening.close()
                await send(message)

            await self._admitted(scope, receive, send_on, _ANONYMOUS, [])

    async def _admitted(
        self, scope: Scope, receive: Receive, send: Send, owner: int, needed: Sequence[_Places]
    ) -> None:
        answering = timed_out = False

        async def send_on(message: Message) -> None:
            nonlocal answering
            if not timed_out:
                answering = True
                await send(message)

        budget = ProcessorBudget(self.budgets_s.get(scope["path"], self.budget_s))
        client = _Client(receive, budget, has_body=has_body(scope))

        async def worked() -> None:
            with processor_budget(budget):
                await self.app(scope, client.receive, send_on)

        def ended(_: object) -> None:
            client.forget()
            for places in needed:
                places.release(owner)

        for places in needed:
            places.take(owner)
        work = asyncio.ensure_future(worked())
        work.add_done_callback(ended)
        done, _ = await asyncio.wait({work}, timeout=self.timeout_s)
        if not done and not answering:
            timed_out = True
            budget.cancelled.set()
            work.add_done_callback(_note_failure)
            problem = TOO_SLOW.problem(
                "no answer in time; it may still be done: send it again with its Idempotency-Key"
            )
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
    return organisation.key if organisation else _ANONYMOUS


def _note_failure(work: asyncio.Future[None]) -> None:
    """Logs how a request ended that was answered already."""
    error = None if work.cancelled() else work.exception()
    if isinstance(error, WorkCancelled):
        logger.info("a request ended after it was answered as too slow")
    elif error:
        logger.error("a request failed after it was answered as too slow", exc_info=exc_info_of(error))
