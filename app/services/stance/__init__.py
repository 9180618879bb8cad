"""Use cases of stance."""
