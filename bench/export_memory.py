"""Peak memory and time of an export, by format: of a thousand statements, and of a hundred thousand.

    python bench/export_memory.py [--statements N] [--formats F …]

Makes an archive of synthetic statements in a temporary folder, a tenth with a finding, each under one of fifty narratives, with
speakers and sources that do not grow with it, and exports it in each format, each in a process of its own whose output is read
and thrown away. Peak memory is what `wait4` says of the process; growth
is what the larger archive takes more than the smaller one.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from app.domain.core.dates import parse_period
from app.domain.exports.formats import ExportFormat
from app.domain.statements.statements import Finding, NarrativeLabel, Source, Statement
from app.settings import Settings
from app.store.database import open_migrated
from app.store.transaction import SqlStore

_FEW = 1_000
_AT_ONCE = 2_000
_MOMENT = datetime(2026, 1, 1, tzinfo=UTC)
_CHUNK = 1 << 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--formats", nargs="+", type=ExportFormat, default=list(ExportFormat), help="these alone")
    options = parser.parse_args()
    print(f"{'format':18} {'statements':>10} {'MB written':>10} {'seconds':>8} {'peak MiB':>9} {'growth MiB':>10}")
    with tempfile.TemporaryDirectory(prefix="export-") as folder:
        folders = {}
        for count in (_FEW, options.statements):
            folders[count] = Path(folder) / str(count)
            _fill(folders[count], count)
        for export_format in options.formats:
            first = None
            for count, data_dir in folders.items():
                written, seconds, peak = _exported(data_dir, export_format)
                first = peak if first is None else first
                print(
                    f"{export_format:18} {count:>10,} {written / 1e6:>10.1f} {seconds:>8.1f} {peak:>9.0f} {peak - first:>10.0f}",
                    flush=True,
                )


def _fill(data_dir: Path, count: int) -> None:
    data_dir.mkdir(mode=0o700)
    store = SqlStore(open_migrated(Settings(data_dir=data_dir).resolved_database_url))
    labels = [
        NarrativeLabel(f"Narrative number {number}", "All of them" if number % 2 else None) for number in range(50)
    ]
    with store.writing() as tx:
        refs, _ = tx.narratives.ensure(labels)
    for start in range(0, count, _AT_ONCE):
        with store.writing() as tx:
            batch = [
                _statement(number, refs[labels[number % 50]]) for number in range(start, min(count, start + _AT_ONCE))
            ]
            tx.statements.add(batch, tx.statements.next_sequence())
    store.close()


def _statement(number: int, narrative: object) -> Statement:
    said = date(2015, 1, 1) + timedelta(days=number % 4_000)
    finding = Finding("disinformation", "Checkers", f"https://checkers.example/{number}", summary="Nothing of it is known.",
                      learned_at=_MOMENT)  # fmt: skip
    return Statement(
        key=0, id=str(UUID(int=number, version=4)), external_id=f"s-{number}", title=None,
        text=f"Statement number {number}: it is said once more that something is being prepared, by whom, where and against whom, "
             f"with what is needed for it, and that others will be blamed for it.",
        language="en", speaker=f"Speaker {number % 500}", said_at=parse_period(said.isoformat()), learned_at=_MOMENT,
        source=Source(f"Outlet {number % 300}", f"https://outlet.example/{number}"), created_at=_MOMENT, updated_at=_MOMENT,
        narratives=(narrative,), findings=(finding,) if number % 10 == 0 else (), metadata={"keywords": ["a", "b"]},
    )  # fmt: skip


def _exported(data_dir: Path, export_format: ExportFormat) -> tuple[int, float, float]:
    """Bytes written, seconds, and the peak resident memory of the process in MiB."""
    began = time.monotonic()
    command = [sys.executable, "-c", "from app.cli import main; main()", "export", export_format]
    environment = {
        **os.environ,
        "REFRAIN_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(Path(__file__).resolve().parents[1]),
    }
    child = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment)
    written = 0
    while piece := child.stdout.read(_CHUNK):
        written += len(piece)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"refrain export {export_format} ended with {child.returncode}")
    return written, time.monotonic() - began, used.ru_maxrss / 1024


if __name__ == "__main__":
    main()
