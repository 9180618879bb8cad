"""Use cases of search: the index and what is found in it."""
