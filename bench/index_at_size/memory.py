"""Resident memory of this process."""

from pathlib import Path


def memory_mib() -> tuple[float, float]:
    """Its own pages, and pages mapped from files, in MiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    kib = {name: int(value.split()[0]) for name, _, value in (line.partition(":") for line in lines) if "Rss" in name}
    return kib["RssAnon"] / 1024, kib["RssFile"] / 1024
