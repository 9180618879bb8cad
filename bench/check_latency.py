"""Latency of a check over HTTP, as a multiple of one embedding of the same text in the same run; and of the start.

    python bench/check_latency.py FOLDER [--checks N]

Imports FOLDER's `corpus.jsonl` into a new archive, starts `refrain serve` on it, and waits for `/readyz`. Then, in blocks
that take turns, embeds a text in this process and checks it over HTTP with one client (`record` on), for a short and a
long text. At last the same scored by pairs and under the fitted policy, and under the one that counts vectors only, two servers
on one archive, in blocks that take turns; and, in this process, with and without explaining five matches, the latter by a
reader that asks the model for no states and reads no words. Says how many bytes the words of a statement take.
"""

import argparse
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import httpx

from app.domain.checks.checks import CheckRequest
from app.domain.core.dates import parse_period
from app.domain.statements.statements import Statement
from app.services.explanations.explain_matches import ExplainMatches
from app.services.ports import Transaction
from app.settings import load_settings
from app.wiring import build
from index.alignment.phrases import AlignmentInput
from index.contract import Embedder, EncodedText, EncoderInput, FloatArray, TokenStates
from index.factory import open_embedder
from index.text.encoder import DefaultTextEncoder

TEXTS = {
    "22 tokens": "Militants are about to stage a chemical attack in Idlib to blame the government.",
    "100 tokens": (
        "Militants of Hayat Tahrir al-Sham are plotting a provocation with toxic agents in the west of Idlib. The White "
        "Helmets have brought six tanks of toxic gas to Jisr al-Shugur. They want to stage a false chemical attack with "
        "casualties among the residents ahead of the presidential election, and to blame the Syrian government."
    ),
}
BLOCK = 25
FITTED = Path(__file__).resolve().parents[1] / "app" / "policies" / "multilingual-e5-small.json"
REFRAIN = str(Path(sys.executable).with_name("refrain"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--checks", type=int, default=200)
    options = parser.parse_args()
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""  # as installed: modules are compiled once, not at each start
    settings = load_settings()
    embedder = open_embedder(settings.embedder, settings.model_dir)
    with tempfile.TemporaryDirectory() as data_dir:
        environment = {**os.environ, "REFRAIN_DATA_DIR": data_dir}
        subprocess.run([REFRAIN, "import", str(options.folder)], env=environment, check=True, capture_output=True)
        key = subprocess.run(
            [REFRAIN, "keys", "create", "bench", "--scope", "check"],
            env=environment, check=True, capture_output=True, text=True,
        ).stdout.split()[-1]  # fmt: skip
        starts = [_start_and_stop(environment) for _ in range(3)]
        print(f"start to ready: {', '.join(f'{start:.2f}' for start in starts)} s")
        with _Server(environment) as server, httpx.Client(headers={"Authorization": f"Bearer {key}"}) as client:
            maps = Path(f"/proc/{server.process.pid}/maps")
            if maps.exists():
                print(f"torch in the server's memory: {'libtorch' in maps.read_text()}")
            for name, text in TEXTS.items():
                _compare(name, text, embedder, client, server.url, options.checks)
        dense_only = {**environment, "REFRAIN_POLICY": "dense"}
        fitted = {**environment, "REFRAIN_POLICY": str(FITTED)}
        os.environ["REFRAIN_DATA_DIR"] = data_dir
        _compare_explained(embedder, options.checks)
        headers = {"Authorization": f"Bearer {key}"}
        for other, its_environment in (("fitted", fitted), ("dense-only", dense_only)):
            with (
                _Server({**environment, "REFRAIN_POLICY": "pairs"}) as ours,
                _Server(its_environment) as theirs,
                httpx.Client(headers=headers) as client,
            ):
                for name, text in TEXTS.items():
                    _compare_policies(name, text, client, ours.url, theirs.url, other, options.checks)


class _VectorsAndTerms(DefaultTextEncoder):
    """Reads what finding a statement takes, and nothing to explain it by."""

    def _tokens(
        self, texts: Sequence[str], progress: Callable[[int], None] | None
    ) -> tuple[FloatArray, Sequence[TokenStates]]:
        return self.embed(texts, progress), [TokenStates.none()] * len(texts)

    def _encoded(self, one: EncoderInput, vector: FloatArray, tokens: TokenStates) -> EncodedText:
        return EncodedText(vector, self._terms.terms(one.text, one.language))


class _Silent(ExplainMatches):
    """Leaves matches as they are."""

    def sides(self, tx: Transaction, precedents: Sequence[Statement]) -> list[AlignmentInput | None]:
        return [None] * len(precedents)


def _compare_explained(embedder: Embedder, checks: int) -> None:
    services = build(load_settings(), embedder)
    services.archive.open()
    services.archive.backfill()
    explained = services.check_statements
    plain = replace(
        explained,
        encoder=_VectorsAndTerms(embedder),
        explain_matches=_Silent(services.encoder, explained.explain_matches.weights),
    )
    reader, words = services.encoder, []
    with services.store.reading() as tx:
        for first in range(1, tx.statements.count() + 1, 500):
            stored = tx.vectors.token_features(
                reader.fingerprint, reader.token_features_version, range(first, first + 500)
            )
            words += [len(packed) for packed in stored.values()]
    print(f"words: {statistics.mean(words):.0f} bytes a statement, at most {max(words)}")
    for name, text in TEXTS.items():
        request = CheckRequest(text, said_at=parse_period("2021-05-23"), minimum_tier="any", record=False)
        took: tuple[list[float], list[float]] = ([], [])
        for _ in range(max(1, checks // BLOCK)):
            for one, times in zip((plain, explained), took, strict=True):
                times += _timed(lambda one=one, request=request: one([request]))
        [found] = explained([request])
        spans = sum(len(match.repeated) + len(match.changed) for match in found.matches)
        added = statistics.median(took[1]) / statistics.median(took[0]) - 1
        print(
            f"{name}: check in this process {_spread(took[0])} ms, with {len(found.matches)} matches explained "
            f"{_spread(took[1])} ms, which adds {added:.0%} ({spans} pairs of phrases)"
        )
    services.store.close()


def _compare_policies(
    name: str, text: str, client: httpx.Client, ours: str, theirs: str, other: str, checks: int
) -> None:
    body = {"text": text, "said_at": "2021-05-23"}
    took: dict[str, list[float]] = {ours: [], theirs: []}
    for _ in range(max(1, checks // BLOCK)):
        for url, times in took.items():
            times += _timed(lambda url=url: client.post(f"{url}/v1/checks", json=body).raise_for_status())
    ratio = statistics.median(took[ours]) / statistics.median(took[theirs])
    print(
        f"{name}: check scored by pairs {_spread(took[ours])} ms, under the {other} policy "
        f"{_spread(took[theirs])} ms, median ratio {ratio:.2f}"
    )


def _compare(name: str, text: str, embedder: object, client: httpx.Client, url: str, checks: int) -> None:
    body = {"text": text, "said_at": "2021-05-23"}
    alone: list[float] = []
    over_http: list[float] = []
    for _ in range(max(1, checks // BLOCK)):
        alone += _timed(lambda: embedder.embed([text]))
        over_http += _timed(lambda: client.post(f"{url}/v1/checks", json=body).raise_for_status())
    ratio = statistics.median(over_http) / statistics.median(alone)
    matches = len(client.post(f"{url}/v1/checks", json=body).json()["matches"])
    print(
        f"{name}: embedding alone {_spread(alone)} ms, check over HTTP {_spread(over_http)} ms, "
        f"median ratio {ratio:.2f} ({matches} matches)"
    )


def _timed(work: Callable[[], object]) -> list[float]:
    """Milliseconds of each of `BLOCK` goes, after three that do not count."""
    time.sleep(0.2)  # the other side's threads come to rest
    took = []
    for number in range(BLOCK + 3):
        began = time.perf_counter()
        work()
        if number >= 3:
            took.append((time.perf_counter() - began) * 1000)
    return took


def _spread(values: list[float]) -> str:
    ordered = sorted(values)
    return f"median {statistics.median(ordered):.1f} (p95 {ordered[int(len(ordered) * 0.95)]:.1f})"


def _start_and_stop(environment: dict[str, str]) -> float:
    began = time.perf_counter()
    with _Server(environment):
        return time.perf_counter() - began


class _Server:
    """`refrain serve` on a free port, ready when entered."""

    def __init__(self, environment: dict[str, str]):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [REFRAIN, "serve", "--port", str(port)], env=environment, stderr=subprocess.DEVNULL
        )

    def __enter__(self) -> "_Server":
        for _ in range(2_400):
            try:
                if httpx.get(f"{self.url}/readyz").status_code == 200:
                    return self
            except httpx.TransportError:
                pass
            time.sleep(0.05)
        raise SystemExit("the service did not become ready")

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


if __name__ == "__main__":
    main()
