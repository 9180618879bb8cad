"""Use cases of explanations: aligned spans of two statements."""
