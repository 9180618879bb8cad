"""Use cases of watched sources."""
