"""Route of the overview."""
