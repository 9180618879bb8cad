"""Attacks of outsiders and hostile organisations on a running service, which once worked, and their effect now.

    python bench/attacks.py [--only NAME …] [--embedder hashing]

Starts `refrain serve` with its defaults on SQLite and the sample archive, runs one attack after the other from this
machine, and prints a table. Takes some ten minutes; what counts is the verdict, for times depend on the machine.
Needs Linux (/proc) and what `make test` installs.
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.attacking import hostile_texts, operated, other_organisations, without_a_key
from bench.attacking.target import Outcome, Target

ROWS = (*without_a_key.ROWS, *other_organisations.ROWS, *hostile_texts.ROWS, *operated.ROWS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="*", default=[], help="names of attacks, or beginnings of them")
    parser.add_argument(
        "--embedder", default="hashing", help="hashing is quick; empty: the one that comes with Refrain"
    )
    parser.add_argument("--archive", type=Path, help="what the service holds; default: the sample archive")
    options = parser.parse_args()
    open_ends = 0
    with tempfile.TemporaryDirectory() as folder:
        target = Target(Path(folder), options.embedder, options.archive)
        try:
            for row in ROWS:
                if options.only and not row.__name__.startswith(tuple(options.only)):
                    continue
                try:
                    outcome = row(target)
                except Exception as error:  # noqa: BLE001 - told in the table
                    outcome = Outcome(False, f"{type(error).__name__}: {error}")
                open_ends += not outcome.held
                print(f"| {row.__name__} | {outcome.measured} | {'held' if outcome.held else 'OPEN'} |", flush=True)
        finally:
            target.stop()
    sys.exit(bool(open_ends))


if __name__ == "__main__":
    main()
