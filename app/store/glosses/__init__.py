"""Tables and queries of glosses."""
