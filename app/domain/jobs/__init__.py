"""Rules of background jobs."""
