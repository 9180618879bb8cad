"""Positions of vectors in a plane."""
