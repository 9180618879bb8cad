"""Rules of the overview."""
