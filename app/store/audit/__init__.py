"""Table and queries of the audit log."""
