"""Use cases of glosses."""
