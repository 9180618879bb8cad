"""Table and queries of predictions."""
