"""Feeds that feed readers follow."""
