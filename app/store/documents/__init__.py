"""Tables and queries of documents: whole articles."""
