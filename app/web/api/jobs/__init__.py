"""Routes of background jobs."""
