"""Stance classification: assertion, report, denial or question."""

from app.language.stance.version import stance_version

__all__ = ["stance_version"]
