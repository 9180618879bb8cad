"""Audit log: who saw, changed and reviewed what, in entries that hang together by their hashes."""
