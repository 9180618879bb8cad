"""Use cases of narratives."""
