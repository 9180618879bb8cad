"""Page of predictions."""
