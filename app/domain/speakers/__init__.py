"""Rules of speakers' names."""
