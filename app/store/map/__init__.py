"""SQL of the map of narratives."""
