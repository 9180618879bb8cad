"""Pages of speakers and outlets."""
