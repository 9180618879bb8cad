"""The JavaScript client in Node against the real service, its types as OpenAPI has them, and its README."""

import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from builders import services

from app.main import create_app

ROOT = Path(__file__).resolve().parents[2]
CLIENT = ROOT / "client-js"
TESTS = Path(__file__).parent / "js"


def node(*arguments, **environment):
    path = shutil.which("node")
    assert path, "these tests need Node 18 or later: on Debian and Ubuntu, apt-get install nodejs (as make test does)"
    done = subprocess.run(
        [path, *map(str, arguments)], env={"PATH": str(Path(path).parent), **environment},
        capture_output=True, text=True, timeout=300, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-8_000:] + done.stderr[-4_000:]
    return done.stdout


@pytest.fixture
def keys(served):
    return {
        "SERVICE": served.url,
        "KEY": served.key(),
        "CHECK_ONLY": served.key("check"),
        "LIMITED": served.key("check", limit_per_hour=1),
    }


@pytest.mark.parametrize("file", sorted(TESTS.glob("*.test.mjs")), ids=lambda file: file.name)
def test_it_does_in_node_what_its_tests_say(keys, file):
    said = node("--test", file, **keys)
    # Node calls a run without any test a success.
    assert re.search(r"^# pass [1-9]|ℹ pass [1-9]", said, re.MULTILINE), said
    assert not re.search(r"(#|ℹ) skipped [1-9]", said), said


def test_the_examples_of_its_readme_run(served, tmp_path):
    said = [node(file, REFRAIN_URL=served.url, REFRAIN_KEY=served.key()) for file in examples(tmp_path)]
    assert "Said at least once before: on 24 April 2021, 29 days earlier." in said[0]
    assert "29 days before: A spokesman" in said[0]
    assert said[1].startswith('<refrain-card><script type="application/json">{"version":1,')
    assert '"speaker":"A spokesman"' in said[1]


def examples(folder):
    """The programs of the README as files, which import the client from its folder."""
    found = re.findall(r"^( *)```js\n(.*?)^ *```", (CLIENT / "README.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)
    for number, (_, program) in enumerate(found):
        file = folder / f"{number}.mjs"
        file.write_text(
            re.sub(r'"refrain-client(/[\w.-]+)?"', lambda one: f'"{CLIENT}{one[1] or "/refrain.js"}"', program)
        )
        yield file


def test_the_types_are_those_of_the_document(tmp_path):
    built = services(tmp_path, opened=False)
    document = create_app(built).openapi()
    built.store.close()
    there = (CLIENT / "answers.d.ts").read_text("utf-8")
    assert make_types().made(document) == there, "run python client-js/make_types.py"
    declared = set(re.findall(r"^export (?:interface|type) (\w+)", there, re.MULTILINE))
    imported = re.search(r"import type \{(.*?)\} from \"./answers.js\"", _types(), re.DOTALL)[1]
    assert set(re.findall(r"\w+", imported)) <= declared


def test_each_call_has_its_type():
    def calls(text, opening, call):
        return {
            (kind, name)
            for kind, body in re.findall(opening + r"class (\w+)(?: extends \w+)? \{\n(.*?)^\}", text, re.DOTALL | re.M)
            for name in re.findall(call, body, re.MULTILINE)
        }

    code = (CLIENT / "refrain.js").read_text("utf-8")
    made = calls(code, r"^(?:export )?", r"^  (?:async )?(\w+)\(.*\{$")
    typed = calls(_types(), r"^(?:export )?declare ", r"^  (\w+)\(")
    made, typed = ({one for one in found if one[1] != "constructor"} for found in (made, typed))
    assert made == typed
    assert len(made) > 20


def test_nothing_is_imported_but_its_own_files():
    for file in CLIENT.glob("*.js"):
        imported = re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)""", file.read_text("utf-8"))
        assert all((CLIENT / one).is_file() for one in imported), (file.name, imported)


def _types():
    return (CLIENT / "refrain.d.ts").read_text("utf-8")


def make_types():
    spec = importlib.util.spec_from_file_location("make_types", CLIENT / "make_types.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
