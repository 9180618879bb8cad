"""SQL of suggested narratives."""
