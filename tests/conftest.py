"""What holds for every test: no settings of the machine leak in, and CI knows no skipped test."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

SHARED = Path(__file__).resolve().parents[2] / "shared"
IN_CI = os.environ.get("CI", "").lower() in ("1", "true", "yes")

settings.register_profile("refrain", deadline=None, derandomize=IN_CI, database=None)
settings.register_profile("quick", parent=settings.get_profile("refrain"), max_examples=15)
settings.load_profile("refrain")

for _name in [name for name in os.environ if name.upper().startswith("REFRAIN_")]:
    del os.environ[_name]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers():
    """Processes of `pytest -n auto`: one a core, but no more than fit into 3 GB of memory with all that they start."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, 2)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """In CI a skipped test is a failed one, but where `../shared` is not there for it to read."""
    report = yield
    return _skips_fail(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    """The same for a whole file that skips itself."""
    report = yield
    return _skips_fail(report)


def _skips_fail(report):
    excused = not SHARED.is_dir() and "shared" in str(report.longrepr)
    if IN_CI and report.skipped and not excused:
        report.outcome = "failed"
        report.longrepr = f"with CI set, a skipped test is a failure: {report.longrepr}"
    return report
