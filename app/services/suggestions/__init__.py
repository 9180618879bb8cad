"""Use cases of suggested narratives."""
