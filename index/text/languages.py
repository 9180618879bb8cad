"""Comparison of the languages of two texts, where one or both may be unknown."""

from typing import Final

UNDETERMINED: Final = "und"
"""ISO 639 code of a language that was not determined."""


def differ(first: str, second: str) -> bool:
    """True if both languages are known, and are not the same: an undetermined one may be any."""
    return first != second and UNDETERMINED not in (first, second)
