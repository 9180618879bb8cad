"""Sparkline of a narrative: numbers of statements by month, as the path of one SVG element."""

from collections.abc import Sequence
from typing import Final

STEP: Final = 4
HEIGHT: Final = 24
"""Units of the drawing: the width of a month, and the height of the highest column."""


def sparkline(months: Sequence[int]) -> str:
    """Path with a column for each month that has statements, drawn as strokes from the ground up; the highest month
    fills the height. Empty where no month has any."""
    most = max(months, default=0)
    return "".join(
        f"M{number * STEP + STEP / 2:g} {HEIGHT}V{HEIGHT - max(3.0, HEIGHT * count / most):.4g}"
        for number, count in enumerate(months)
        if count
    )
