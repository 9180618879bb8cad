"""Pages of narratives."""
