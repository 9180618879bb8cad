"""Pages of documents: whole articles."""
