"""A service under everything at once: checks, writes, deletions and imports, for minutes; memory, errors, and rebuilds.

    python bench/mixed_load.py DATA/euvsdisinfo [--minutes 10] [--statements 40000] [--archive FOLDER]

The archive is FOLDER as `size_plot.py --archive` left it, or a new one of so many statements, made in the same way. Four
clients of as many organisations check statements of DATA with a word replaced, explained, one after the other. A fifth
records a statement, looks whether the next check finds it, withdraws it, and looks whether the next check does not. A
sixth imports 800 lines every half minute, so that lists of vectors are built anew. Prints the answers by status, what was
not found or found too long, the rate of checks, and the resident memory of the service every half minute.
"""

import argparse
import itertools
import json
import os
import subprocess
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import httpx
from check_latency import REFRAIN, _Server
from comparison.services import SAID_AT, resident_mib
from comparison.texts import statements_of
from size_plot import PARENTS, grow, synthetic

CHECKERS = 4
IMPORTED_AT_ONCE = 800
EVERY_S = 30.0


class Load:
    """Answers to all clients."""

    def __init__(self, url: str, ends: float):
        self.url, self.ends = url, ends
        self.statuses: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.checks = 0
        self._lock = threading.Lock()

    def send(self, client: httpx.Client, method: str, path: str, **body: object) -> httpx.Response | None:
        """Answer to a request, counted; one that was refused for a moment is sent again."""
        while time.perf_counter() < self.ends + 60:
            try:
                answer = client.request(method, self.url + path, **body)
            except httpx.HTTPError as error:
                self._count(f"{method} {path.split('?')[0]}: {type(error).__name__}")
                return None
            self._count(f"{method} {'/'.join(path.split('/')[:3])}: {answer.status_code}")
            if answer.status_code not in (429, 503):
                return answer
            time.sleep(float(answer.headers.get("Retry-After", 1)))
        return None

    def _count(self, what: str) -> None:
        with self._lock:
            self.statuses[what] += 1

    def checks_of(self, client: httpx.Client, texts: "itertools.cycle[str]") -> None:
        """Checks until the end."""
        while time.perf_counter() < self.ends:
            answer = self.send(client, "POST", "/v1/checks", json={"text": next(texts), "said_at": SAID_AT})
            if answer is not None and answer.status_code == 201:
                with self._lock:
                    self.checks += 1

    def writes(self, client: httpx.Client) -> None:
        """Records, finds, withdraws and looks again until the end."""
        for number in itertools.count():
            if time.perf_counter() >= self.ends:
                return
            text = f"Envoys of Laria {os.getpid()} signed paper {number} about the harbour of Dolna and its cranes."
            made = self.send(
                client, "POST", "/v1/statements", json={"text": text, "said_at": "2021-02-03", "language": "en"}
            )
            if made is None or made.status_code != 201:
                continue
            known = made.json()["id"]
            if known not in self._found(client, text):
                self.wrong.append(f"{text} was not found by the next check")
            self.send(client, "DELETE", f"/v1/statements/{known}")
            if known in self._found(client, text):
                self.wrong.append(f"{text} was found after it had gone")

    def _found(self, client: httpx.Client, text: str) -> list[str]:
        body = {"text": text, "said_at": SAID_AT, "record": False}
        answer = self.send(client, "POST", "/v1/checks", json=body)
        return [match["precedent"]["id"] for match in answer.json()["matches"]] if answer is not None else []

    def imports(self, client: httpx.Client, texts: "itertools.cycle[str]") -> None:
        """Imports some hundred new lines every half minute until the end."""
        number = 0
        while time.perf_counter() < self.ends:
            lines = []
            for _ in range(IMPORTED_AT_ONCE):
                number += 1
                lines.append(json.dumps({"text": f"{next(texts)} ({os.getpid()} {number})", "date": "2022-03-04"}))
            self.send(client, "POST", "/v1/imports", content="\n".join(lines))
            time.sleep(min(EVERY_S, max(0.0, self.ends - time.perf_counter())))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--statements", type=int, default=40_000)
    parser.add_argument("--archive", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data_dir:
        os.environ["REFRAIN_DATA_DIR"] = str(options.archive or data_dir)
        if not options.archive:
            grow(synthetic(options.folder, PARENTS), options.statements)
        keys = [_key(f"load {number}") for number in range(CHECKERS + 2)]
        texts = statements_of(options.folder / "corpus.jsonl")
        began = time.perf_counter()
        with _Server(dict(os.environ)) as server:
            print(f"ready after {time.perf_counter() - began:.1f} s", flush=True)
            _measure(server, keys, texts, options.minutes * 60)


def _key(organisation: str) -> str:
    scopes = [part for scope in ("check", "read", "write") for part in ("--scope", scope)]
    command = [REFRAIN, "keys", "create", "bench", *scopes, "--organisation", organisation]
    made = subprocess.run([*command, "--limit-per-hour", "1000000000"], check=True, capture_output=True, text=True)
    return made.stdout.split()[-1]


def _measure(server: _Server, keys: list[str], texts: list[str], seconds: float) -> None:
    began = time.perf_counter()
    load = Load(server.url, began + seconds)
    clients = [httpx.Client(timeout=120, headers={"Authorization": f"Bearer {key}"}) for key in keys]
    cycles = [itertools.cycle([_varied(text, start) for text in texts[start::CHECKERS]]) for start in range(CHECKERS)]
    threads = [
        *(threading.Thread(target=load.checks_of, args=pair) for pair in zip(clients, cycles, strict=False)),
        threading.Thread(target=load.writes, args=(clients[-2],)),
        threading.Thread(target=load.imports, args=(clients[-1], itertools.cycle(texts))),
    ]
    for thread in threads:
        thread.start()
    before = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(EVERY_S)
        rate, before = (load.checks - before) / EVERY_S, load.checks
        minutes = (time.perf_counter() - began) / 60
        print(
            f"{minutes:4.1f} min: {resident_mib(server.process.pid):,.0f} MiB, {rate:.1f} checks a second", flush=True
        )
    for what, count in sorted(load.statuses.items()):
        print(f"{count:7,}  {what}")
    print(f"{len(load.wrong)} statements not found, or found too long", *load.wrong[:10], sep="\n")


def _varied(text: str, number: int) -> str:
    words = text.split()
    if words:
        words[len(words) // 2] = f"word{number}"
    return " ".join(words)[:1_000]


if __name__ == "__main__":
    main()
