"""Refrain: finds out whether something has been said before."""
