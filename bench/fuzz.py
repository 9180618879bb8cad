"""Schemathesis against the running service: every route, every check, with ids of what there is and of what others have.

    python bench/fuzz.py [--examples N] [--seed N] [--phases P] [--at-least N] [--rounds N]

Serves an archive of its own, without a model, in which one organisation keeps texts with a planted word to itself. Each
round has a seed of its own; they take turns as the operator's organisation and as one that is not the operator's, with a
key of all scopes. `fuzzing/hooks.py` has what is excused, with reasons. Ends with 1 where anything was found, where an
answer had the planted word in it, where fewer cases were sent than `--at-least`, or where a route was left out; requests
that took over a second of the clock or of the server's processor are printed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
from check_latency import REFRAIN, _Server

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from properties.test_organisations_apart import MARK, Routes

from app.domain.access.keys import Scope

FUZZING = Path(__file__).parent / "fuzzing"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
OPERATOR, OTHERS, STRANGERS = "the desk", "the others", "strangers"


@dataclass(frozen=True, slots=True)
class Archive:
    """The served archive: its address, process, a key of each organisation, and ids."""

    url: str
    process: int
    keys: Mapping[str, str]
    own_ids: str
    """Ids of the keys and organisations, between blanks."""
    others_ids: Mapping[str, str]
    """Ids of what `OTHERS` have, by the path of the list it is in."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=40, help="generated cases a route, phase and round, at most")
    parser.add_argument("--seed", type=int, default=1, help="seed of the first round; each later one adds 1")
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("--at-least", type=int, default=2_000, help="cases that have to be sent")
    parser.add_argument("--rounds", type=int, default=1, help="rounds at most; none begins after --at-least cases")
    options = parser.parse_args()
    sent = failures = 0
    whole = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "REFRAIN_DATA_DIR": name,
            "REFRAIN_EMBEDDER": "hashing",
            "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1",
        }
        key = _operators_key(environment)
        found = folder / "found.jsonl"
        found.touch()
        with _Server(environment) as server:
            archive = _filled(server, key)
            for number in range(options.rounds):
                caller = (OPERATOR, STRANGERS)[number % 2]
                said = _fuzzed(archive, caller, options, options.seed + number, folder, environment)
                cases, routes = said["test_cases"], said["operations"]
                print(f"round {number + 1}, seed {options.seed + number}, {caller}: {cases['generated']:,} cases over "
                      f"{routes['tested']} of {routes['total']} routes, {cases['unique_failures']} failures, "
                      f"{said['filtered']} excused", flush=True)  # fmt: skip
                sent += cases["generated"]
                failures += cases["unique_failures"] or said["exit_code"]
                whole = whole and routes["tested"] == routes["total"]
                if sent >= options.at_least:
                    break
            for whose, its_key in archive.keys.items():
                with _client(server.url, its_key) as caller:
                    if caller.get("/v1/me").status_code != 200:
                        sys.exit(f"the run ended the key of {whose}, and what came after it is worth nothing")
        notes = [json.loads(line) for line in found.read_text("utf-8").splitlines()]
    leaks = [note for note in notes if note["kind"] == "leak"]
    for note in notes:
        print(f"{note['kind']}: {note['path']}: {note['what']}\n  {note['request']}")
    print(f"{sent:,} cases, {failures} failures, {len(leaks)} answers with what others keep to themselves, "
          f"{len(notes) - len(leaks)} requests over a second")  # fmt: skip
    sys.exit(bool(failures or leaks or sent < options.at_least or not whole))


def _operators_key(environment: dict[str, str]) -> str:
    def run(*arguments: str) -> str:
        return subprocess.run(
            [REFRAIN, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    run("organisations", "create", OPERATOR, "--operator")
    scopes = [part for scope in Scope for part in ("--scope", scope)]
    return run("keys", "create", "fuzz", *scopes, "--organisation", OPERATOR).split()[-1]


def _filled(server: _Server, operators_key: str) -> Archive:
    """The archive, with one of everything that `OTHERS` may keep to themselves."""
    keys = {OPERATOR: operators_key}
    with _client(server.url, operators_key) as operator:
        for name in (OTHERS, STRANGERS):
            made = operator.post("/v1/organisations", json={"name": name, "scopes": list(Scope)})
            keys[name] = made.raise_for_status().json()["key"]["secret"]
    own = []
    for key in keys.values():
        with _client(server.url, key) as caller:
            me = caller.get("/v1/me").json()
            own += [me["key"]["id"], me["organisation"]["id"]]
    with _client(server.url, keys[OTHERS]) as others:
        text = f"Militants are about to stage a chemical attack in Idlib to blame the government. {MARK}"
        for number in range(2):
            others.post("/v1/statements", json={"text": text, "said_at": f"2020-0{number + 1}", "private": True})
            others.post("/v1/checks", json={"text": text, "said_at": "2021-05-23"})
        routes = Routes(others.get("/openapi.json").json())
        routes.make(others)
    return Archive(server.url, server.process.pid, keys, " ".join(own), routes.ids)


def _client(url: str, key: str) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60)


def _fuzzed(
    archive: Archive, caller: str, options: argparse.Namespace, seed: int, folder: Path, environment: dict[str, str]
) -> dict[str, object]:
    """The report of Schemathesis on a round."""
    environment = environment | {
        "FUZZ_KEY": archive.keys[caller],
        "FUZZ_OWN_IDS": archive.own_ids,
        "FUZZ_OTHERS_IDS": json.dumps(archive.others_ids),
        "FUZZ_PLANTED": MARK,
        "FUZZ_DECIDES": str(caller == OPERATOR),
        "FUZZ_SERVER": str(archive.process),
        "FUZZ_FOUND": str(folder / "found.jsonl"),
        "FUZZ_SEED": str(seed),
        "SCHEMATHESIS_HOOKS": "fuzzing.hooks",
        "PYTHONPATH": str(FUZZING.parent),
    }
    report = folder / "report.json"
    command = [
        SCHEMATHESIS, "--config-file", FUZZING / "schemathesis.toml", "run", f"{archive.url}/openapi.json",
        "--no-color", "--max-examples", str(options.examples), "--seed", str(seed), "--phases", options.phases,
        "--checks", "all", "--continue-on-failure", "--report", "json", "--report-json-path", report,
    ]  # fmt: skip
    subprocess.run(command, env=environment, cwd=folder, check=False)
    said: dict[str, object] = json.loads(report.read_text("utf-8"))
    return said


if __name__ == "__main__":
    main()
