"""Stance classification: assertion, report, denial or question."""
