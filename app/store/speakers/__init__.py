"""Tables and queries of speakers and outlets."""
