"""The map of narratives: value types."""
