"""Rules of narratives: their history, timeline and summaries."""
