"""Pages of suggested narratives."""
