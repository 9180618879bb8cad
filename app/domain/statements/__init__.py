"""Statements, findings and their revisions."""
