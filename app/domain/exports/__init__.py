"""Exports: formats and identifiers."""
