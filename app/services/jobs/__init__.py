"""Use cases of background jobs."""
