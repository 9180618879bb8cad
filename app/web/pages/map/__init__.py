"""Page of the map of narratives."""
