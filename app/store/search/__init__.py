"""Consistency of what search keeps in the database."""
