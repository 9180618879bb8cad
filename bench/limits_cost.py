"""Cost of limits and idempotency keys for a check over HTTP, and of counting by itself.

    python bench/limits_cost.py [--checks N] [--database-url URL]

Serves the sample archive, and checks with one client in blocks that take turns: with a key without limits, with one whose
key and organisation have limits, and with that one and an `Idempotency-Key`. Then takes units in this process in a loop.
"""

import argparse
import os
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import httpx
from check_latency import REFRAIN, TEXTS, _Server, _spread

from app.domain.access.rate_limits import Quota
from app.store.access.rate_limits import open_limits
from app.store.database import open_database

BLOCK = 25
PLENTY = 1_000_000_000
SAMPLE = Path(__file__).resolve().parents[1] / "sample"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checks", type=int, default=300)
    parser.add_argument("--database-url", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        url = options.database_url or f"sqlite:///{data_dir}/refrain.sqlite3"
        environment = {**os.environ, "REFRAIN_DATA_DIR": data_dir, "REFRAIN_DATABASE_URL": url}

        def run(*arguments: str) -> str:
            ran = subprocess.run([REFRAIN, *arguments], env=environment, check=True, capture_output=True, text=True)
            return ran.stdout.split()[-1] if ran.stdout else ""

        run("import", str(SAMPLE))
        run("organisations", "create", "limited", "--limit-per-hour", str(PLENTY))
        free = run("keys", "create", "free", "--scope", "check")
        limited = run(
            "keys",
            "create",
            "limited",
            "--scope",
            "check",
            "--organisation",
            "limited",
            "--limit-per-hour",
            str(PLENTY),
        )
        with _Server(environment) as server, httpx.Client(base_url=server.url) as client:
            took: dict[str, list[float]] = {"no limit": [], "two limits": [], "two limits, idempotency key": []}
            for _ in range(max(1, options.checks // BLOCK)):
                took["no limit"] += _checks(client, free)
                took["two limits"] += _checks(client, limited)
                took["two limits, idempotency key"] += _checks(client, limited, idempotent=True)
            for name, values in took.items():
                more = statistics.median(values) - statistics.median(took["no limit"])
                print(f"{name}: {_spread(values)} ms, {more:+.2f} ms")
        _counting(url)


def _checks(client: httpx.Client, key: str, *, idempotent: bool = False) -> list[float]:
    """Milliseconds of each of `BLOCK` checks, after three that do not count."""
    body = {"text": TEXTS["22 tokens"], "said_at": "2021-05-23"}
    took = []
    for number in range(BLOCK + 3):
        headers = {"Authorization": f"Bearer {key}"} | ({"Idempotency-Key": str(uuid4())} if idempotent else {})
        began = time.perf_counter()
        client.post("/v1/checks", json=body, headers=headers).raise_for_status()
        if number >= 3:
            took.append((time.perf_counter() - began) * 1000)
    return took


def _counting(url: str) -> None:
    limits = open_limits(open_database(url))
    quotas = [Quota("organisation", "organisation:bench", PLENTY), Quota("key", "key:bench", PLENTY)]
    took = []
    for _ in range(1_000):
        began = time.perf_counter()
        limits.take(quotas, 1, datetime.now(UTC))
        took.append((time.perf_counter() - began) * 1000)
    print(f"counting alone, in a loop: median {statistics.median(took):.2f} ms")
    limits.close()


if __name__ == "__main__":
    main()
