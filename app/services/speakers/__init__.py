"""Use cases of speakers and outlets."""
