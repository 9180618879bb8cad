"""Tables and queries of narratives."""
