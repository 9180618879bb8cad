"""Explanations of a match: roles of text spans, and what is repeated, changed, added and dropped."""
