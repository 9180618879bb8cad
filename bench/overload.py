"""Latency and memory of a service that is sent more checks than it can answer.

    python bench/overload.py FOLDER [--factor 3] [--minutes 10] [--organisations 4]

Imports FOLDER's `corpus.jsonl` into a new archive and serves it. Texts to check are those of the archive, with a word
taken out, so that each has precedents. First eight clients of as many organisations send checks one after another for a
minute: what they get is the capacity, and their latency the normal one. Then checks are sent at `--factor` times that
rate, each at its intended time whether or not others were answered (an open loop), and every latency counts from that
time. Prints the latency of accepted and of refused requests, and the server's resident memory minute by minute.
"""

import argparse
import asyncio
import itertools
import json
import os
import statistics
import subprocess
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from check_latency import REFRAIN, _Server

CLIENTS = 8
NORMAL_S = 60.0


@dataclass
class Answers:
    """Latencies in milliseconds by HTTP status, and failures to answer at all."""

    by_status: dict[int, list[float]] = field(default_factory=dict)
    failures: Counter[str] = field(default_factory=Counter)

    def add(self, status: int, ms: float) -> None:
        self.by_status.setdefault(status, []).append(ms)

    def lines(self, normal_ms: float) -> list[str]:
        said = []
        for status, took in sorted(self.by_status.items()):
            p50, p95, p99 = (quantile(took, part) for part in (0.5, 0.95, 0.99))
            said.append(
                f"{status}: {len(took):,} answers, p50 {p50:.0f}, p95 {p95:.0f}, p99 {p99:.0f} ms "
                f"({p50 / normal_ms:.2f} times the normal median)"
            )
        return said + [f"{name}: {count}" for name, count in self.failures.items()]


def quantile(values: list[float], part: float) -> float:
    """The value below which a part of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--factor", type=float, default=3.0)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--organisations", type=int, default=4)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        environment = {**os.environ, "REFRAIN_DATA_DIR": data_dir}
        subprocess.run([REFRAIN, "import", str(options.folder)], env=environment, check=True, capture_output=True)
        keys = [_key(environment, f"desk {number}") for number in range(options.organisations)]
        texts = _texts(options.folder / "corpus.jsonl")
        with _Server(environment) as server:
            asyncio.run(_measure(server, keys, texts, options.factor, options.minutes * 60))


def _key(environment: dict[str, str], organisation: str) -> str:
    command = [REFRAIN, "keys", "create", "bench", "--scope", "check", "--organisation", organisation]
    made = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return made.stdout.split()[-1]


def _texts(corpus: Path) -> list[str]:
    found = []
    for line in itertools.islice(corpus.open(encoding="utf-8"), 4_000):
        words = json.loads(line)["text"].split()
        if len(words) > 4:
            del words[len(words) // 2]
            found.append(" ".join(words)[:1_000])
    return found


async def _measure(server: _Server, keys: list[str], texts: list[str], factor: float, seconds: float) -> None:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=200)
    async with httpx.AsyncClient(base_url=server.url, timeout=120, limits=limits) as client:
        following = itertools.cycle(texts)
        headers = itertools.cycle([{"Authorization": f"Bearer {key}"} for key in keys])

        async def check(answers: Answers, intended: float) -> None:
            body = {"text": next(following), "said_at": "2030-01-01"}
            try:
                answer = await client.post("/v1/checks", json=body, headers=next(headers))
            except httpx.HTTPError as error:
                answers.failures[type(error).__name__] += 1
            else:
                answers.add(answer.status_code, (time.perf_counter() - intended) * 1000)

        for _ in range(20):  # warm
            await check(Answers(), 0.0)
        normal = Answers()
        ends = time.perf_counter() + NORMAL_S

        async def one_client() -> None:
            while time.perf_counter() < ends:
                await check(normal, time.perf_counter())

        await asyncio.gather(*(one_client() for _ in range(CLIENTS)))
        took = normal.by_status[201]
        rate, median = len(took) / NORMAL_S, statistics.median(took)
        print(f"normal: {rate:.1f} checks a second with {CLIENTS} clients; memory {_resident_mib(server)} MiB")
        print(*normal.lines(median), sep="\n", flush=True)

        overloaded, under_way = Answers(), set()
        began = time.perf_counter()
        minute = began
        for number in range(int(rate * factor * seconds)):
            intended = began + number / (rate * factor)
            await asyncio.sleep(max(0.0, intended - time.perf_counter()))
            task = asyncio.create_task(check(overloaded, intended))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
            if intended - minute > 60:
                minute = intended
                print(f"  {(minute - began) / 60:.0f} min: memory {_resident_mib(server)} MiB", flush=True)
        await asyncio.gather(*under_way)
        print(f"overload: {rate * factor:.1f} a second for {seconds:.0f} s; memory {_resident_mib(server)} MiB")
        print(*overloaded.lines(median), sep="\n")


def _resident_mib(server: _Server) -> int:
    status = Path(f"/proc/{server.process.pid}/status").read_text("utf-8")
    return next(int(line.split()[1]) // 1024 for line in status.splitlines() if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
