"""Routes of watched sources."""
