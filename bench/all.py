"""Every measurement that docs/quality.md and docs/performance.md quote, one after another.

    python bench/all.py DATA

DATA has the labelled folders that docs/quality.md names. Takes about an hour on two cores.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    data = Path(sys.argv[1])
    refrain = Path(sys.executable).with_name("refrain")
    steps = [
        [sys.executable, HERE / "embedders.py", data],
        [refrain, "evaluate", data / "propaganda_diary"],
        [refrain, "evaluate", data / "checkthat2022_en", "--any-time", "--split", "dev"],
        [refrain, "evaluate", data / "checkthat2022_en", "--any-time", "--split", "devtest2021"],
        [refrain, "evaluate", data / "checkthat2021_ar", "--any-time", "--split", "dev"],
        [sys.executable, HERE / "gain.py", data / "checkthat2022_en", "--split", "dev"],
        [sys.executable, HERE / "gain.py", data / "checkthat2022_en", "--split", "devtest2021"],
        [sys.executable, HERE / "gain.py", data / "checkthat2021_ar", "--split", "dev"],
        [sys.executable, HERE / "edits.py", data / "checkthat2022_en", "--split", "dev"],
        [sys.executable, HERE / "unrelated.py", data / "checkthat2022_en"],
        [sys.executable, HERE / "pair_model.py", data],
        [sys.executable, HERE / "field.py", data],
        [sys.executable, HERE / "stance.py"],
        [sys.executable, HERE / "documents.py", "--time"],
        [sys.executable, HERE / "names.py", data],
        [sys.executable, HERE / "staged_attack.py", data / "euvsdisinfo", "--show"],
        [sys.executable, HERE / "import_rate.py", data / "euvsdisinfo"],
        [sys.executable, HERE / "check_latency.py", data / "euvsdisinfo"],
        [sys.executable, HERE / "side_by_side.py", data / "euvsdisinfo"],
    ]
    for step in steps:
        command = [str(part) for part in step]
        print(f"\n$ {' '.join(command)}", flush=True)
        subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
