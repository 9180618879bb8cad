"""Stance classification: assertion, report, denial or question."""

from typing import Final

STANCE_VERSION: Final = "stance-1"
"""Changes whenever the rules could give the same text another stance; stored stances of another one are made anew."""
