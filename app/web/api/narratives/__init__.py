"""Routes of narratives."""
