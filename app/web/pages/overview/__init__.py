"""Page of the overview."""
