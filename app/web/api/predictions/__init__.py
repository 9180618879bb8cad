"""Routes of predictions."""
