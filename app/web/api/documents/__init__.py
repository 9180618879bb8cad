"""Routes of documents: whole articles."""
