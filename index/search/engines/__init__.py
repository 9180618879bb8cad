"""Vectors to nearest neighbours: one file for each engine."""
