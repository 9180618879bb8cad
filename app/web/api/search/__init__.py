"""Routes of search: the index and what is found in it."""
