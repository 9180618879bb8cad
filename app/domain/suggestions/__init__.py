"""Suggested narratives: rules and value types."""
