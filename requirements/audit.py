"""Dependency audit: known vulnerabilities of what the locks pin, less those that are accepted. Run by `make audit`.

`python requirements/audit.py PIP_AUDIT LOCK…`, where PIP_AUDIT is the command of that tool. Ends with 1 where a finding
is not accepted in `accepted-vulnerabilities.txt`. Where the vulnerabilities cannot be asked for, offline or behind a
mirror that has none, it says so and ends with 0: that says nothing about the packages.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ACCEPTED = Path(__file__).with_name("accepted-vulnerabilities.txt")
_WITHIN_S = 300


def main(arguments: Sequence[str]) -> int:
    """Entry point: the exit code."""
    tool, *locks = arguments
    accepted = read_accepted(ACCEPTED.read_text("utf-8"))
    found: list[Mapping[str, Any]] = []
    for lock in locks:
        packages = asked(tool, Path(lock))
        if packages is None:
            print(f"Not audited: {lock}. The vulnerabilities could not be asked for; this says nothing about them.")
            return 0
        found += packages
    return report(found, accepted)


def asked(tool: str, lock: Path) -> list[Mapping[str, Any]] | None:
    """What pip-audit answers of the packages of a lock; None where it does not answer."""
    with tempfile.TemporaryDirectory() as folder:
        pins = Path(folder) / "pins.txt"
        pins.write_text("\n".join(pins_of(lock.read_text("utf-8"))), "utf-8")
        command = [tool, "--requirement", str(pins), "--no-deps", "--disable-pip", "--format", "json"]
        try:
            done = subprocess.run(  # noqa: S603
                [*command, "--progress-spinner", "off"], capture_output=True, text=True, timeout=_WITHIN_S, check=False
            )
            packages: list[Mapping[str, Any]] = json.loads(done.stdout)["dependencies"]
        except (OSError, subprocess.TimeoutExpired, ValueError, KeyError):
            return None
    return packages


def pins_of(lock: str) -> Iterator[str]:
    """The pins of a lock without hashes and local builds: `torch==2.13.0+cpu` is asked for as `torch==2.13.0`."""
    for line in lock.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            yield line.split()[0].partition("+")[0]


def read_accepted(text: str) -> dict[str, str]:
    """Accepted identifiers with their reasons. Raises `SystemExit` for one without."""
    lines = [line.split(maxsplit=2) for line in text.splitlines() if line.strip() and not line.startswith("#")]
    for line in lines:
        if len(line) < 3:
            raise SystemExit(f"{ACCEPTED.name}: {line[0]} needs the package and a reason")
    return {identifier: f"{package}: {reason}" for identifier, package, reason in lines}


def report(packages: Sequence[Mapping[str, Any]], accepted: Mapping[str, str]) -> int:
    """Prints what was found; 1 where something is not accepted."""
    skipped = sorted({str(package["name"]) for package in packages if "skip_reason" in package})
    audited = {str(package["name"]) for package in packages} - set(skipped)
    open_, met = 0, set()
    for package in packages:
        for finding in package.get("vulns", ()):
            names = {finding["id"], *finding.get("aliases", ())}
            if known := names & accepted.keys():
                met |= known
                continue
            open_ += 1
            fixed = ", ".join(finding.get("fix_versions", ())) or "no version yet"
            print(f"{package['name']} {package['version']}: {finding['id']}, fixed in {fixed}")
    for identifier in sorted(accepted.keys() - met if audited else ()):
        print(f"No longer found, so to be removed from {ACCEPTED.name}: {identifier} ({accepted[identifier]})")
    print(f"{len(audited)} packages audited, {open_} findings not accepted, {len(met)} accepted.")
    if skipped:
        print(f"Not audited, for the index has no record of them: {', '.join(skipped)}")
    return 1 if open_ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
