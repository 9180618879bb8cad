"""Queries of the administration pages."""
