"""Pages of glosses."""
