"""Groups of entries by scores of their pairs."""
