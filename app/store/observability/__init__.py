"""Observability: figures of the database, and its errors."""
