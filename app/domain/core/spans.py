"""Type of text spans."""

Span = tuple[int, int]
"""Start and end of a stretch of a text, in Unicode code points; the end is exclusive."""
