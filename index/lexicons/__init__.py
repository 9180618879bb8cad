"""Language knowledge as data: one TOML file a language, read when first used. README.md describes the notation."""

import hashlib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

SECTIONS: Final = frozenset(
    [
        "lists",
        "dates",
        "words",
        "opposites",
        "contrasts",
        "stance",
        "keywords",
        "prediction",
        "windows",
        "attribution",
        "post",
        "grammar",
        "polarity",
    ]
)
WORD_KINDS: Final = (
    "function",
    "number",
    "measure",
    "time",
    "degree",
    "deictic",
    "negation",
    "particle",
    "phrase",
    "noun",
    "before",
    "short",
    "negator",
    "agent",
    "jointly",
)
"""Keys of the section `words`."""

_COMMENT: Final = re.compile(r"(?m)^\s*#.*$")
_CONTINUED: Final = re.compile(r"\s+\|")


class InvalidLexicon(ValueError):
    """A language's file that cannot be read; the message names the file and the key."""


def languages(section_name: str = "words") -> tuple[str, ...]:
    """Codes of the languages whose file has a section of this name, in alphabetical order."""
    return tuple(code for code in _codes() if section_name in _read(code))


def section(language: str, name: str, known: Iterable[str] | None = None) -> Mapping[str, Any]:
    """A section of a language's file, by its ISO 639 code; empty where there is no such file or section.

    Raises `InvalidLexicon` for a key that is not `known`, where that is given.
    """
    found: Mapping[str, Any] = _read(language).get(name, {}) if language in _codes() else {}
    for key in found.keys() - set(found if known is None else known):
        raise InvalidLexicon(f"{language}.toml: [{name}] {key}: unknown key")
    return found


def lists(language: str) -> Mapping[str, str]:
    """The named lists of a language, which entries of its other sections refer to as `{name}`."""
    return _read(language).get("lists", {}) if language in _codes() else {}


def entries(listed: str) -> list[str]:
    """Entries of a list: divided by white space; one may go on in the next line, from a `|` on."""
    return _CONTINUED.sub("|", _COMMENT.sub("", listed)).split()


@cache
def fingerprint() -> str:
    """A digest of all files; another one when any of them changes."""
    digest = hashlib.sha256()
    for code in _codes():
        digest.update((files(__package__) / f"{code}.toml").read_bytes())
    return digest.hexdigest()


@cache
def _codes() -> tuple[str, ...]:
    names = (entry.name for entry in files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def _read(language: str) -> Mapping[str, Any]:
    name = f"{language}.toml"
    try:
        content = tomllib.loads((files(__package__) / name).read_text("utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidLexicon(f"{name}: {error}") from error
    for key in content.keys() - SECTIONS:
        raise InvalidLexicon(f"{name}: [{key}]: unknown section")
    return content
