"""Is anything lost, doubled or stuck when processes are killed at random moments?

    python -m bench.faults [--kills 200] [--database sqlite|postgresql|both] [--phases import,check] [--seed 1]

Real processes over HTTP, with an embedder without a model, so that they start quickly. Clients keep a ledger of what was
acknowledged: statements, import lines, checks, reviews. A process is killed (SIGKILL) during imports, statements, checks,
reviews, its own start, a rebuild of the index, snapshots, and migrations; another is started, and everything acknowledged
so far is compared with the database. A request whose answer was lost is sent again under the same idempotency key: it is
answered now, or with 409 as done before, and must be there once. The number of kills is for each database. Prints a line a phase; exit code 1 when
anything was lost or doubled, a start needed a hand, or a request was answered otherwise than done or refused for now.
"""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from bench.faulting.processes import postgresql
from bench.faulting.run import PHASES, Faults, shares, table


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    parser.add_argument("--phases", default=",".join(PHASES))
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chosen = ("sqlite", "postgresql") if options.database == "both" else (options.database,)
    clean = True
    for backend in chosen:
        with tempfile.TemporaryDirectory(prefix="refrain-faults-") as name, ExitStack() as stack:
            folder = Path(name)
            numbers = count(1)
            new_database = (
                stack.enter_context(postgresql(folder / "postgresql"))
                if backend == "postgresql"
                else lambda: f"sqlite:///{folder / f'archive-{next(numbers)}.sqlite3'}"  # noqa: B023
            )
            faults = Faults(folder / "run", new_database, options.seed)
            for phase, kills in shares(options.kills, options.phases.split(",")).items():
                row = faults.run(phase, kills)
                found = f"{len(row.lost)} lost, {len(row.doubled)} doubled, {len(row.failed_starts)} failed starts"
                print(f"{backend}, {phase}: {row.kills} kills, {found}", file=sys.stderr, flush=True)
            faults.finish()
            print(f"{backend}\n{table(faults.rows)}\n{faults.ledger.summary}", flush=True)
            for row in faults.rows.values():
                for sentence in (*row.lost, *row.doubled, *row.failed_starts, *row.errors):
                    print(f"  {sentence}")
            clean &= all(row.clean for row in faults.rows.values())
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
