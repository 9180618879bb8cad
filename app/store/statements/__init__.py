"""Tables and queries of statements."""
