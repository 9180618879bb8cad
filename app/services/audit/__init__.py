"""Use cases of the audit log: writing, reading, exporting and verifying it."""
