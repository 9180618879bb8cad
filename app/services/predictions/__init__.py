"""Predictions of the archive: which have lapsed, and recording what became of them."""
