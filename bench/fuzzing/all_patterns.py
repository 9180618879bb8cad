"""Every regular expression of `app` and `index`: of modules, of functions, and those made of every lexicon."""

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import app
import index
from app.language.attribution import date_phrases
from app.language.lexicons.attribution import attribution_lexicon
from app.language.lexicons.dates import date_lexicon
from app.language.lexicons.notation import WRITTEN
from app.language.lexicons.polarity import polarity_patterns
from app.language.lexicons.post import post_lexicon
from app.language.lexicons.predictions import prediction_lexicon
from app.language.lexicons.stance import stance_lexicon
from index.alignment.lexicon import lexicon
from index.lexicons import languages

_SCRIPTS: Final = ("a", "я", "ع", "中")
_NOT_IMPORTED: Final = ("__main__", "build_gazetteer")
"""Commands, and what only makes data."""


def all_patterns() -> dict[str, re.Pattern[str]]:
    """Patterns, each different one once, by where they are found."""
    found: dict[str, re.Pattern[str]] = {}
    known: set[tuple[str, int]] = set()
    for where, pattern in (*_of_modules(), *_of_lexicons()):
        if isinstance(pattern.pattern, str) and (pattern.pattern, pattern.flags) not in known:
            known.add((pattern.pattern, pattern.flags))
            found[where] = pattern
    return found


def _of_modules() -> Iterator[tuple[str, re.Pattern[str]]]:
    for package in (app, index):
        for listed in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if listed.name.rpartition(".")[2] not in _NOT_IMPORTED:
                module = importlib.import_module(listed.name)
                for name, value in vars(module).items():
                    yield from _within(f"{listed.name}.{name}", value, depth=3)
                yield from _written(module)


def _written(module: ModuleType) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Patterns that functions write where they use them: `re.search("…", text)`."""
    named = {value.pattern for value in vars(module).values() if isinstance(value, re.Pattern)}
    for node in ast.walk(ast.parse(Path(module.__file__ or "").read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.args
            and isinstance(node.args[0], ast.Constant)
            and node.args[0].value not in named
        ):
            yield f"{module.__name__}:{node.lineno}", re.compile(node.args[0].value)


def _of_lexicons() -> Iterator[tuple[str, re.Pattern[str]]]:
    for code in (*languages(), "und"):
        for script in _SCRIPTS:
            yield from _within(f"stance {code} {script}", stance_lexicon(code, script), depth=4)
            yield from _within(f"prediction {code} {script}", prediction_lexicon(code, script), depth=4)
        yield from _within(f"polarity {code}", polarity_patterns(code), depth=4)
        yield from _within(f"attribution {code}", attribution_lexicon(code), depth=4)
        yield from _within(f"post {code}", post_lexicon(code), depth=4)
        yield from _within(f"words {code}", lexicon(code), depth=2)
        yield from _within(f"dates {code}", date_phrases._patterns(date_lexicon(code, WRITTEN)), depth=4)


def _within(where: str, value: Any, depth: int) -> Iterator[tuple[str, re.Pattern[str]]]:
    if isinstance(value, re.Pattern):
        yield where, value
    elif depth and isinstance(value, (tuple, list)):
        for number, inner in enumerate(value):
            yield from _within(f"{where}[{number}]", inner, depth - 1)
    elif depth and isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _within(f"{where}[{key!r}]", inner, depth - 1)
    elif depth and is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _within(f"{where}.{field.name}", getattr(value, field.name), depth - 1)
