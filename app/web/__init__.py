"""HTTP, and nothing that is not HTTP."""
