"""Pages of watched sources."""
