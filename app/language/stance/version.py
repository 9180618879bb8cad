"""Version of stance classification, to be stored beside a stance."""

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from index.lexicons import fingerprint

_DECIDING: Final = ("classifier.json", "features.py", "passages.py", "rules.py")
_DIGITS: Final = 12


@cache
def stance_version() -> str:
    """Twelve hexadecimal digits that change when lexicons, rules, features or the shipped classifier change."""
    digest = hashlib.sha256(fingerprint().encode())
    for name in _DECIDING:
        digest.update((files(__package__) / name).read_bytes())
    return digest.hexdigest()[:_DIGITS]
