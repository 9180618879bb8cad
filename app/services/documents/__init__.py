"""Use cases of documents: whole articles."""
