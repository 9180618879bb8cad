"""Tables and queries of background jobs."""
