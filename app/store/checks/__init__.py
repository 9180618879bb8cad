"""Tables and queries of checks."""
