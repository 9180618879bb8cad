"""Use cases of the map of narratives."""
