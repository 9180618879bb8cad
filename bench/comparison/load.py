"""Load on a service: closed loops of clients, and open loops at a fixed rate.

What is refused (429, 503) is counted and sent again after `Retry-After`; its latency counts from the first sending.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import uvloop

from comparison.connection import Connections

RAMP_S = 10.0
"""Seconds after which a closed loop is measured although not every client was answered."""

Request = Callable[[int], bytes]
"""Bytes of the next request of a client, by its number."""


@dataclass
class Block:
    """Part of a run that was measured: latencies of the answers that came in it, refusals and failures in it."""

    seconds: float
    latencies_ms: list[float]
    refused: int
    failed: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.latencies_ms) / self.seconds


@dataclass
class _Log:
    """Events of requests, each with its moment: latencies in milliseconds, refusals, failures."""

    connections: Connections
    answered: list[tuple[float, float]] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: list[float] = field(default_factory=list)

    async def ask(self, request: bytes, since: float, ends: float = float("inf")) -> None:
        """Sends a request, again where it is refused before `ends`. Its latency counts from the moment `since`."""
        while True:
            try:
                answer = await self.connections.ask(request)
            except (OSError, TimeoutError):
                self.failed.append(time.perf_counter())
                return
            now = time.perf_counter()
            if answer.status in (429, 503):
                self.refused.append(now)
                await asyncio.sleep(float(answer.headers.get("retry-after", "1")))
                if time.perf_counter() < ends:
                    continue
            elif answer.status >= 300:
                self.failed.append(now)
            else:
                self.answered.append((now, (now - since) * 1000))
            return

    def between(self, begins: float, ends: float) -> Block:
        return Block(
            ends - begins,
            [took for moment, took in self.answered if begins <= moment < ends],
            sum(begins <= moment < ends for moment in self.refused),
            sum(begins <= moment < ends for moment in self.failed),
        )


def closed_loop(port: int, request: Request, clients: int, seconds: float) -> Block:
    """Clients that each send the next request when the last is answered; measured once all were answered once."""
    return uvloop.run(_closed_loop(port, request, clients, seconds))


def open_loop(port: int, request: Request, rate: float, seconds: float) -> Block:
    """Requests at a fixed rate, sent whether or not others were answered. Latencies count from the intended moment."""
    return uvloop.run(_open_loop(port, request, rate, seconds))


async def _closed_loop(port: int, request: Request, clients: int, seconds: float) -> Block:
    log, warm = _Log(Connections(port)), set[int]()
    ramp_ends = time.perf_counter() + RAMP_S
    begins = ends = float("inf")

    async def client(number: int) -> None:
        nonlocal begins, ends
        while (now := time.perf_counter()) < ends:
            await log.ask(request(number), now, ends)
            warm.add(number)
            if ends == float("inf") and (len(warm) == clients or time.perf_counter() > ramp_ends):
                begins = time.perf_counter()
                ends = begins + seconds

    await asyncio.gather(*(client(number) for number in range(clients)))
    await log.connections.close()
    return log.between(begins, ends)


async def _open_loop(port: int, request: Request, rate: float, seconds: float) -> Block:
    log, under_way = _Log(Connections(port)), list[asyncio.Task[None]]()
    begins = time.perf_counter()
    for number in range(max(1, round(rate * seconds))):
        intended = begins + number / rate
        await asyncio.sleep(max(0.0, intended - time.perf_counter()))
        under_way.append(asyncio.create_task(log.ask(request(number), intended)))
    await asyncio.gather(*under_way)
    await log.connections.close()
    return log.between(begins, time.perf_counter())
