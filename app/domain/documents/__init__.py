"""Articles: who said what in them, and when."""
