"""Schemathesis against the running service: every route, every check, a key with all scopes of the operator's.

    python bench/fuzz.py [--examples N] [--seed N] [--phases P] [--at-least N]

Serves an archive of its own, without a model. `fuzzing/hooks.py` has what is excused, with reasons. Ends with 1 where
anything was found, where fewer cases were sent than `--at-least`, or where a route was left out.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from check_latency import REFRAIN, _Server

from app.domain.access.keys import Scope

FUZZING = Path(__file__).parent / "fuzzing"
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--examples", type=int, default=40, help="generated cases a route and phase, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phases", default="examples,coverage,fuzzing,stateful")
    parser.add_argument("--at-least", type=int, default=2_000, help="cases that have to be sent")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "REFRAIN_DATA_DIR": folder,
            "REFRAIN_EMBEDDER": "hashing",
            "REFRAIN_WEBHOOK_ALLOWED_HOSTS": "127.0.0.1",
        }
        key = _key(environment)
        with _Server(environment) as server:
            said = _fuzzed(server.url, key, options, Path(folder), environment)
            left = httpx.get(f"{server.url}/v1/me", headers={"Authorization": f"Bearer {key}"})
    if left.status_code != 200:
        sys.exit("the run ended its own key, and what came after it is worth nothing")
    cases, routes = said["test_cases"], said["operations"]
    print(f"{cases['generated']:,} cases over {routes['tested']} of {routes['total']} routes, "
          f"{cases['unique_failures']} failures, {said['filtered']} excused, seed {options.seed}")  # fmt: skip
    whole = cases["generated"] >= options.at_least and routes["tested"] == routes["total"]
    sys.exit(said["exit_code"] or not whole)


def _key(environment: dict[str, str]) -> str:
    def run(*arguments: str) -> str:
        return subprocess.run(
            [REFRAIN, *arguments], env=environment, check=True, stdout=subprocess.PIPE, text=True
        ).stdout

    run("organisations", "create", "the desk", "--operator")
    scopes = [part for scope in Scope for part in ("--scope", scope)]
    return run("keys", "create", "fuzz", *scopes, "--organisation", "the desk").split()[-1]


def _fuzzed(
    url: str, key: str, options: argparse.Namespace, folder: Path, environment: dict[str, str]
) -> dict[str, object]:
    """What Schemathesis reports."""
    me = httpx.get(f"{url}/v1/me", headers={"Authorization": f"Bearer {key}"}).json()
    environment = environment | {
        "FUZZ_KEY": key,
        "FUZZ_OWN_IDS": f"{me['key']['id']} {me['organisation']['id']}",
        "SCHEMATHESIS_HOOKS": "fuzzing.hooks",
        "PYTHONPATH": str(FUZZING.parent),
    }
    report = folder / "report.json"
    command = [
        SCHEMATHESIS, "--config-file", FUZZING / "schemathesis.toml", "run", f"{url}/openapi.json", "--no-color",
        "--max-examples", str(options.examples), "--seed", str(options.seed), "--phases", options.phases,
        "--checks", "all", "--continue-on-failure", "--report", "json", "--report-json-path", report,
    ]  # fmt: skip
    subprocess.run(command, env=environment, cwd=folder, check=False)
    said: dict[str, object] = json.loads(report.read_text("utf-8"))
    return said


if __name__ == "__main__":
    main()
