"""Rules of documents: articles and the claims in them."""
