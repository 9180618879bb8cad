"""Retrieval: embedders, engines, text processing, alignment. Knows nothing of `app` and is usable alone."""
